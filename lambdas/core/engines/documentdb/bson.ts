/**
 * BSON's bytes, field by field, without making objects of the values: the driver's would forget what is an Int32 and what a
 * Double, and cannot hold every date. Source: bsonspec.org.
 */
import type { ValueKind } from '#contract/results.ts';

/** A field of a document: its value's type and where that lies. */
export interface Field extends Name {
  readonly type: number;
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

export const DOCUMENT = 0x03;
export const ARRAY = 0x04;
export const STRING = 0x02;
const NULL = 0x0a;

/** Names as `$type` has them, and how a column of one type is shown (MongoDB documentation, "BSON Types"). */
const TYPES: Readonly<Record<number, readonly [name: string, kind: ValueKind]>> = {
  1: ['double', 'number'],
  2: ['string', 'text'],
  3: ['object', 'json'],
  4: ['array', 'json'],
  5: ['binData', 'other'],
  6: ['undefined', 'other'],
  7: ['objectId', 'text'],
  8: ['bool', 'boolean'],
  9: ['date', 'temporal'],
  10: ['null', 'other'],
  11: ['regex', 'text'],
  12: ['dbPointer', 'json'],
  13: ['javascript', 'text'],
  14: ['symbol', 'text'],
  15: ['javascriptWithScope', 'json'],
  16: ['int', 'number'],
  17: ['timestamp', 'json'],
  18: ['long', 'number'],
  19: ['decimal', 'number'],
  127: ['maxKey', 'other'],
  255: ['minKey', 'other'],
};
export const typeName = (type: number): string => TYPES[type]?.[0] ?? `type ${type}`;
export const kindOf = (type: number): ValueKind => TYPES[type]?.[1] ?? 'other';
export const isNull = (type: number): boolean => type === NULL;

/** How long a value is; a negative one is read from its first four bytes, with so many beside. */
const SIZES: Readonly<Record<number, (bytes: Buffer, at: number) => number>> = {
  1: () => 8,
  2: (bytes, at) => bytes.readInt32LE(at) + 4,
  3: (bytes, at) => bytes.readInt32LE(at),
  4: (bytes, at) => bytes.readInt32LE(at),
  5: (bytes, at) => bytes.readInt32LE(at) + 5,
  6: () => 0,
  7: () => 12,
  8: () => 1,
  9: () => 8,
  10: () => 0,
  11: (bytes, at) => bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at,
  12: (bytes, at) => bytes.readInt32LE(at) + 16,
  13: (bytes, at) => bytes.readInt32LE(at) + 4,
  14: (bytes, at) => bytes.readInt32LE(at) + 4,
  15: (bytes, at) => bytes.readInt32LE(at),
  16: () => 4,
  17: () => 8,
  18: () => 8,
  19: () => 16,
  127: () => 0,
  255: () => 0,
};

/** The fields of the document that begins at `at`. Throws RangeError for bytes that are no document. */
export function* fieldsOf(bytes: Buffer, at = 0): Generator<Field, void, void> {
  const end = at + bytes.readInt32LE(at) - 1;
  for (let begin = at + 4; begin < end; ) {
    const type = bytes[begin] as number;
    const { name, label, length } = nameAt(bytes, begin + 1);
    const from = begin + length + 2;
    const to = from + (SIZES[type]?.(bytes, from) ?? Number.NaN);
    if (!(to >= from && to <= end)) throw new RangeError('This is no BSON.');
    yield { name, label, length, type, bytes, from, to };
    begin = to;
  }
}

interface Name {
  readonly name: string;
  /** The name as it stands in JSON before its value. */
  readonly label: string;
  /** In bytes, without the zero behind it. */
  readonly length: number;
}
/** Names recur from document to document: one that was made is found again by its bytes, which takes a tenth of the time. */
const NAMES: ((Name & { readonly bytes: Buffer }) | undefined)[] = new Array(1_024).fill(undefined);
const LONGEST_NAME = 64;

function nameAt(bytes: Buffer, from: number): Name {
  let hash = 0;
  let to = from;
  for (let byte = bytes[to]; byte !== 0; byte = bytes[to]) {
    if (byte === undefined) throw new RangeError('This is no BSON.');
    hash = (Math.imul(hash, 31) + byte) | 0;
    to += 1;
  }
  const place = hash & (NAMES.length - 1);
  const known = NAMES[place];
  if (known !== undefined && known.length === to - from && sameBytes(known.bytes, bytes, from)) return known;
  const name = bytes.toString('utf8', from, to);
  const made = {
    name,
    label: `${JSON.stringify(name)}:`,
    length: to - from,
    bytes: Buffer.from(bytes.subarray(from, to)),
  };
  if (made.length <= LONGEST_NAME) NAMES[place] = made;
  return made;
}

function sameBytes(known: Buffer, bytes: Buffer, from: number): boolean {
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[from + at]) return false;
  return true;
}

export const fieldOf = (bytes: Buffer, name: string): Field | undefined =>
  fieldsOf(bytes).find((field) => field.name === name);

/** The bytes of a document or an array. */
export const inner = ({ bytes, from, to }: Field): Buffer => bytes.subarray(from, to);

/** A document in the bytes that it came with; `view` looks at the same bytes. */
export interface Place {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly at: number;
}

export const placeOf = (bytes: Buffer, at = 0): Place => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  at,
});

/**
 * The documents of an array of documents, one after the other. None is made before it is asked for: a batch of them would
 * outlive a collection of garbage, and V8 makes room for what outlives.
 */
export function* documentsOf(array: Place): Generator<Place, void, void> {
  const { bytes, view, at } = array;
  const end = at + bytes.readInt32LE(at) - 1;
  for (let begin = at + 4; begin < end; ) {
    const from = bytes.indexOf(0, begin + 1) + 1;
    const to = from + bytes.readInt32LE(from);
    if (bytes[begin] !== DOCUMENT || !(to > from && to <= end)) throw new RangeError('This is no BSON.');
    yield { bytes, view, at: from };
    begin = to;
  }
}
