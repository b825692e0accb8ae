/** The values that are written as calls or words, and those of Extended JSON: what a cell shows can be typed again. */
import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import type { Data, DataMap } from './parse.ts';
import { wrong } from './wrong.ts';

type Make = (args: readonly Data[], at: number, isNew: boolean) => Data;

export const WORDS: ReadonlyMap<string, () => Data> = new Map<string, () => Data>([
  ['true', () => true],
  ['false', () => false],
  ['null', () => null],
  ['undefined', () => null],
  ['NaN', () => new Double(Number.NaN)],
  ['Infinity', () => new Double(Number.POSITIVE_INFINITY)],
  ['MinKey', () => new MinKey()],
  ['MaxKey', () => new MaxKey()],
]);

/** A number or a text of one, as it was written as far as that is known. */
const digits = (value: Data): string | undefined => {
  if (typeof value === 'string') return value.trim();
  if (value instanceof Int32 || value instanceof Double) return String(value.value);
  return value instanceof Long || value instanceof Decimal128 ? value.toString() : undefined;
};

const made =
  (what: string, make: (text: string) => Data, fallback?: () => Data): Make =>
  (args, at) => {
    if (args.length === 0 && fallback) return fallback();
    const text = args.length === 1 ? digits(args[0]) : undefined;
    const value = text === undefined ? undefined : attempt(() => make(text));
    if (value === undefined) throw wrong(`Here ${what} is expected`, at);
    return value;
  };

const attempt = (make: () => Data): Data => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

const whole = (least: bigint, most: bigint) => (text: string) => {
  const value = /^-?\d{1,20}$/.test(text) ? BigInt(text) : undefined;
  return value !== undefined && value >= least && value <= most ? value : undefined;
};
const int32 = whole(-(2n ** 31n), 2n ** 31n - 1n);
const int64 = whole(-(2n ** 63n), 2n ** 63n - 1n);
const uint32 = whole(0n, 2n ** 32n - 1n);
const defined = <T, R>(value: T | undefined, use: (value: T) => R): R | undefined =>
  value === undefined ? undefined : use(value);

const long = made('a whole number of 64 bits, in quotes', (text) => defined(int64(text), Long.fromBigInt));
const int = made('a whole number of 32 bits', (text) => defined(int32(text), (value) => new Int32(Number(value))));
const decimal = made('a decimal number of at most 34 digits, in quotes', (text) => Decimal128.fromString(text));
const double = made('a number', (text) =>
  /^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|Infinity)$|^NaN$/.test(text)
    ? new Double(Number(text))
    : undefined,
);
const objectId = made(
  '24 hexadecimal digits in quotes',
  (text) => (/^[0-9a-f]{24}$/i.test(text) ? new ObjectId(text) : undefined),
  () => new ObjectId(),
);
const uuid = made(
  'a UUID in quotes',
  (text) => new UUID(text),
  () => new UUID(),
);

/** A day and a time in UTC unless they say otherwise; milliseconds since 1970; now. */
const date: Make = (args, at, isNew) => {
  if (args.length === 0) return new Date();
  const [value] = args;
  const isMoment = [Int32, Double, Long, Date].some((kind) => value instanceof kind);
  const ms = isMoment ? Number(value) : Number.NaN;
  const time = typeof value === 'string' ? timeOf(value) : ms;
  if (args.length > 1 || !Number.isFinite(time) || Math.abs(time) > 8.64e15)
    throw wrong(`Here a date such as ${isNew ? 'new Date' : 'ISODate'}("2026-01-31T12:00:00Z") is expected`, at);
  return new Date(Math.trunc(time));
};

/** Milliseconds since 1970, in UTC where the text names no zone; NaN where it is no date. */
export function timeOf(text: string): number {
  const iso = /^([+-]\d{6}|\d{4})(-\d\d(-\d\d)?)?([T ]\d\d:?\d\d(:?\d\d(\.\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(
    text.trim(),
  );
  if (!iso) return Number.NaN;
  const zone = iso[4] && !iso[7] ? 'Z' : '';
  return Date.parse(text.trim().replace(' ', 'T') + zone);
}

const binary: Make = ([type, base64, ...more], at) => {
  const subtype = type instanceof Int32 ? type.value : -1;
  if (more.length > 0 || subtype < 0 || subtype > 255 || typeof base64 !== 'string' || !isBase64(base64))
    throw wrong('Here BinData(subtype, "base64") is expected', at);
  return new Binary(Buffer.from(base64, 'base64'), subtype);
};
const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;

const timestamp: Make = (args, at) => {
  const [first, second] = args;
  const pair = first instanceof Map && args.length === 1 ? [first.get('t'), first.get('i')] : [first, second];
  const [t, i] = pair.map((each) => uint32(digits(each) ?? ''));
  if (t === undefined || i === undefined || args.length > 2)
    throw wrong('Here Timestamp(seconds, number) is expected', at);
  return new Timestamp({ t: Number(t), i: Number(i) });
};

const regex: Make = ([pattern, options = '', ...more], at) => {
  const fits =
    typeof pattern === 'string' && !pattern.includes('\0') && /^(?!.*(.).*\1)[imsux]*$/.test(String(options));
  if (!fits || more.length > 0) throw wrong('Here RegExp("pattern", "options") is expected', at);
  return new BSONRegExp(pattern, [...String(options)].sort().join(''));
};

const none =
  (make: () => Data): Make =>
  (args, at) => {
    if (args.length > 0) throw wrong('Here nothing is expected between the brackets', at);
    return make();
  };

export const CONSTRUCTORS: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['ObjectId', objectId],
  ['ObjectID', objectId],
  ['ISODate', date],
  ['Date', date],
  ['NumberLong', long],
  ['Long', long],
  ['NumberInt', int],
  ['Int32', int],
  ['Double', double],
  ['NumberDecimal', decimal],
  ['Decimal128', decimal],
  ['UUID', uuid],
  ['BinData', binary],
  ['Timestamp', timestamp],
  ['RegExp', regex],
  ['MinKey', none(() => new MinKey())],
  ['MaxKey', none(() => new MaxKey())],
]);

type Read = (value: Data, at: number) => Data;
const inside =
  (make: Make, ...names: readonly string[]): Read =>
  (value, at) => {
    const fits = value instanceof Map && value.size === names.length && names.every((name) => value.has(name));
    if (!fits) throw wrong(`Here { ${names.join(', ')} } is expected`, at);
    return make(
      names.map((name) => value.get(name)),
      at,
      false,
    );
  };
const hexByte: Make = ([base64, subtype], at) =>
  binary(
    [new Int32(/^[0-9a-f]{1,2}$/i.test(String(subtype)) ? Number.parseInt(String(subtype), 16) : -1), base64],
    at,
    false,
  );

/** A document of one such name is a value (MongoDB Extended JSON v2). None of them is an operator of a query. */
const EXTENDED: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['$oid', (value, at) => objectId([value], at, false)],
  ['$numberInt', (value, at) => int([value], at, false)],
  ['$numberLong', (value, at) => long([value], at, false)],
  ['$numberDouble', (value, at) => double([value], at, false)],
  ['$numberDecimal', (value, at) => decimal([value], at, false)],
  ['$date', (value, at) => date([value], at, false)],
  ['$uuid', (value, at) => uuid([value], at, false)],
  ['$binary', inside(hexByte, 'base64', 'subType')],
  ['$timestamp', inside(timestamp, 't', 'i')],
  ['$regularExpression', inside(regex, 'pattern', 'options')],
  ['$minKey', () => new MinKey()],
  ['$maxKey', () => new MaxKey()],
]);

export function extended(fields: DataMap, at: number): Data {
  const [entry] = fields.size === 1 ? fields : [];
  const read = entry && EXTENDED.get(entry[0]);
  return read ? read(entry[1], at) : fields;
}
