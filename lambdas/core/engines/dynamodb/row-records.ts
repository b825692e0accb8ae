import type { Value } from '#contract/results.ts';
import type { ResultEvent } from '../engine.ts';
import type { ItemColumns } from './item-columns.ts';
import type { Item } from './values.ts';

/** A record is handed on when its values have so many characters. */
const RECORD_LENGTH = 131_072;

/** Items as records of rows, by columns, none much larger than `RECORD_LENGTH`. */
export function* rowRecords(items: readonly Item[], columns: ItemColumns): Generator<ResultEvent, void, void> {
  let values: Value[][] = columns.columns.map(() => []);
  let count = 0;
  let length = 0;
  for (const item of items) {
    for (const [place, value] of columns.row(item).entries()) {
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
