import type { ResultColumn, Value } from '#contract/results.ts';
import type { ResultEvent } from '../engine.ts';

/** A record is handed on when its values have so many characters. */
const RECORD_LENGTH = 131_072;

/** What turns a document into a row. */
interface Columns<T> {
  readonly columns: readonly ResultColumn[];
  /** One value a column. */
  row(document: T): Value[];
}

/** Documents as records of rows, by columns, none much larger than `RECORD_LENGTH`. */
export function* rowRecords<T>(documents: Iterable<T>, columns: Columns<T>): Generator<ResultEvent, void, void> {
  let values: Value[][] = columns.columns.map(() => []);
  let count = 0;
  let length = 0;
  for (const document of documents) {
    for (const [place, value] of columns.row(document).entries()) {
      values[place]?.push(value);
      length += value?.length ?? 4;
    }
    count += 1;
    if (length < RECORD_LENGTH) continue;
    yield { type: 'rows', count, values };
    values = columns.columns.map(() => []);
    count = length = 0;
  }
  if (count > 0) yield { type: 'rows', count, values };
}
