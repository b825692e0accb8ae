/**
 * A line of rows stays bytes until somebody looks at it. The head of such a record is always written the same way, so
 * its count can be read from the first bytes without parsing what follows.
 */
import type { Value } from '#contract/results.ts';

export interface RowsLine {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Where the first column's `[` stands. */
  readonly valuesAt: number;
}

const encoder = new TextEncoder();
const HEAD = encoder.encode('{"type":"rows","count":');
const MIDDLE = encoder.encode(',"values":[');
const ZERO = 48;
const NINE = 57;

/** Reads the head of a line; undefined where the line is another record (or is written in another order of fields). */
export function readRowsLine(bytes: Uint8Array): RowsLine | undefined {
  if (!standsAt(bytes, HEAD, 0)) return undefined;
  let at = HEAD.length;
  let count = 0;
  for (let digit = bytes[at]; digit !== undefined && digit >= ZERO && digit <= NINE; digit = bytes[++at])
    count = count * 10 + (digit - ZERO);
  if (at === HEAD.length || !standsAt(bytes, MIDDLE, at)) return undefined;
  return { bytes, count, valuesAt: at + MIDDLE.length };
}

/** Writes a record of rows in the usual order: for a server that orders its fields in another way, and for tests. */
export function writeRowsLine(record: { count: number; values: readonly (readonly Value[])[] }): RowsLine {
  const bytes = encoder.encode(`{"type":"rows","count":${record.count},"values":${JSON.stringify(record.values)}}`);
  return { bytes, count: record.count, valuesAt: HEAD.length + String(record.count).length + MIDDLE.length };
}

function standsAt(bytes: Uint8Array, text: Uint8Array, at: number): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false;
  return true;
}
