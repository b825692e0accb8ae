/** One value of a row, as text: by the driver's name of its type ([MS-TDS] 2.2.5.4 says how many bytes there are). */
import { realText } from '../sql/real-text.ts';
import { Bytes } from './bytes.ts';
import { decodeText, decodeUtf16 } from './code-pages.ts';
import * as print from './print.ts';

/** What the driver says of a column, as far as reading needs it. */
export interface Shape {
  readonly type: { readonly name: string };
  readonly scale?: number | undefined;
  readonly dataLength?: number | undefined;
  readonly collation?: Collation | undefined;
  /** Reads the five bytes of a collation, for sql_variant brings its own. */
  readonly collationOf?: (bytes: Buffer) => Collation;
}

interface Collation {
  readonly codepage?: string | undefined;
}

type Read = (bytes: Bytes, shape: Shape) => string | null;
/** Prints a value of so many bytes. */
type Print = (bytes: Bytes, length: number, shape: Shape) => string;

const whole: Print = (bytes, length) => {
  if (length === 8) return bytes.bigInt64().toString();
  // The one of one byte has no sign.
  return String(length === 1 ? bytes.uint(1) : bytes.int(length as 2 | 4));
};
const float: Print = (bytes, length) => (length === 4 ? realText(bytes.float()) : String(bytes.double()));
const bit: Print = (bytes) => String(bytes.uint(1));
const chars: Print = (bytes, length, { collation }) => decodeText(bytes.take(length), collation?.codepage);
const nchars: Print = (bytes, length) => decodeUtf16(bytes.take(length));
const binary: Print = (bytes, length) => print.binary(bytes.take(length));
const numeric: Print = (bytes, length, { scale = 0 }) => print.numeric(bytes, length, scale);
const time: Print = (bytes, length, { scale = 7 }) => print.time(bytes, length, scale);
const dateTime2: Print = (bytes, length, { scale = 7 }) => print.dateTime2(bytes, length, scale);
const dateTimeOffset: Print = (bytes, length, { scale = 7 }) => print.dateTimeOffset(bytes, length, scale);
const uuid: Print = (bytes) => print.uuid(bytes.take(16));

/** Always there, and always as long. */
const fixed =
  (length: number, show: Print): Read =>
  (bytes, shape) =>
    show(bytes, length, shape);

/** One byte of length; none is NULL. */
const short =
  (show: Print): Read =>
  (bytes, shape) => {
    const length = bytes.uint(1);
    return length === 0 ? null : show(bytes, length, shape);
  };

const LONGEST = 0xffff;
/** Two bytes of length, or in parts where the column may be longer than 8,000 bytes. */
const sized =
  (show: Print): Read =>
  (bytes, shape) => {
    if (shape.dataLength === LONGEST || shape.dataLength === undefined) return inParts(show)(bytes, shape);
    const length = bytes.uint(2);
    return length === LONGEST ? null : show(bytes, length, shape);
  };

/** Eight bytes of length, or that it is not known, then parts until an empty one ([MS-TDS] 2.2.5.2.3). */
const inParts =
  (show: Print): Read =>
  (bytes, shape) => {
    const length = bytes.bigUint(8);
    if (length === 0xffff_ffff_ffff_ffffn) return null;
    // All of it is asked for at once: what is not here yet is waited for once, not part by part.
    if (length !== 0xffff_ffff_ffff_fffen) bytes.at = bytes.skip(Number(length));
    const parts: Buffer[] = [];
    for (let part = bytes.uint(4); part > 0; part = bytes.uint(4)) parts.push(bytes.take(part));
    const value = Buffer.concat(parts);
    return show(new Bytes(value, 0), value.length, shape);
  };

/** The types that are no longer made: a pointer of 16 bytes or none, a timestamp, four bytes of length. */
const pointed =
  (show: Print): Read =>
  (bytes, shape) => {
    const pointer = bytes.uint(1);
    if (pointer === 0) return null;
    bytes.skip(pointer + 8);
    return show(bytes, bytes.uint(4), shape);
  };

/** How a type looks inside of sql_variant: its properties come first ([MS-TDS] 2.2.5.5.4). */
type Inside = readonly [show: Print, properties: (bytes: Bytes, shape: Shape) => Shape];
const none: Inside[1] = (_, shape) => shape;
const scaled: Inside[1] = (bytes, shape) => ({ ...shape, scale: bytes.uint(1) });
const exact: Inside[1] = (bytes, shape) => {
  bytes.skip(1);
  return { ...shape, scale: bytes.uint(1) };
};
const longest: Inside[1] = (bytes, shape) => {
  bytes.skip(2);
  return shape;
};

const money: Print = (bytes, length) => print.money(bytes, length);
const dateTime: Print = (bytes, length) => print.dateTime(bytes, length);
const date: Print = (bytes) => print.date(bytes);

/** By the type's number. */
const VARIANTS: Readonly<Record<number, Inside>> = {
  36: [uuid, none],
  40: [date, none],
  41: [time, scaled],
  42: [dateTime2, scaled],
  43: [dateTimeOffset, scaled],
  48: [whole, none],
  50: [bit, none],
  52: [whole, none],
  56: [whole, none],
  58: [dateTime, none],
  59: [float, none],
  60: [money, none],
  61: [dateTime, none],
  62: [float, none],
  106: [numeric, exact],
  108: [numeric, exact],
  122: [money, none],
  127: [whole, none],
  165: [binary, longest],
  173: [binary, longest],
  167: [chars, collated],
  175: [chars, collated],
  231: [nchars, collated],
  239: [nchars, collated],
};

/** Five bytes of collation, then the longest length. */
function collated(bytes: Bytes, shape: Shape): Shape {
  const collation = shape.collationOf?.(bytes.take(5));
  bytes.skip(2);
  return { ...shape, collation };
}

const variant: Read = (bytes, shape) => {
  const length = bytes.uint(4);
  if (length === 0) return null;
  const type = bytes.uint(1);
  const properties = bytes.uint(1);
  const inside = VARIANTS[type];
  if (!inside) return print.binary(bytes.take(length - 2));
  const [show, read] = inside;
  return show(bytes, length - properties - 2, read(bytes, shape));
};

const READS: Readonly<Record<string, Read>> = {
  Null: () => null,
  TinyInt: fixed(1, whole),
  SmallInt: fixed(2, whole),
  Int: fixed(4, whole),
  BigInt: fixed(8, whole),
  IntN: short(whole),
  Real: fixed(4, float),
  Float: fixed(8, float),
  FloatN: short(float),
  SmallMoney: fixed(4, money),
  Money: fixed(8, money),
  MoneyN: short(money),
  Bit: fixed(1, bit),
  BitN: short(bit),
  NumericN: short(numeric),
  DecimalN: short(numeric),
  UniqueIdentifier: short(uuid),
  SmallDateTime: fixed(4, dateTime),
  DateTime: fixed(8, dateTime),
  DateTimeN: short(dateTime),
  Date: short(date),
  Time: short(time),
  DateTime2: short(dateTime2),
  DateTimeOffset: short(dateTimeOffset),
  Char: sized(chars),
  VarChar: sized(chars),
  NChar: sized(nchars),
  NVarChar: sized(nchars),
  Binary: sized(binary),
  VarBinary: sized(binary),
  Xml: inParts(nchars),
  UDT: inParts(binary),
  Text: pointed(chars),
  NText: pointed(nchars),
  Image: pointed(binary),
  Variant: variant,
};

/** What reads the values of a column. It throws Missing where a value goes on. Errors: RangeError for an unknown type. */
export function reader(shape: Shape): (bytes: Bytes) => string | null {
  const read = READS[shape.type.name];
  if (!read) throw new RangeError(`a column has the unknown type ${shape.type.name}`);
  return (bytes) => read(bytes, shape);
}
