/**
 * JSON lines: one object a row, in the order of the columns. A number is a JSON number only where whoever reads it as a
 * double gets the very value back (RFC 8259, section 6; RFC 7493, section 2.2), and a string where not, so that no digit is
 * lost: 9007199254740993, NaN, a numeric of forty digits. JSON stays JSON, with its own digits. NULL is null.
 */
import type { ResultColumn, Value, ValueKind } from '#contract/results.ts';
import { NOTHING, type Rows, type RowWriter } from './row-writer.ts';
import { uniqueNames } from './unique-names.ts';

type Print = (value: string) => string;

export const jsonl = (columns: readonly ResultColumn[]): RowWriter => {
  const names = uniqueNames(columns.map(({ name }) => name));
  // `{"a":` before the first value of a row, `,"b":` before the others.
  const keys = names.map((name, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  const prints = columns.map(({ kind }) => PRINTS[kind] ?? quoted);
  return {
    begin: () => NOTHING,
    rows: (rows) => Buffer.from(linesOf(rows, keys, prints)),
    end: () => NOTHING,
  };
};

const linesOf = ({ count, values }: Rows, keys: readonly string[], prints: readonly Print[]): string => {
  let lines = '';
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < keys.length; column += 1) {
      const value: Value = values[column]?.[row] ?? null;
      lines += keys[column];
      lines += value === null ? 'null' : (prints[column] as Print)(value);
    }
    lines += '}\n';
  }
  return lines;
};

/** All but control characters, quotes, backslashes and halves of pairs, which JSON.stringify writes in another way. */
const NEEDS_ESCAPES = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** As a string of JSON; most values need no escape, and are spared the slower way. */
const quoted: Print = (text) => (NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`);

/** As PostgreSQL and MongoDB print them. */
const BOOLEANS: Readonly<Record<string, string>> = { t: 'true', true: 'true', f: 'false', false: 'false' };

const PRINTS: Readonly<Partial<Record<ValueKind, Print>>> = {
  number: (text) => exactNumber(text) ?? quoted(text),
  boolean: (text) => BOOLEANS[text] ?? quoted(text),
  json: (text) => onOneLine(text) ?? quoted(text),
};

const SMALL_INTEGER = /^-?[1-9]\d{0,14}$/;
/** A double keeps fifteen digits (IEEE 754, DBL_DIG of C). */
const SMALL_DECIMAL = /^-?(?:0|[1-9]\d*)\.\d+$/;
const SMALL_LENGTH = 16;
const NUMBER = /^(-?)(0|[1-9]\d*)?(\.\d+)?([eE][+-]?\d+)?$/;

/** The text as a JSON number; undefined where it is none, or where a double is another number. */
const exactNumber = (text: string): string | undefined => {
  if (SMALL_INTEGER.test(text) || (text.length <= SMALL_LENGTH && SMALL_DECIMAL.test(text))) return text;
  const [whole, sign = '', integer, fraction = '', exponent = ''] = NUMBER.exec(text) ?? [];
  if (whole === undefined || (integer === undefined && fraction === '')) return undefined;
  const double = Number(text);
  const isWhole = fraction === '' && exponent === '';
  const isExact = isWhole
    ? Number.isSafeInteger(double)
    : Number.isFinite(double) && digitsOf(text) === digitsOf(String(double));
  if (!isExact) return undefined;
  // Oracle leaves the zero before the point out; JSON does not.
  return `${sign}${integer ?? '0'}${fraction}${exponent}`;
};

/** Digits and the place of the point, so that 1.50, 15e-1 and 1.5 are one number. */
const digitsOf = (text: string): string => {
  const [, sign = '', integer = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const significant = `${integer}${fraction}`.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (significant.length - digits.length);
  return digits === '' ? `${sign}0` : `${sign}${digits}e${power}`;
};

/** Undefined where it is no JSON. Line ends in JSON stand between its tokens only (RFC 8259, section 7). */
const onOneLine = (text: string): string | undefined => {
  try {
    JSON.parse(text);
    return /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, ' ') : text;
  } catch {
    return undefined;
  }
};
