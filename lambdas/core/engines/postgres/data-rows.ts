/** Reads DataRow messages into lines of the stream: a count of columns, then each value's length (−1: NULL) and bytes. */
import { RowLines } from '../sql/row-lines.ts';
import type { RowReader } from './wire.ts';

export interface DataRowsOptions {
  /** `quoted[c]`: the values of column `c` are full of quotes. */
  readonly quoted: readonly boolean[];
  readonly maxRows: number;
  readonly emit: (line: Uint8Array) => void;
  /** Called once, when there is a row more than `maxRows`. */
  readonly onCut: () => void;
}

export class DataRows implements RowReader {
  wanted = true;
  rows = 0;
  cut = false;
  readonly #lines: RowLines;
  readonly #options: DataRowsOptions;

  constructor(options: DataRowsOptions) {
    this.#options = options;
    this.#lines = new RowLines(options.quoted, options.emit);
  }

  row(bytes: Uint8Array, view: DataView, begin: number, length: number): void {
    if (this.rows === this.#options.maxRows) {
      this.#stop();
      return;
    }
    const { columns } = this.#lines;
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
    this.rows += 1;
    this.#lines.row(length);
  }

  pause(): void {
    this.#lines.pause();
  }

  flush(): void {
    this.#lines.flush();
  }

  /** Passes over what still comes, and forgets what was not handed on. */
  drop(): void {
    this.wanted = false;
    this.#lines.drop();
  }

  #stop(): void {
    this.cut = true;
    this.wanted = false;
    this.#lines.flush();
    this.#options.onCut();
  }
}
