/** Rows whose values a driver hands over as strings, on their way into lines of the stream. */
import type { JsonColumn } from './json-column.ts';
import { LimitedRows } from './limited-rows.ts';

const SMALLEST = 4_096;
/** Room for a long value is given back behind its row. */
const KEPT = 1_048_576;
/** A character of a string takes at most three bytes (RFC 3629; those of four are two characters). */
const LONGEST = 3;

export class StringRows extends LimitedRows {
  #bytes = Buffer.allocUnsafeSlow(SMALLEST);
  #view = new DataView(this.#bytes.buffer);
  /** By column; below zero for NULL. */
  #lengths: number[] = [];

  strings(values: readonly (string | null)[]): void {
    if (!this.wanted) return;
    const longest = values.reduce((sum, value) => sum + (value?.length ?? 0) * LONGEST, 0);
    if (longest > this.#bytes.length) this.#resize(longest);
    let at = 0;
    this.#lengths = values.map((value) => {
      if (value === null) return -1;
      const written = this.#bytes.write(value, at);
      at += written;
      return written;
    });
    this.row(this.#bytes, this.#view, 0, at);
    if (this.#bytes.length > KEPT) this.#resize(SMALLEST);
  }

  protected override write(columns: readonly JsonColumn[], bytes: Uint8Array, view: DataView, begin: number): void {
    let at = begin;
    for (const [index, column] of columns.entries()) {
      const length = this.#lengths[index] ?? -1;
      if (length < 0) column.null();
      else {
        column.text(bytes, view, at, length);
        at += length;
      }
    }
  }

  #resize(size: number): void {
    this.#bytes = Buffer.allocUnsafeSlow(size);
    this.#view = new DataView(this.#bytes.buffer);
  }
}
