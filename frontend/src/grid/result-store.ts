/**
 * The rows of one result, outside React. Lines are kept as the bytes that arrived (a million rows × 12 columns are some
 * 150 MB of bytes and would be a gigabyte of strings) and read where the grid looks.
 */
import type { ResultColumn, Value } from '#contract/results.ts';
import { Batch } from './batch.ts';
import { nextFrame, oncePerFrame, type Schedule } from './next-frame.ts';
import type { RowsLine } from './rows-line.ts';

/** Rows whose values are remembered as strings: a few screens. */
const REMEMBERED_ROWS = 512;

export class ResultStore {
  readonly columns: readonly ResultColumn[];
  readonly #batches: Batch[] = [];
  /** The number of the first row of each batch. */
  readonly #starts: number[] = [];
  readonly #remembered = new Map<number, (Value | undefined)[]>();
  readonly #listeners = new Set<() => void>();
  readonly #tell: () => void;
  #rows = 0;
  #bytes = 0;
  #shown = 0;

  constructor(columns: readonly ResultColumn[], schedule: Schedule = nextFrame) {
    this.columns = columns;
    this.#tell = oncePerFrame(() => {
      this.#shown = this.#rows;
      for (const listener of this.#listeners) listener();
    }, schedule);
  }

  /** All the rows that have arrived. */
  get rows(): number {
    return this.#rows;
  }

  /** What the rows weigh in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  get batches(): number {
    return this.#batches.length;
  }

  append(line: RowsLine): void {
    if (line.count === 0) return;
    this.#starts.push(this.#rows);
    this.#batches.push(new Batch({ ...line, bytes: alone(line.bytes) }, this.columns.length));
    this.#rows += line.count;
    this.#bytes += line.bytes.length;
    this.#tell();
  }

  /** A value, as the database printed it. Rows and columns count from 0; outside of what is loaded there is null. */
  get(row: number, column: number): Value {
    if (row < 0 || row >= this.#rows || column < 0 || column >= this.columns.length) return null;
    const values = this.#remember(row);
    const known = values[column];
    if (known !== undefined) return known;
    const batch = this.batchOf(row);
    const value = this.#batches[batch]?.value(row - (this.#starts[batch] ?? 0), column) ?? null;
    values[column] = value;
    return value;
  }

  /** The batch that holds a row. */
  batchOf(row: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The first row of a batch and how many it holds. */
  span(batch: number): { first: number; count: number } {
    return { first: this.#starts[batch] ?? 0, count: this.#batches[batch]?.count ?? 0 };
  }

  /** All values of a column in one batch. */
  column(batch: number, column: number): Value[] {
    return this.#batches[batch]?.column(column) ?? [];
  }

  /** A batch as it came, unread. */
  text(batch: number): string {
    return this.#batches[batch]?.text ?? '';
  }

  /** The same as the bytes of a JSON array, for a reader that parses them elsewhere. */
  columnBytes(batch: number, column: number): Uint8Array {
    return this.#batches[batch]?.columnBytes(column) ?? new Uint8Array();
  }

  /** For `useSyncExternalStore`: listeners are called once a frame, and the snapshot changes only then. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly shownRows = (): number => this.#shown;

  #remember(row: number): (Value | undefined)[] {
    const known = this.#remembered.get(row);
    if (known) return known;
    if (this.#remembered.size >= REMEMBERED_ROWS) this.#forgetOldest();
    const fresh: (Value | undefined)[] = [];
    this.#remembered.set(row, fresh);
    return fresh;
  }

  /** Half of them at once: a Map keeps the order of arrival. */
  #forgetOldest(): void {
    let left = REMEMBERED_ROWS / 2;
    for (const row of this.#remembered.keys()) {
      if (left-- <= 0) break;
      this.#remembered.delete(row);
    }
  }
}

/** Bytes that hold nothing else alive: a line is often a part of a larger piece of the stream. */
const alone = (bytes: Uint8Array): Uint8Array => (bytes.buffer.byteLength > bytes.length ? bytes.slice() : bytes);
