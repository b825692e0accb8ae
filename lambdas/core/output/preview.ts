/** The first rows of a result as it lies in S3, read in ranges: as little of it as shows them. */
import type { OutputFormat, ResultPreview } from '#contract/automations.ts';
import { firstOfCsv } from './first-of-csv.ts';
import { firstOfJsonl } from './first-of-jsonl.ts';
import { firstOfParquet } from './first-of-parquet.ts';

export type FirstRows = Pick<ResultPreview, 'columns' | 'rows'>;

/** An object that is read by ranges. */
export interface Ranges {
  /** In bytes. */
  size(): Promise<number>;
  /** From `start` up to, but not with, `end`; shorter, or empty, where the object ends before. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Of lines, so much is read: rows that do not fit into it are not shown. */
const HEAD_BYTES = 256 * 1024;

const FIRST: Readonly<Record<OutputFormat, (object: Ranges, most: number) => Promise<FirstRows>>> = {
  csv: async (object, most) => firstOfCsv(await head(object), most),
  jsonl: async (object, most) => firstOfJsonl(await head(object), most),
  parquet: firstOfParquet,
};

/** `most` rows at most, and the names of the columns. */
export const firstRows = (object: Ranges, format: OutputFormat, most: number): Promise<FirstRows> =>
  FIRST[format](object, most);

/** What is cut off in the middle of a line is no row: only lines that end are read. */
const head = async (object: Ranges): Promise<string> => Buffer.from(await object.read(0, HEAD_BYTES)).toString('utf8');
