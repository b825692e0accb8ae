/**
 * The attributes of an item, read from the bytes of its DynamoDB JSON: each has a name, one type and a value (API Reference,
 * AttributeValue). No digit of a number and no byte is changed on the way.
 */
import type { ValueKind } from '#contract/results.ts';
import { eachPart, endOfString, endOfValue, OBJECT, valueBehind } from './json-bytes.ts';

export interface AttributeType {
  readonly name: string;
  /** How a column of this type alone is shown. */
  readonly kind: ValueKind;
  /** What a cell shows: what stands between the quotes, the bare word, `null`, or all with its type. */
  readonly shows: 'text' | 'word' | 'null' | 'all';
}

/** Binary is base64, as in DynamoDB's own JSON. */
const TYPES: readonly AttributeType[] = [
  { name: 'S', kind: 'text', shows: 'text' },
  { name: 'N', kind: 'number', shows: 'text' },
  { name: 'B', kind: 'other', shows: 'text' },
  { name: 'BOOL', kind: 'boolean', shows: 'word' },
  { name: 'NULL', kind: 'other', shows: 'null' },
  { name: 'M', kind: 'json', shows: 'all' },
  { name: 'L', kind: 'json', shows: 'all' },
  { name: 'SS', kind: 'json', shows: 'all' },
  { name: 'NS', kind: 'json', shows: 'all' },
  { name: 'BS', kind: 'json', shows: 'all' },
];
/** A type that DynamoDB may get one day. */
const unknownType = (name: string): AttributeType => ({ name, kind: 'other', shows: 'all' });

/** By the length and the first letter of their names, which no two share. */
const BY_SIGN: (AttributeType | undefined)[] = [];
const signOf = (length: number, first: number): number => (length << 7) | (first & 0x7f);
for (const type of TYPES) BY_SIGN[signOf(type.name.length, type.name.charCodeAt(0))] = type;

/** An item in the bytes of its page; `view` looks at the same bytes. */
export interface Item {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly from: number;
  readonly to: number;
}

/** `from` and `to` are where lies what a cell shows. */
type TakeAttribute = (name: string, type: AttributeType, from: number, to: number) => void;

/** Throws SyntaxError for what is no item. */
export function eachAttribute({ bytes, from }: Item, take: TakeAttribute): void {
  eachPart(bytes, from, OBJECT, (at) => {
    const behind = endOfString(bytes, at);
    const typed = valueBehind(bytes, behind);
    const name = nameAt(bytes, at, behind);
    let type: AttributeType | undefined;
    let value = 0;
    let valueEnd = 0;
    const end = eachPart(bytes, typed, OBJECT, (sign) => {
      const signEnd = endOfString(bytes, sign);
      type = typeAt(bytes, sign, signEnd);
      value = valueBehind(bytes, signEnd);
      valueEnd = endOfValue(bytes, value);
      return valueEnd;
    });
    if (!type) throw new SyntaxError(`The attribute at byte ${at} has no type.`);
    if (type.shows === 'all') take(name, type, typed, end);
    else if (type.shows === 'text') take(name, type, value + 1, valueEnd - 1);
    else take(name, type, value, valueEnd);
    return end;
  });
}

const typeAt = (bytes: Buffer, from: number, to: number): AttributeType => {
  const known = BY_SIGN[signOf(to - from - 2, bytes[from + 1] as number)];
  return known ?? unknownType(textAt(bytes, from, to));
};

/** A string of JSON as text. */
const textAt = (bytes: Buffer, from: number, to: number): string => JSON.parse(bytes.toString('utf8', from, to));

/** Names recur from item to item: one that was read is found again by its bytes. */
const NAMES: ({ readonly name: string; readonly bytes: Buffer } | undefined)[] = new Array(1_024).fill(undefined);
const LONGEST_NAME = 64;

function nameAt(bytes: Buffer, from: number, to: number): string {
  if (to - from > LONGEST_NAME) return textAt(bytes, from, to);
  let hash = 0;
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  const place = hash & (NAMES.length - 1);
  const known = NAMES[place];
  if (known !== undefined && isAt(bytes, from, to, known.bytes)) return known.name;
  const name = textAt(bytes, from, to);
  NAMES[place] = { name, bytes: Buffer.from(bytes.subarray(from, to)) };
  return name;
}

function isAt(bytes: Buffer, from: number, to: number, known: Buffer): boolean {
  if (known.length !== to - from) return false;
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[from + at]) return false;
  return true;
}
