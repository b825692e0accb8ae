/**
 * Documents as Extended JSON, in bytes, without a loss. Source: MongoDB Extended JSON v2, in which whole numbers of 32 bits and
 * doubles with a fraction stand bare, and everything else says its type.
 */
import { Decimal128 } from 'mongodb';
import { ARRAY, DOCUMENT, type Field, fieldsOf, STRING } from './bson.ts';

const SMALLEST = 4_096;
/** Room for a long document is given back behind it. */
const KEPT = 1_048_576;

/** Writes one document at a time; what it has written stands in `bytes`, up to `length`. */
export class ExtendedJson {
  bytes = Buffer.allocUnsafeSlow(SMALLEST);
  /** Looks at the same bytes. */
  view = new DataView(this.bytes.buffer);
  length = 0;

  /** Forgets what was written. */
  clear(): void {
    this.length = 0;
    if (this.bytes.length > KEPT) this.#resize(SMALLEST);
  }

  document(bytes: Buffer, at = 0): void {
    this.text('{');
    for (const field of fieldsOf(bytes, at)) this.member(field);
    this.text('}');
  }

  /** A field of the document that is being written; gives where its value begins. `cell` spares the work where it is known. */
  member(field: Field, cell?: string): number {
    this.#comma();
    this.text(field.label);
    const from = this.length;
    this.value(field, cell);
    return from;
  }

  value(field: Field, cell: string | undefined = cellOf(field)): void {
    const { type, bytes, from, to } = field;
    if (type === STRING) this.#string(bytes, from + 4, to - 1);
    else if (type === DOCUMENT) this.document(bytes, from);
    else if (type === ARRAY) this.#array(bytes, from);
    else this.text(JSONS[type]?.(cell ?? '', field) ?? 'null');
  }

  /** As it is. */
  text(text: string): void {
    // A character takes at most three bytes (RFC 3629; those of four are two characters).
    this.#reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length);
  }

  toString(): string {
    return this.bytes.toString('utf8', 0, this.length);
  }

  #array(bytes: Buffer, at: number): void {
    this.text('[');
    for (const field of fieldsOf(bytes, at)) {
      this.#comma();
      this.value(field);
    }
    this.text(']');
  }

  /** Unless what comes is the first inside of a bracket. */
  #comma(): void {
    const last = this.bytes[this.length - 1];
    if (last !== OPEN && last !== OPEN_ARRAY) this.text(',');
  }

  /** Most strings need no escape, and are copied. */
  #string(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at += 1)
      if (isEscaped(bytes[at] as number)) {
        this.text(quoted(bytes.toString('utf8', from, to)));
        return;
      }
    this.#reserve(to - from + 2);
    this.bytes[this.length] = QUOTE;
    bytes.copy(this.bytes, this.length + 1, from, to);
    this.bytes[this.length + 1 + to - from] = QUOTE;
    this.length += to - from + 2;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed > this.bytes.length) this.#resize(Math.max(needed, this.bytes.length * 2));
  }

  #resize(size: number): void {
    const other = Buffer.allocUnsafeSlow(size);
    this.bytes.copy(other, 0, 0, this.length);
    this.bytes = other;
    this.view = new DataView(other.buffer);
  }
}

const OPEN = 0x7b;
const OPEN_ARRAY = 0x5b;
const QUOTE = 0x22;
/** RFC 8259, section 7. */
const isEscaped = (byte: number): boolean => byte < 0x20 || byte === QUOTE || byte === 0x5c;

/** A value as a cell shows it, bare; undefined where that is the string as it stands, or what stands in the document. */
export const cellOf = (field: Field): string | undefined => CELLS[field.type]?.(field);

type Write = (cell: string, field: Field) => string;
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

const CELLS: Readonly<Record<number, (field: Field) => string>> = {
  1: double,
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
  1(cell, field) {
    const value = field.bytes.readDoubleLE(field.from);
    return Number.isFinite(value) && !Number.isInteger(value) ? cell : wrap('$numberDouble', quoted(cell));
  },
  5(_cell, field) {
    const value = binary(field);
    if (isUuid(value)) return wrap('$uuid', quoted(uuid(value.data)));
    const subType = value.subtype.toString(16).padStart(2, '0');
    return wrap('$binary', `{"base64":"${value.data.toString('base64')}","subType":"${subType}"}`);
  },
  6: () => wrap('$undefined', 'true'),
  7: (cell) => wrap('$oid', quoted(cell)),
  8: (_cell, field) => bool(field),
  9: (cell, field) =>
    wrap('$date', hasText(time(field)) ? quoted(cell) : wrap('$numberLong', quoted(String(long(field))))),
  11: (_cell, field) => wrap('$regularExpression', quoted(regex(field))),
  12(_cell, { bytes, from, to }) {
    const id = wrap('$oid', quoted(bytes.toString('hex', to - 12, to)));
    return wrap('$dbPointer', `{"$ref":${quoted(bytes.toString('utf8', from + 4, to - 13))},"$id":${id}}`);
  },
  13: (cell) => wrap('$code', quoted(cell)),
  14: (cell) => wrap('$symbol', quoted(cell)),
  15(_cell, { bytes, from }) {
    const length = bytes.readInt32LE(from + 4);
    const code = bytes.toString('utf8', from + 8, from + 7 + length);
    return `{"$code":${quoted(code)},"$scope":${documentText(bytes, from + 8 + length)}}`;
  },
  16: (_cell, field) => int(field),
  17: (_cell, { bytes, from }) =>
    wrap('$timestamp', `{"t":${bytes.readUInt32LE(from + 4)},"i":${bytes.readUInt32LE(from)}}`),
  18: (cell) => wrap('$numberLong', quoted(cell)),
  19: (cell) => wrap('$numberDecimal', quoted(cell)),
  127: () => wrap('$maxKey', '1'),
  255: () => wrap('$minKey', '1'),
};

/** A whole document. */
export function documentText(bytes: Buffer, at = 0): string {
  const json = new ExtendedJson();
  json.document(bytes, at);
  return json.toString();
}
