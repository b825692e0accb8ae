/** The first rows of a result as it lies in S3, read in ranges: as little of it as shows them. */
import type { OutputFormat, ResultPreview } from '#contract/automations.ts';
import { firstOfCsv } from './first-of-csv.ts';
import { firstOfJsonl } from './first-of-jsonl.ts';
import { firstOfParquet } from './first-of-parquet.ts';

export type FirstRows = Pick<ResultPreview, 'columns' | 'rows' | 'tooLarge'>;

/** An object that is read by ranges. */
export interface Ranges {
  /** In bytes. */
  size(): Promise<number>;
  /** From `start` up to, but not with, `end`; shorter, or empty, where the object ends before. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** So much is shown, and of lines so much is read. */
const SHOWN_BYTES = 256 * 1024;

const FIRST: Readonly<Record<OutputFormat, (object: Ranges, most: number) => Promise<FirstRows>>> = {
  csv: (object, most) => ofHead(object, (text) => firstOfCsv(text, most), most),
  jsonl: (object, most) => ofHead(object, (text) => firstOfJsonl(text, most), most),
  parquet: async (object, most) => fitting(await firstOfParquet(object, most)),
};

/** `most` rows at most, and the names of the columns. */
export const firstRows = (object: Ranges, format: OutputFormat, most: number): Promise<FirstRows> =>
  FIRST[format](object, most);

/** What is cut off in the middle of a line is no row: only lines that end are read. */
async function ofHead(object: Ranges, read: (text: string) => FirstRows, most: number): Promise<FirstRows> {
  // One byte more tells whether the object goes on.
  const bytes = await object.read(0, SHOWN_BYTES + 1);
  const first = read(Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('utf8'));
  return bytes.byteLength > SHOWN_BYTES && first.rows.length < most ? { ...first, tooLarge: true } : first;
}

/** Of rows that were not read as text, as many as are no longer than that. */
function fitting({ rows, ...first }: FirstRows): FirstRows {
  let left = SHOWN_BYTES;
  const shown = rows.findIndex((row) => {
    left -= row.reduce((sum, value) => sum + Buffer.byteLength(value ?? ''), 0);
    return left < 0;
  });
  return shown < 0 ? { ...first, rows } : { ...first, rows: rows.slice(0, shown), tooLarge: true };
}
