/** Gathers rows by columns and hands them on as lines of the stream, ready for the wire: see `contract/results.ts`. */
import { JsonColumn } from './json-column.ts';

/** A line is handed on when its rows took so many bytes on the way in, */
const LINE_BYTES = 131_072;
/** or when its first row is so old, in milliseconds. */
const LINE_AGE = 50;

const encoder = new TextEncoder();
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const TAIL = encoder.encode(']}\n');

export class RowLines {
  /** As many as the result has columns. An engine appends one value to each, then calls `row`. */
  readonly columns: readonly JsonColumn[];
  readonly #emit: (line: Uint8Array) => void;
  #rows = 0;
  #bytes = 0;
  #lines = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `quoted[c]`: the values of column `c` are full of quotes, as JSON is. */
  constructor(quoted: readonly boolean[], emit: (line: Uint8Array) => void) {
    this.columns = quoted.map((each) => new JsonColumn(each));
    this.#emit = emit;
  }

  /** Ends a row that took `bytes` bytes on the way in. */
  row(bytes: number): void {
    this.#rows += 1;
    this.#bytes += bytes;
    if (this.#bytes >= LINE_BYTES) this.flush();
  }

  /** Says that no more rows are at hand now: the first rows of all leave at once, others when they get old. */
  pause(): void {
    if (this.#rows === 0) return;
    if (this.#lines === 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), LINE_AGE);
  }

  /** Hands on what there is. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#rows === 0) return;
    const line = this.#line();
    this.#lines += 1;
    this.#rows = 0;
    this.#bytes = 0;
    this.#emit(line);
  }

  /** Forgets what was not handed on. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#rows = 0;
  }

  #line(): Uint8Array {
    const head = encoder.encode(`{"type":"rows","count":${this.#rows},"values":[`);
    // A column of n bytes ends in a comma that is left out, and takes two brackets; commas stand between columns.
    const commas = Math.max(0, this.columns.length - 1);
    const size = this.columns.reduce((sum, column) => sum + column.length + 1, head.length + commas + TAIL.length);
    const line = new Uint8Array(size);
    line.set(head);
    let at = head.length;
    for (const [index, column] of this.columns.entries()) {
      if (index > 0) line[at++] = COMMA;
      line[at++] = OPEN;
      at = column.drain(line, at);
      line[at++] = CLOSE;
    }
    line.set(TAIL, at);
    return line;
  }
}
