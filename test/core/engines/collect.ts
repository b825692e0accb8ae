/** Takes a run to its end and reads it as the browser would. */
import { ResultRecord, ROW_LIMIT } from '#contract/results.ts';
import type { Connection, ResultEvent, RunOptions } from '#core/engines/engine.ts';

export type Value = string | null;
type RecordOf<T extends ResultRecord['type']> = Extract<ResultRecord, { type: T }>;

export interface Collected {
  /** All records but rows, in their order; each has passed the contract's schema. */
  readonly records: ResultRecord[];
  /** The rows of each result, row by row. */
  readonly results: Value[][][];
  readonly error: unknown;
}

export const options = (changes: Partial<RunOptions> = {}): RunOptions => ({
  maxRows: ROW_LIMIT,
  timeoutSeconds: 60,
  signal: new AbortController().signal,
  ...changes,
});

const recordOf = (event: ResultEvent): ResultRecord =>
  ResultRecord.parse(event instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(event)) : event);

/** An error at the end of the run is part of what is collected. */
export async function collect(
  connection: Connection,
  script: string,
  changes?: Partial<RunOptions>,
): Promise<Collected> {
  const collected = { records: [] as ResultRecord[], results: [] as Value[][][], error: undefined as unknown };
  try {
    for await (const event of connection.run(script, options(changes))) take(recordOf(event), collected);
  } catch (error) {
    collected.error = error;
  }
  return collected;
}

function take(record: ResultRecord, { records, results }: Collected): void {
  if (record.type !== 'rows') records.push(record);
  if (record.type === 'columns') results.push([]);
  if (record.type === 'rows') results.at(-1)?.push(...rowsOf(record));
}

const rowsOf = ({ count, values }: RecordOf<'rows'>): Value[][] =>
  Array.from({ length: count }, (_, row) => values.map((column) => column[row] as Value));

/** The rows of a script's only result. Throws where it failed. */
export async function rowsFrom(
  connection: Connection,
  script: string,
  changes?: Partial<RunOptions>,
): Promise<Value[][]> {
  const { results, error } = await collect(connection, script, changes);
  if (error) throw error;
  return results[0] ?? [];
}

/** The first record of a kind. */
export function first<T extends ResultRecord['type']>({ records }: Collected, type: T): RecordOf<T> {
  const found = records.find((record): record is RecordOf<T> => record.type === type);
  if (!found) throw new Error(`There is no ${type} record.`);
  return found;
}

export const all = <T extends ResultRecord['type']>({ records }: Collected, type: T): RecordOf<T>[] =>
  records.filter((record): record is RecordOf<T> => record.type === type);

/** Asks again and again, for what happens in another process. Throws where it does not happen within ten seconds. */
export async function eventually(happened: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 10_000;
  while (!(await happened())) {
    if (performance.now() > until) throw new Error('It did not happen.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
