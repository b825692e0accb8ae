/**
 * As what a column stands in a Parquet file (Apache Parquet, "Logical types"): by the name that its database prints of its
 * type, and only where every value of the type fits exactly; whatever has no row here is text, as the database printed it.
 */
import type { SchemaElement } from 'hyparquet-writer';
import type { ResultColumn } from '#contract/results.ts';
import * as glance from './parquet-glance.ts';

/** A value as the writer of the file takes it. */
export type Cell = string | number | bigint | boolean;

export interface ParquetType {
  readonly element: Omit<SchemaElement, 'name'>;
  /** Undefined: the text is no value of this type. */
  read(text: string): Cell | undefined;
  /** The same for most values, sooner; left out where the text itself is the value. */
  readonly glance?: glance.Glance;
}

const TEXT: ParquetType = { element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, read: (text) => text };

const INTEGER = /^-?\d+$/;

const int32: ParquetType = {
  element: { type: 'INT32' },
  glance: glance.small,
  read(text) {
    const value = Number(text);
    // `| 0` keeps what fits into 32 bits, and changes what does not.
    return INTEGER.test(text) && (value | 0) === value ? value : undefined;
  },
};

const int64: ParquetType = {
  element: { type: 'INT64' },
  glance: glance.integer,
  read(text) {
    if (!INTEGER.test(text)) return undefined;
    const value = BigInt(text);
    return BigInt.asIntN(64, value) === value ? value : undefined;
  },
};

const NOT_FINITE: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

/** What a database prints of a float is read back as the same double. */
const double: ParquetType = {
  element: { type: 'DOUBLE' },
  glance: glance.double,
  read(text) {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isNaN(value) ? NOT_FINITE[text] : value;
  },
};

const BOOLEANS: Readonly<Record<string, boolean>> = { t: true, true: true, f: false, false: false };
const boolean: ParquetType = {
  element: { type: 'BOOLEAN' },
  glance: glance.boolean,
  read: (text) => BOOLEANS[text],
};

/** The most digits that sixteen bytes hold whatever they are. */
const MOST_DIGITS = 38;

const decimal = (precision: number, scale: number): ParquetType => {
  if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) return TEXT;
  const physical = precision <= 9 ? 'INT32' : precision <= 18 ? 'INT64' : 'FIXED_LEN_BYTE_ARRAY';
  const length = physical === 'FIXED_LEN_BYTE_ARRAY' ? { type_length: 16 } : {};
  return {
    element: { type: physical, ...length, converted_type: 'DECIMAL', precision, scale },
    glance: glance.unscaled(precision, scale),
    read(text) {
      const [, sign = '', integer = '', fraction = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
      const kept = fraction.replace(/0+$/, '');
      if (integer + fraction === '' || kept.length > scale) return undefined;
      const digits = (integer + kept.padEnd(scale, '0')).replace(/^0+/, '') || '0';
      return digits.length > precision ? undefined : BigInt(sign + digits);
    },
  };
};

const DAY_MS = 86_400_000;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Midnight of a day that exists, in milliseconds since 1970. */
const midnight = (text: string): number | undefined => {
  const [, year, month, day] = DATE.exec(text) ?? [];
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (year === undefined || Number.isNaN(ms)) return undefined;
  const date = new Date(ms);
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day) ? ms : undefined;
};

const date: ParquetType = {
  element: { type: 'INT32', converted_type: 'DATE' },
  glance: glance.date,
  read(text) {
    const ms = midnight(text);
    return ms === undefined ? undefined : ms / DAY_MS;
  },
};

const MOMENT =
  /^(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?(?: ?([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?$/;

/** Microseconds, which are all that these types have. */
const timestamp = (zoned: boolean): ParquetType => ({
  element: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: zoned, unit: 'MICROS' } },
  glance: glance.moment(zoned),
  read(text) {
    const [, day = '', hour, minute, second, fraction = '', sign, ahead = '0', minutes = '0', seconds = '0'] =
      MOMENT.exec(text) ?? [];
    const start = midnight(day);
    if (start === undefined || zoned !== (sign !== undefined)) return undefined;
    const offset = (sign === '-' ? -1 : 1) * (Number(ahead) * 3_600 + Number(minutes) * 60 + Number(seconds));
    const time = Number(hour) * 3_600 + Number(minute) * 60 + Number(second) - offset;
    return BigInt(start + time * 1_000) * 1_000n + BigInt(fraction.padEnd(6, '0'));
  },
});

/** `(12,2)` or `(10)`, as numbers. */
const decimalOf = (_all: string, precision = '', scale = '0'): ParquetType => decimal(Number(precision), Number(scale));

/**
 * By the names of PostgreSQL, Redshift and DSQL, MySQL and MariaDB, SQL Server and Oracle. Two databases mean different
 * things by `float`, and both fit into a double. SQL Server's datetime2 may have a digit more than microseconds.
 */
const TYPES: readonly (readonly [RegExp, (...match: string[]) => ParquetType])[] = [
  [/^(?:smallint|integer|tinyint|mediumint|int)(?: zerofill)?$/, () => int32],
  [/^(?:smallint|tinyint|mediumint) unsigned(?: zerofill)?$/, () => int32],
  [/^(?:bigint|oid|int unsigned)(?: zerofill)?$/, () => int64],
  [/^bigint unsigned(?: zerofill)?$/, () => decimal(20, 0)],
  [/^(?:numeric|decimal|NUMBER)\((\d+)(?:, ?(\d+))?\)(?: unsigned)?(?: zerofill)?$/, decimalOf],
  [/^(?:real|double precision|double|float)(?: unsigned)?$/, () => double],
  [/^boolean$/, () => boolean],
  [/^date$/, () => date],
  [/^timestamp(?:\(\d\))? without time zone$/, () => timestamp(false)],
  [/^timestamp(?:\(\d\))? with time zone$/, () => timestamp(true)],
  [/^(?:datetime|timestamp)(?:\([1-6]\))?$/, () => timestamp(false)],
  [/^smalldatetime$|^datetime2\([0-6]\)$/, () => timestamp(false)],
  [/^datetimeoffset\([0-6]\)$/, () => timestamp(true)],
];

/** Documents have no types by column: what the first ones hold binds none of the later ones. */
export const parquetTypes = (columns: readonly ResultColumn[]): ParquetType[] => {
  const areDocuments = columns.some(({ document }) => document);
  return columns.map(({ type }) => (areDocuments ? TEXT : typeNamed(type)));
};

const typeNamed = (name: string): ParquetType => {
  for (const [pattern, make] of TYPES) {
    const match = pattern.exec(name);
    if (match) return make(...match);
  }
  return TEXT;
};
