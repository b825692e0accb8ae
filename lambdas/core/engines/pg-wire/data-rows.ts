/** Reads DataRow messages into lines of the stream: a count of columns, then each value's length (−1: NULL) and bytes. */
import type { JsonColumn } from '../sql/json-column.ts';
import { LimitedRows } from '../sql/limited-rows.ts';
import type { RowReader } from './wire.ts';

export class DataRows extends LimitedRows implements RowReader {
  protected override write(columns: readonly JsonColumn[], bytes: Uint8Array, view: DataView, begin: number): void {
    if (view.getInt16(begin) !== columns.length) throw new RangeError('a row has not as many values as columns');
    let at = begin + 2;
    for (const column of columns) {
      const size = view.getInt32(at);
      at += 4;
      if (size < 0) column.null();
      else {
        column.text(bytes, view, at, size);
        at += size;
      }
    }
  }
}
