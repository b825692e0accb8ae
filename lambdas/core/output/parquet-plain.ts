/** How single values lie in a page: Apache Parquet, "Encodings", Plain. What a text comes to is written by its column. */
import type { ParquetType } from 'hyparquet';
import type { Cell } from './parquet-types.ts';

/** Writes a value to `out` at `at`. Returns where it ended. */
export type Put = (cell: Cell, out: Buffer, at: number) => number;

/** The widest of them, in bytes. */
export const WIDEST = 16;

const WORD = 2 ** 32;

const int32: Put = (cell, out, at) => {
  const value = Number(cell);
  out[at] = value;
  out[at + 1] = value >> 8;
  out[at + 2] = value >> 16;
  out[at + 3] = value >> 24;
  return at + 4;
};

const int64: Put = (cell, out, at) => {
  if (typeof cell === 'bigint') return out.writeBigInt64LE(cell, at);
  const value = Number(cell);
  const high = Math.floor(value / WORD);
  return int32(high, out, int32(value - high * WORD, out, at));
};

/** A decimal of more digits: two's complement, its highest byte first. */
const int128: Put = (cell, out, at) => {
  const value = BigInt(cell);
  return out.writeBigUInt64BE(BigInt.asUintN(64, value), out.writeBigInt64BE(value >> 64n, at));
};

export const PUT: Readonly<Partial<Record<ParquetType, Put>>> = {
  BOOLEAN: (cell, out, at) => out.writeUInt8(Number(cell), at),
  INT32: int32,
  INT64: int64,
  DOUBLE: (cell, out, at) => out.writeDoubleLE(Number(cell), at),
  FIXED_LEN_BYTE_ARRAY: int128,
};

/** Makes bits of the first bytes, each of which is 0 or 1; the lowest bit comes first. Returns how many bytes they are now. */
export function packed(bytes: Buffer, length: number): number {
  const size = Math.ceil(length / 8);
  for (let group = 0; group < size; group += 1) {
    let bits = 0;
    for (let bit = 0; bit < 8 && group * 8 + bit < length; bit += 1) bits |= (bytes[group * 8 + bit] as number) << bit;
    bytes[group] = bits;
  }
  return size;
}
