/**
 * Compresses as Snappy does ("Snappy compressed format description", without framing), which is what Parquet means by it.
 * Blocks of 64 KiB stand for themselves, so that whatever is repeated lies less than two bytes of distance away.
 */
import { copy } from './copy.ts';
import type { Room } from './room.ts';

/** Asked of each byte, and globals are slow to find in a context of `node:vm`, in which tests run. */
const { imul } = Math;

const BLOCK = 65_536;
const TABLE_BITS = 14;
const table = new Uint16Array(1 << TABLE_BITS);
/** Spreads four bytes over the table: 2^32 divided by the golden ratio. */
const SPREAD = 0x9e3779b1;

const LEAST_MATCH = 4;
/** So near to its end a block is not looked through: four bytes are read at once. */
const MARGIN = 8;
/** Where so many looks have found nothing, looks are taken twice, thrice … as far apart. */
const PATIENCE = 5;

const LITERAL_IN_TAG = 60;
const COPY_MOST = 64;
const COPY_TWO_BYTES = 2;
/** A repetition that is short and near has a shorter form. */
const SHORT_MOST = 11;
const SHORT_DISTANCE = 2_048;
const COPY_ONE_BYTE = 1;

/** Compresses the first `length` bytes into `room` at `at`, and keeps what is there before. Returns where it ended. */
export function snappy(input: Buffer, length: number, room: Room, at: number): number {
  // The most that it can come to, as the reference has it, and the length ahead.
  const out = room.reserve(at + 32 + length + Math.floor(length / 6), at);
  const view = new DataView(input.buffer, input.byteOffset, length);
  let written = varint(length, out, at);
  for (let from = 0; from < length; from += BLOCK)
    written = block(input, view, from, Math.min(from + BLOCK, length), out, written);
  return written;
}

function block(input: Buffer, view: DataView, from: number, to: number, out: Buffer, at: number): number {
  table.fill(0);
  let written = at;
  let kept = from;
  let looks = 1 << PATIENCE;
  for (let here = from + 1; here < to - MARGIN; ) {
    const word = view.getUint32(here, true);
    const slot = imul(word, SPREAD) >>> (32 - TABLE_BITS);
    const before = from + (table[slot] as number);
    table[slot] = here - from;
    if (view.getUint32(before, true) !== word) {
      here += looks >> PATIENCE;
      looks += 1;
      continue;
    }
    let end = here + LEAST_MATCH;
    while (end < to && input[end] === input[end - here + before]) end += 1;
    written = literal(input, kept, here, out, written);
    written = repeated(here - before, end - here, out, written);
    kept = end;
    here = end;
    looks = 1 << PATIENCE;
  }
  return literal(input, kept, to, out, written);
}

function literal(input: Buffer, from: number, to: number, out: Buffer, begin: number): number {
  const more = to - from - 1;
  if (more < 0) return begin;
  let at = begin;
  if (more < LITERAL_IN_TAG) out[at++] = more << 2;
  else {
    const isLong = more > 0xff;
    out[at++] = (LITERAL_IN_TAG + Number(isLong)) << 2;
    out[at++] = more;
    if (isLong) out[at++] = more >> 8;
  }
  return copy(input, from, to, out, at);
}

function repeated(distance: number, length: number, out: Buffer, begin: number): number {
  if (length <= SHORT_MOST && distance < SHORT_DISTANCE) {
    out[begin] = ((length - LEAST_MATCH) << 2) | ((distance >> 8) << 5) | COPY_ONE_BYTE;
    out[begin + 1] = distance;
    return begin + 2;
  }
  let at = begin;
  for (let left = length; left > 0; left -= COPY_MOST) {
    out[at++] = ((Math.min(left, COPY_MOST) - 1) << 2) | COPY_TWO_BYTES;
    out[at++] = distance;
    out[at++] = distance >> 8;
  }
  return at;
}

function varint(value: number, out: Buffer, begin: number): number {
  let at = begin;
  let left = value;
  for (; left > 0x7f; left >>>= 7) out[at++] = (left & 0x7f) | 0x80;
  out[at++] = left;
  return at;
}
