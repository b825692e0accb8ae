/**
 * BSON's bytes as text, without a loss and without making objects of them: the driver's would forget what is an Int32 and
 * what a Double, and cannot hold every date. Source: bsonspec.org; MongoDB Extended JSON v2, in which whole numbers of 32
 * bits and doubles with a fraction stand bare, and everything else says its type.
 */
import { Decimal128 } from 'mongodb';
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
const STRING = 0x02;
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

/** A value as a cell shows it, scalars bare and the others as Extended JSON, and as it stands in the whole document. */
export function textsOf(field: Field): { readonly cell: string; readonly json: string } {
  const cell = CELLS[field.type]?.(field);
  const json = jsonText(field, cell);
  return { cell: cell ?? json, json };
}

/** A value as Extended JSON. `cell` spares the work where it is known. */
function jsonText(field: Field, cell?: string): string {
  return JSONS[field.type]?.(field, cell) ?? 'null';
}

/** A whole document as Extended JSON. */
export function documentText(bytes: Buffer, at = 0): string {
  let text = '{';
  for (const field of fieldsOf(bytes, at)) text += `${text === '{' ? '' : ','}${field.label}${jsonText(field)}`;
  return `${text}}`;
}

function arrayText({ bytes, from }: Field): string {
  let text = '[';
  for (const field of fieldsOf(bytes, from)) text += `${text === '[' ? '' : ','}${jsonText(field)}`;
  return `${text}]`;
}

type Write = (field: Field, cell?: string) => string;
const string = ({ bytes, from, to }: Field): string => bytes.toString('utf8', from + 4, to - 1);
const hex = ({ bytes, from }: Field): string => bytes.toString('hex', from, from + 12);
const long = ({ bytes, from }: Field): bigint => bytes.readBigInt64LE(from);
const decimal = ({ bytes, from, to }: Field): string => new Decimal128(bytes.subarray(from, to)).toString();
const bool = ({ bytes, from }: Field): string => (bytes[from] === 1 ? 'true' : 'false');
const int = ({ bytes, from }: Field): string => String(bytes.readInt32LE(from));
const wrap = (name: string, text: string): string => `{"${name}":${text}}`;
const quoted = JSON.stringify;

function double({ bytes, from }: Field): string {
  const value = bytes.readDoubleLE(from);
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}

/** Milliseconds; those that a number cannot hold are no date of JavaScript's either. */
const time = ({ bytes, from }: Field): number => bytes.readInt32LE(from + 4) * 2 ** 32 + bytes.readUInt32LE(from);

/** Before 1970 and after 9999 Extended JSON has no text for a date. */
const hasText = (ms: number): boolean => ms >= 0 && ms < 253_402_300_800_000;

/** Other years as ISO 8601 writes them, and milliseconds where JavaScript has no date. */
function date(field: Field): string {
  const ms = time(field);
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `${long(field)} ms`;
}

function binary({ bytes, from, to }: Field): { readonly subtype: number; readonly data: Buffer } {
  const subtype = bytes[from + 4] as number;
  // The old kind of binary has its length twice.
  return { subtype, data: bytes.subarray(from + (subtype === 2 ? 9 : 5), to) };
}
const uuid = (data: Buffer): string =>
  data.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const isUuid = ({ subtype, data }: ReturnType<typeof binary>): boolean => subtype === 4 && data.length === 16;

function regex({ bytes, from, to }: Field): { readonly pattern: string; readonly options: string } {
  const zero = bytes.indexOf(0, from);
  return { pattern: bytes.toString('utf8', from, zero), options: bytes.toString('utf8', zero + 1, to - 1) };
}

const CELLS: Readonly<Record<number, Write>> = {
  1: double,
  [STRING]: string,
  5(field) {
    const value = binary(field);
    return isUuid(value) ? uuid(value.data) : value.data.toString('base64');
  },
  6: () => 'undefined',
  7: hex,
  9: date,
  11: (field) => `/${regex(field).pattern}/${regex(field).options}`,
  13: string,
  14: string,
  18: (field) => String(long(field)),
  19: decimal,
  127: () => 'MaxKey',
  255: () => 'MinKey',
};

const JSONS: Readonly<Record<number, Write>> = {
  1(field, cell = double(field)) {
    const value = field.bytes.readDoubleLE(field.from);
    return Number.isFinite(value) && !Number.isInteger(value) ? cell : wrap('$numberDouble', quoted(cell));
  },
  [STRING]: (field, cell = string(field)) => quoted(cell),
  [DOCUMENT]: ({ bytes, from }) => documentText(bytes, from),
  [ARRAY]: arrayText,
  5(field) {
    const value = binary(field);
    if (isUuid(value)) return wrap('$uuid', quoted(uuid(value.data)));
    const subType = value.subtype.toString(16).padStart(2, '0');
    return wrap('$binary', `{"base64":"${value.data.toString('base64')}","subType":"${subType}"}`);
  },
  6: () => wrap('$undefined', 'true'),
  7: (field, cell = hex(field)) => wrap('$oid', quoted(cell)),
  8: bool,
  9: (field, cell = date(field)) =>
    wrap('$date', hasText(time(field)) ? quoted(cell) : wrap('$numberLong', quoted(String(long(field))))),
  11: (field) => wrap('$regularExpression', quoted(regex(field))),
  12({ bytes, from, to }) {
    const id = wrap('$oid', quoted(bytes.toString('hex', to - 12, to)));
    return wrap('$dbPointer', `{"$ref":${quoted(bytes.toString('utf8', from + 4, to - 13))},"$id":${id}}`);
  },
  13: (field, cell = string(field)) => wrap('$code', quoted(cell)),
  14: (field, cell = string(field)) => wrap('$symbol', quoted(cell)),
  15({ bytes, from }) {
    const length = bytes.readInt32LE(from + 4);
    const code = bytes.toString('utf8', from + 8, from + 7 + length);
    return `{"$code":${quoted(code)},"$scope":${documentText(bytes, from + 8 + length)}}`;
  },
  16: int,
  17: ({ bytes, from }) => wrap('$timestamp', `{"t":${bytes.readUInt32LE(from + 4)},"i":${bytes.readUInt32LE(from)}}`),
  18: (field, cell = String(long(field))) => wrap('$numberLong', quoted(cell)),
  19: (field, cell = decimal(field)) => wrap('$numberDecimal', quoted(cell)),
  127: () => wrap('$maxKey', '1'),
  255: () => wrap('$minKey', '1'),
};
