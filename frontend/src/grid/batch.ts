/**
 * One line of rows, read where it is looked at. The first look notes where every 16th value of each column stands (a
 * hundredth of the line's size); after that a value costs the skipping of at most 15 others, so that a grid sorted by
 * some column, whose neighbours come from forty different lines, scrolls as smoothly as an unsorted one.
 */
import type { Value } from '#contract/results.ts';
import type { RowsLine } from './rows-line.ts';

const STRIDE_BITS = 4;
const STRIDE = 1 << STRIDE_BITS;
const QUOTE = 34;
const BACKSLASH = 92;
const NULL_LETTER = 110;
const decoder = new TextDecoder();

interface Marks {
  /** `at[column * perColumn + (row >> 4)]`: where that value begins. */
  readonly at: Uint32Array;
  readonly perColumn: number;
  /** Where each column's `]` stands. */
  readonly ends: Uint32Array;
}

export class Batch {
  readonly count: number;
  readonly #bytes: Uint8Array;
  readonly #valuesAt: number;
  readonly #columns: number;
  #marks: Marks | undefined;

  constructor(line: RowsLine, columns: number) {
    this.count = line.count;
    this.#bytes = line.bytes;
    this.#valuesAt = line.valuesAt;
    this.#columns = columns;
  }

  get size(): number {
    return this.#bytes.length;
  }

  value(row: number, column: number): Value {
    const { at, perColumn } = this.#read();
    let from = at[column * perColumn + (row >> STRIDE_BITS)] ?? 0;
    for (let skip = row & (STRIDE - 1); skip > 0; skip--) from = endOfValue(this.#bytes, from) + 1;
    return readValue(this.#bytes, from);
  }

  /** The whole line as text, unread: to see whether something is in it at all. */
  get text(): string {
    return decoder.decode(this.#bytes);
  }

  /** The JSON array of one column, as bytes of the line. */
  columnBytes(column: number): Uint8Array {
    const { at, perColumn, ends } = this.#read();
    const end = (ends[column] ?? 0) + 1;
    // A column of an empty batch has no first value to point at: it is the two brackets.
    const from = this.count === 0 ? end - 2 : (at[column * perColumn] ?? 0) - 1;
    return this.#bytes.subarray(from, end);
  }

  column(column: number): Value[] {
    return JSON.parse(decoder.decode(this.columnBytes(column))) as Value[];
  }

  #read(): Marks {
    this.#marks ??= markValues(this.#bytes, this.#valuesAt, this.#columns, this.count);
    return this.#marks;
  }
}

function markValues(bytes: Uint8Array, from: number, columns: number, count: number): Marks {
  const perColumn = Math.ceil(count / STRIDE);
  const at = new Uint32Array(columns * perColumn);
  const ends = new Uint32Array(columns);
  let position = from;
  for (let column = 0; column < columns; column++) {
    position++;
    for (let row = 0; row < count; row++) {
      if ((row & (STRIDE - 1)) === 0) at[column * perColumn + (row >> STRIDE_BITS)] = position;
      position = endOfValue(bytes, position) + 1;
    }
    // After the last value stands `]`, not a comma: the loop has stepped over it. An empty column is `[]`.
    if (count === 0) position++;
    ends[column] = position - 1;
    position++;
  }
  return { at, perColumn, ends };
}

/** Where a value ends (exclusive): strings by their closing quote, `null` by its length. */
function endOfValue(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== QUOTE) return from + 4;
  let at = from + 1;
  for (let byte = bytes[at]; byte !== QUOTE && byte !== undefined; byte = bytes[at]) at += byte === BACKSLASH ? 2 : 1;
  return at + 1;
}

function readValue(bytes: Uint8Array, from: number): Value {
  if (bytes[from] === NULL_LETTER) return null;
  const end = endOfValue(bytes, from);
  const inner = bytes.subarray(from + 1, end - 1);
  if (!inner.includes(BACKSLASH)) return decoder.decode(inner);
  return JSON.parse(decoder.decode(bytes.subarray(from, end))) as string;
}
