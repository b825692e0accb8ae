/**
 * CSV (RFC 4180), with a header line and CR LF after each line. NULL is an empty field without quotes, and the empty string
 * one with them (`""`), as PostgreSQL's COPY tells them apart. Values are as the database printed them, and nothing is put
 * before those that a spreadsheet would take for a formula: these files are read by programs.
 */
import type { ResultColumn } from '#contract/results.ts';
import { type Cells, NULL } from './cells.ts';
import { copy } from './copy.ts';
import { Room } from './room.ts';
import { NOTHING, type RowWriter } from './row-writer.ts';
import { unescaped } from './unescaped.ts';

const LINE_END = '\r\n';
const NEEDS_QUOTES = /[",\r\n]/;

const QUOTE = 0x22;
const COMMA = 0x2c;
const CR = 0x0d;
const LF = 0x0a;

export const csv = (columns: readonly ResultColumn[]): RowWriter => {
  const lines = new Lines(columns.length);
  return {
    begin: () => [Buffer.from(columns.map(({ name }) => field(name)).join(',') + LINE_END)],
    rows: (cells) => [lines.of(cells)],
    end: () => NOTHING,
  };
};

const field = (value: string): string =>
  value === '' || NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

const hasComma = (bytes: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (bytes[at] === COMMA) return true;
  return false;
};

class Lines {
  readonly #width: number;
  readonly #room = new Room();
  readonly #plain = new Room();

  constructor(width: number) {
    this.#width = width;
  }

  /** A value takes no more than it takes as JSON, and a comma; a line has a byte more behind its last. */
  of({ bytes, count, from, to }: Cells): Uint8Array {
    const out = this.#room.reserve(bytes.length + 2 * count);
    let at = 0;
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < this.#width; column += 1) {
        if (column > 0) out[at++] = COMMA;
        const cell = column * count + row;
        const begin = from[cell] as number;
        const end = to[cell] as number;
        if (begin === NULL) continue;
        at = end >= 0 ? this.#asItIs(bytes, begin, end, at) : this.#escaped(bytes, begin, ~end, at);
      }
      out[at++] = CR;
      out[at++] = LF;
    }
    return out.subarray(0, at);
  }

  /** What JSON does not escape has neither quotes nor line ends, and may have commas. */
  #asItIs(bytes: Buffer, from: number, to: number, begin: number): number {
    if (from === to || hasComma(bytes, from, to)) return this.#quoted(bytes, from, to, begin);
    return copy(bytes, from, to, this.#room.bytes, begin);
  }

  #escaped(bytes: Buffer, from: number, to: number, at: number): number {
    const plain = this.#plain.reserve(to - from);
    const length = unescaped(bytes, from, to, plain, 0);
    for (let read = 0; read < length; read += 1) {
      const byte = plain[read];
      if (byte === QUOTE || byte === COMMA || byte === CR || byte === LF) return this.#quoted(plain, 0, length, at);
    }
    return copy(plain, 0, length, this.#room.bytes, at);
  }

  #quoted(bytes: Buffer, from: number, to: number, begin: number): number {
    const out = this.#room.bytes;
    let at = begin;
    out[at++] = QUOTE;
    for (let read = from; read < to; read += 1) {
      const byte = bytes[read] as number;
      if (byte === QUOTE) out[at++] = QUOTE;
      out[at++] = byte;
    }
    out[at++] = QUOTE;
    return at;
  }
}
