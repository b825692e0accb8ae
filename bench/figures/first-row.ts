/** How long a user waits for the first row, against pg-cursor alone. Lodge opens a connection for each script. */
import type { HttpFirstTask } from '../children/http-first.ts';
import type { RawFirst, RawFirstTask } from '../children/raw-first.ts';
import { type Figure, ms } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { inChild } from '../in-child.ts';
import { inTurn, median } from '../rounds.ts';
import { BROWSER } from './rows.ts';

const STATEMENT = 'select * from analytics.events';
const REPEATS = 20;
/** What Lodge may add, in ms. */
const TARGET = 15;

export async function firstRow(ground: Ground): Promise<Figure[]> {
  await using serving = await ground.serve('shop');
  const common = { statement: STATEMENT, repeats: REPEATS };
  const rawTask: RawFirstTask = { ...common, door: ground.door('shop') };
  const http = (keepAlive: boolean) => () =>
    inChild<number[]>('http-first', {
      ...common,
      ...serving.api,
      acceptEncoding: BROWSER,
      keepAlive,
    } satisfies HttpFirstTask);
  const all = await inTurn({
    page: http(true),
    raw: () => inChild<RawFirst>('raw-first', rawTask),
    fresh: http(false),
  });
  const cold = median(all.raw.flatMap((result) => result.cold));
  const warm = median(all.raw.flatMap((result) => result.warm));
  const figure = (name: string, times: number, raw: number): Figure => ({
    figure: `first row, ${name}`,
    measured: ms(times),
    raw: ms(raw),
    ratio: `+ ${ms(times - raw)}`,
  });
  const page = median(all.page.flat());
  const ok = page - cold <= TARGET;
  return [
    { ...figure('both open a connection to the database', page, cold), target: `≤ + ${TARGET} ms`, ok },
    figure('raw is connected already', page, warm),
    figure('new HTTP connection too, raw connects', median(all.fresh.flat()), cold),
  ];
}
