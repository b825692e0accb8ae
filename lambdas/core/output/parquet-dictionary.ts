/** The different values of a column, each once, as a dictionary page has them: see "Dictionary encoding" of Apache Parquet. */
import { copy } from './copy.ts';
import { Room } from './room.ts';

/** Asked of each byte, and globals are slow to find in a context of `node:vm`, in which tests run. */
const { imul } = Math;

/** More than that is no dictionary: the size at which others give up, too. */
const MOST_BYTES = 1024 * 1024;
const MOST_VALUES = 65_536;
const FEWEST_SLOTS = 1_024;

/** FNV-1a, by its offset and prime for 32 bits (RFC 9923). */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

export class Dictionary {
  count = 0;
  /** Of its values, one behind the other. */
  length = 0;
  readonly #room = new Room();
  /** Where each value ends, and its hash. */
  #ends = new Int32Array(FEWEST_SLOTS);
  #hashes = new Int32Array(FEWEST_SLOTS);
  /** By hash: the place of a value and one; 0 where none is. At least half of them are free. */
  #slots = new Int32Array(FEWEST_SLOTS);

  get values(): Buffer {
    return this.#room.bytes.subarray(0, this.length);
  }

  /** The place of the value that lies between `from` and `to`, which may be a new one; −1 where there are too many. */
  place(bytes: Buffer, from: number, to: number): number {
    if (to - from > MOST_BYTES) return -1;
    let hash = FNV_OFFSET;
    for (let at = from; at < to; at += 1) hash = imul(hash ^ (bytes[at] as number), FNV_PRIME);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let known = this.#slots[slot] as number; known > 0; known = this.#slots[slot] as number) {
      if (this.#hashes[known - 1] === hash && this.#is(known - 1, bytes, from, to)) return known - 1;
      slot = (slot + 1) & mask;
    }
    if (this.count === MOST_VALUES || this.length + to - from > MOST_BYTES) return -1;
    return this.#add(bytes, from, to, hash, slot);
  }

  clear(): void {
    this.count = 0;
    this.length = 0;
    this.#slots.fill(0);
  }

  #is(place: number, bytes: Buffer, from: number, to: number): boolean {
    const known = this.#room.bytes;
    let at = place === 0 ? 0 : (this.#ends[place - 1] as number);
    if ((this.#ends[place] as number) - at !== to - from) return false;
    for (let read = from; read < to; read += 1, at += 1) if (known[at] !== bytes[read]) return false;
    return true;
  }

  #add(bytes: Buffer, from: number, to: number, hash: number, slot: number): number {
    const place = this.count;
    const room = this.#room.reserve(this.length + to - from, this.length);
    this.length = copy(bytes, from, to, room, this.length);
    this.#ends[place] = this.length;
    this.#hashes[place] = hash;
    this.#slots[slot] = place + 1;
    this.count += 1;
    if (this.count * 2 > this.#slots.length) this.#grow();
    return place;
  }

  #grow(): void {
    const size = this.#slots.length * 2;
    this.#ends = widened(this.#ends, size);
    this.#hashes = widened(this.#hashes, size);
    this.#slots = new Int32Array(size);
    for (let place = 0; place < this.count; place += 1) {
      let slot = (this.#hashes[place] as number) & (size - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      this.#slots[slot] = place + 1;
    }
  }
}

const widened = (values: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(size);
  wider.set(values);
  return wider;
};
