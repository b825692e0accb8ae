import type { Value } from '#contract/results.ts';
import type { FirstRows } from './preview.ts';

/** Reads back what `csv.ts` writes: the header, and the lines that end. */
export const firstOfCsv = (text: string, most: number): FirstRows => {
  const lines: Value[][] = [];
  let line: Value[] = [];
  // One field and what ends it; a quoted one may hold line ends.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (lines.length <= most) {
    const [whole, quoted, plain = '', end] = field.exec(text) ?? [];
    if (whole === undefined) break;
    line.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  const [header = [], ...rows] = lines;
  return { columns: header.map((name) => name ?? ''), rows };
};
