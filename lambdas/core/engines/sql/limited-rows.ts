/** Reads raw rows into lines of the stream, up to a limit: what an engine has to know is how a row is written. */
import type { JsonColumn } from './json-column.ts';
import { RowLines } from './row-lines.ts';

export interface LimitedRowsOptions {
  /** `quoted[c]`: the values of column `c` are full of quotes. */
  readonly quoted: readonly boolean[];
  readonly maxRows: number;
  readonly emit: (line: Uint8Array) => void;
  /** Called once, when there is a row more than `maxRows`. */
  readonly onCut: () => void;
}

export abstract class LimitedRows {
  /** False: the rows are not wanted any more, and are passed over. */
  wanted = true;
  rows = 0;
  cut = false;
  readonly #lines: RowLines;
  readonly #options: LimitedRowsOptions;

  constructor(options: LimitedRowsOptions) {
    this.#options = options;
    this.#lines = new RowLines(options.quoted, options.emit);
  }

  /** `view` looks at the same bytes as `bytes`; the row is `length` of them from `at` on. */
  row(bytes: Uint8Array, view: DataView, at: number, length: number): void {
    if (!this.wanted) return;
    if (this.rows === this.#options.maxRows) {
      this.#stop();
      return;
    }
    this.write(this.#lines.columns, bytes, view, at);
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

  /** Appends each value of a row to its column. */
  protected abstract write(columns: readonly JsonColumn[], bytes: Uint8Array, view: DataView, at: number): void;

  #stop(): void {
    this.cut = true;
    this.wanted = false;
    this.#lines.flush();
    this.#options.onCut();
  }
}
