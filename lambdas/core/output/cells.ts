/**
 * The values of a line of rows (see `engines/sql/row-lines.ts`), found where they lie. Files are made of the line's own
 * bytes: a million rows are twelve million values, and each would be a string to be made, looked at and thrown away.
 */
import { isUtf8 } from 'node:buffer';
import type { ResultRecord, Value } from '#contract/results.ts';

const HEAD = /^\{"type":"rows","count":(\d{1,9}),"values":\[/;
const HEAD_LENGTH = 44;
const TAIL = Buffer.from(']}\n');

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NULL_LENGTH = 'null,'.length;

/** What lies where a value would begin that is NULL. */
export const NULL = -1;

export class Cells {
  /** The line; good until the next is read, and no longer than that. */
  bytes: Buffer = Buffer.alloc(0);
  /** So many rows. */
  count = 0;
  /** By columns, as the values lie: where each begins, behind its quote, or NULL. */
  from = new Int32Array();
  /** Where each ends, before its quote; the complement of that (`~`) where some of its characters are escaped. */
  to = new Int32Array();
  #columns = 0;

  /** Errors: SyntaxError, where it is no line of rows of so many columns. */
  read(line: Uint8Array, columns: number): void {
    const { buffer, byteOffset, byteLength } = line;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    // A database that has no encoding hands on whatever it holds; files are UTF-8.
    this.bytes = isUtf8(bytes) ? bytes : Buffer.from(bytes.toString('utf8'));
    this.#columns = columns;
    const begin = this.#readHead();
    if (this.count * columns > this.from.length) {
      this.from = new Int32Array(this.count * columns);
      this.to = new Int32Array(this.count * columns);
    }
    const end = this.#find(begin, columns);
    if (!this.bytes.subarray(end).equals(TAIL)) throw new SyntaxError('This is no line of rows.');
  }

  /** Rows that come as a record, which is the same in another shape. */
  take({ type, count, values }: Extract<ResultRecord, { type: 'rows' }>): void {
    this.read(Buffer.from(`${JSON.stringify({ type, count, values })}\n`), values.length);
  }

  row(row: number): Value[] {
    return Array.from({ length: this.#columns }, (_, column) => {
      const cell = column * this.count + row;
      const from = this.from[cell] as number;
      return from === NULL ? null : textOf(this.bytes, from, this.to[cell] as number);
    });
  }

  /** Returns where the columns begin. */
  #readHead(): number {
    const head = HEAD.exec(this.bytes.toString('latin1', 0, HEAD_LENGTH));
    if (!head) throw new SyntaxError('This is no line of rows.');
    this.count = Number(head[1]);
    return head[0].length;
  }

  /** Returns where the last column has ended. */
  #find(begin: number, columns: number): number {
    const { bytes, count, from, to } = this;
    const { length } = bytes;
    let at = begin;
    let cell = 0;
    for (let column = 0; column < columns; column += 1) {
      // The bracket that opens it, behind the comma that follows another.
      at += column === 0 ? 1 : 2;
      for (let row = 0; row < count; row += 1, cell += 1) {
        if (bytes[at] !== QUOTE) {
          from[cell] = NULL;
          at += NULL_LENGTH;
          continue;
        }
        at += 1;
        from[cell] = at;
        let isEscaped = false;
        for (let byte = bytes[at]; byte !== QUOTE && at < length; byte = bytes[at]) {
          if (byte === BACKSLASH) {
            isEscaped = true;
            at += 1;
          }
          at += 1;
        }
        to[cell] = isEscaped ? ~at : at;
        // With what follows: a comma, or the bracket that closes the column.
        at += 2;
      }
      if (count === 0) at += 1;
    }
    return at;
  }
}

/** A value as a string, by what `Cells` says of where it lies. */
export const textOf = (bytes: Buffer, from: number, to: number): string =>
  to >= 0 ? bytes.toString('utf8', from, to) : JSON.parse(bytes.toString('utf8', from - 1, ~to + 1));
