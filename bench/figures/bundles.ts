/** What each function weighs, and what its start costs. */
import { bundleFigures } from '../bundles.ts';
import { type Figure, ms } from '../figure.ts';

/** In KB, of those that a first visit waits for. */
const TARGET = 400;
const PROMISED: readonly string[] = ['sign-in', 'session', 'explorer'];

export async function bundles(): Promise<Figure[]> {
  return bundleFigures().map(({ name, zippedKB, importMs }) => ({
    figure: `function ${name}: zipped; its import after an empty start`,
    measured: `${zippedKB} KB; ${ms(importMs)}`,
    ...(PROMISED.includes(name) && { target: `≤ ${TARGET} KB`, ok: zippedKB <= TARGET }),
  }));
}
