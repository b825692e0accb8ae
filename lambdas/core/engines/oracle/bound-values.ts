/**
 * Values of parameters as Oracle binds them. The text says how each is read, never what it is: no setting of the session
 * (NLS_DATE_FORMAT, NLS_NUMERIC_CHARACTERS) has a say in it, and nothing passes through a float.
 */
import type { BindParameter } from 'oracledb';
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';
import type { BoundText } from '../sql/bind-text.ts';
import type { Driver } from './driver.ts';

const HAS_ZONE = /(?:z|[+-]\d\d:?\d\d)$/i;
const DAY = 'YYYY-MM-DD';
const TIME = `${DAY}"T"HH24:MI:SS.FF9`;

interface Bind {
  /** What stands in the text; `mark` is the name with its colon. */
  write(mark: string, value: string): string;
  /** What is bound: a text, or a whole number. */
  value(value: string): string | bigint;
  readonly type: 'DB_TYPE_VARCHAR' | 'DB_TYPE_NUMBER';
}

const TYPES: Readonly<Record<ParameterType, Bind>> = {
  text: { write: (mark) => mark, value: (value) => value, type: 'DB_TYPE_VARCHAR' },
  integer: { write: (mark) => mark, value: BigInt, type: 'DB_TYPE_NUMBER' },
  // A literal with an exponent is an exact NUMBER (SQL Language Reference, "Numeric Literals").
  decimal: {
    write: (mark, value) => `(${mark} * 1E${scaled(value).power})`,
    value: (value) => scaled(value).digits,
    type: 'DB_TYPE_NUMBER',
  },
  // Before version 23 its SQL has no BOOLEAN: where there is none, 1 and 0 are written.
  boolean: { write: (mark) => mark, value: (value) => (value === 'true' ? 1n : 0n), type: 'DB_TYPE_NUMBER' },
  date: { write: (mark) => `TO_DATE(${mark}, '${DAY}')`, value: (value) => value, type: 'DB_TYPE_VARCHAR' },
  timestamp: {
    write: (mark, value) =>
      HAS_ZONE.test(value) ? `TO_TIMESTAMP_TZ(${mark}, '${TIME} TZH:TZM')` : `TO_TIMESTAMP(${mark}, '${TIME}')`,
    value: whole,
    type: 'DB_TYPE_VARCHAR',
  },
};

/** `12.50` is 1250 times ten to the power of -2. */
function scaled(value: string): { readonly digits: bigint; readonly power: number } {
  const [mantissa = '', exponent = '0'] = value.toLowerCase().split('e');
  const [before = '', behind = ''] = mantissa.split('.');
  return { digits: BigInt(`${before}${behind}` || '0'), power: Number(exponent) - behind.length };
}

/** With its seconds, their fraction and a zone in digits, as the format wants them. */
function whole(value: string): string {
  const zone = HAS_ZONE.exec(value)?.[0] ?? '';
  const [day = '', time = ''] = value.slice(0, value.length - zone.length).split('T');
  const [clock = '', fraction = '0'] = time.split('.');
  const seconds = clock.split(':').length < 3 ? ':00' : '';
  const offset = /^z$/i.test(zone) ? '+00:00' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return `${day}T${clock}${seconds}.${fraction.slice(0, 9)}${offset && ` ${offset}`}`;
}

/** A name of its own: a bind may be called neither `date` nor any other reserved word (ORA-01745). */
const nameOf = ({ name }: BoundParameter): string => `lodge_${name}`;

export const PLACEHOLDERS = {
  write: (_: number, parameter: BoundParameter): string =>
    TYPES[parameter.type].write(`:${nameOf(parameter)}`, parameter.value ?? '0'),
  placeOf: 'name',
} as const;

export const bindsOf = ({ values }: BoundText, driver: Driver): Record<string, BindParameter> =>
  Object.fromEntries(
    values.map((parameter) => {
      const { value, type } = TYPES[parameter.type];
      return [nameOf(parameter), { val: parameter.value === null ? null : value(parameter.value), type: driver[type] }];
    }),
  );
