/**
 * Reads rows of the text protocol into lines of the stream: each value is a length-encoded string, 0xfb for NULL. What
 * the server does not print, as it prints numbers and dates, is printed here: bytes as `0x…`, bits as a number.
 */
import type { JsonColumn } from '../sql/json-column.ts';
import { LimitedRows, type LimitedRowsOptions } from '../sql/limited-rows.ts';

/** How the values of a column arrive: as text, as bytes, or as the big-endian bits of a number of up to 64. */
export type Arrival = 'text' | 'bytes' | 'bits';

type Print = (bytes: Uint8Array, from: number, length: number) => Uint8Array;
const PRINT: Record<Arrival, Print | undefined> = { text: undefined, bytes: printBytes, bits: printBits };

const NULL = 0xfb;
const DIGITS = new TextEncoder().encode('0123456789ABCDEF');
const encoder = new TextEncoder();

export class TextRows extends LimitedRows {
  readonly #prints: readonly (Print | undefined)[];

  constructor(arrivals: readonly Arrival[], options: LimitedRowsOptions) {
    super(options);
    this.#prints = arrivals.map((arrival) => PRINT[arrival]);
  }

  protected override write(columns: readonly JsonColumn[], bytes: Uint8Array, view: DataView, begin: number): void {
    let at = begin;
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index] as JsonColumn;
      let length = view.getUint8(at);
      at += 1;
      if (length === NULL) {
        column.null();
        continue;
      }
      if (length > NULL) {
        const size = length === 0xfc ? 2 : length === 0xfd ? 3 : 8;
        length = readLength(view, at, size);
        at += size;
      }
      const print = this.#prints[index];
      if (print === undefined) column.text(bytes, view, at, length);
      else printed(column, print(bytes, at, length));
      at += length;
    }
  }
}

function readLength(view: DataView, at: number, size: number): number {
  if (size === 2) return view.getUint16(at, true);
  if (size === 3) return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
}

function printed(column: JsonColumn, text: Uint8Array): void {
  column.text(text, new DataView(text.buffer, text.byteOffset, text.byteLength), 0, text.length);
}

function printBytes(bytes: Uint8Array, from: number, length: number): Uint8Array {
  const text = new Uint8Array(2 + length * 2);
  text[0] = 0x30;
  text[1] = 0x78;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[from + i] as number;
    text[2 + i * 2] = DIGITS[byte >> 4] as number;
    text[3 + i * 2] = DIGITS[byte & 15] as number;
  }
  return text;
}

function printBits(bytes: Uint8Array, from: number, length: number): Uint8Array {
  let value = 0n;
  for (let i = from; i < from + length; i += 1) value = (value << 8n) | BigInt(bytes[i] as number);
  return encoder.encode(value.toString());
}
