/** How each type is fetched and printed, so that no digit is lost on the way; and what is lost where that cannot be. */
import type { FetchTypeResponse, IntervalDS, IntervalYM, Metadata } from 'oracledb';
import type { ResultColumn, ValueKind } from '#contract/results.ts';
import { realText } from '../sql/real-text.ts';
import type { Driver } from './driver.ts';
import type { ExactDate } from './exact-date.ts';

type Described = Metadata<unknown>;
type Print = (value: never, column: Described) => string;

interface TypeInfo {
  readonly kind: ValueKind;
  /** Behind the type's own name, or in place of it. */
  readonly name?: (column: Described) => string;
  /** As what the driver fetches it; left out: as its own type. */
  readonly as?: 'DB_TYPE_VARCHAR' | 'DB_TYPE_RAW' | 'DB_TYPE_NVARCHAR';
  /** From what the driver gives, which is never null here; left out: it gives text. */
  readonly print?: Print;
  /** What is lost of such values, whatever one does. */
  readonly lost?: string;
}

const hex: Print = (value: Buffer) => value.toString('hex').toUpperCase();
const sized = ({ dbTypeName = '', byteSize }: Described): string => `${dbTypeName}(${byteSize})`;
const FLOAT_SCALE = -127;

const number = ({ precision = 0, scale = 0 }: Described): string => {
  if (precision === 0) return 'NUMBER';
  if (scale === FLOAT_SCALE) return `FLOAT(${precision})`;
  return scale === 0 ? `NUMBER(${precision})` : `NUMBER(${precision},${scale})`;
};

/** Digits of a second's fraction: six where the driver says none. */
const digitsOf = ({ precision = 6 }: Described): number => precision;
const timestamp = (column: Described): string =>
  (column.dbTypeName ?? '').replace('TIMESTAMP', `TIMESTAMP(${digitsOf(column)})`);
const instant: Print = (value: ExactDate, column) => value.text(digitsOf(column));

const two = (value: number): string => String(Math.abs(value)).padStart(2, '0');
const signOf = (...parts: number[]): string => (parts.some((part) => part < 0) ? '-' : '+');
const yearsToMonths: Print = ({ years = 0, months = 0 }: IntervalYM) =>
  `${signOf(years, months)}${two(years)}-${two(months)}`;
const daysToSeconds: Print = ({ days = 0, hours = 0, minutes = 0, seconds = 0, fseconds = 0 }: IntervalDS) => {
  const clock = `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(Math.abs(fseconds)).padStart(9, '0')}`;
  return `${signOf(days, hours, minutes, seconds, fseconds)}${two(days)} ${clock}`;
};

/** By the driver's name of a type. */
const TYPES: Readonly<Record<string, TypeInfo>> = {
  NUMBER: { kind: 'number', name: number, as: 'DB_TYPE_VARCHAR' },
  BINARY_FLOAT: { kind: 'number', print: (value: number) => realText(value) },
  BINARY_DOUBLE: { kind: 'number', print: (value: number) => String(value) },
  DATE: { kind: 'temporal', print: (value: ExactDate) => value.text(0) },
  TIMESTAMP: { kind: 'temporal', name: timestamp, print: instant },
  'TIMESTAMP WITH TIME ZONE': {
    kind: 'temporal',
    name: timestamp,
    print: instant,
    lost: 'A zone that has a name is shown as UTC: the instant is right, the name is lost.',
  },
  'TIMESTAMP WITH LOCAL TIME ZONE': { kind: 'temporal', name: timestamp, print: instant },
  'INTERVAL YEAR TO MONTH': { kind: 'other', print: yearsToMonths },
  'INTERVAL DAY TO SECOND': { kind: 'other', print: daysToSeconds },
  VARCHAR2: { kind: 'text', name: sized },
  NVARCHAR2: { kind: 'text', name: sized },
  CHAR: { kind: 'text', name: sized },
  NCHAR: { kind: 'text', name: sized },
  LONG: { kind: 'text' },
  CLOB: { kind: 'text', as: 'DB_TYPE_VARCHAR' },
  NCLOB: { kind: 'text', as: 'DB_TYPE_NVARCHAR' },
  RAW: { kind: 'bytes', name: sized, print: hex },
  'LONG RAW': { kind: 'bytes', print: hex },
  BLOB: { kind: 'bytes', as: 'DB_TYPE_RAW', print: hex },
  ROWID: { kind: 'text' },
  UROWID: { kind: 'text' },
  XMLTYPE: { kind: 'text' },
  BOOLEAN: { kind: 'boolean', print: (value: boolean) => (value ? 'TRUE' : 'FALSE') },
  VECTOR: { kind: 'other', as: 'DB_TYPE_VARCHAR' },
  JSON: {
    kind: 'json',
    print: (value: unknown) => JSON.stringify(value),
    lost: 'Numbers of more than 15 digits inside of this type are rounded: JSON_SERIALIZE in the statement shows them all.',
  },
  OBJECT: {
    kind: 'other',
    print: (value: unknown) => JSON.stringify(value),
    lost: 'Numbers of more than 15 digits inside of an object are rounded.',
  },
  BFILE: { kind: 'other', print: () => 'BFILE', lost: 'What lies in files outside of the database is not read.' },
  CURSOR: { kind: 'other', print: () => 'CURSOR', lost: 'Cursors inside of rows are not read.' },
};
const UNKNOWN: TypeInfo = { kind: 'other', print: (value: unknown) => String(value) };

const infoOf = ({ dbTypeName = '', dbTypeClass }: Described): TypeInfo =>
  TYPES[dbTypeName] ?? (dbTypeClass ? (TYPES.OBJECT as TypeInfo) : UNKNOWN);

export function resultColumn(column: Described): ResultColumn {
  const { kind, name } = infoOf(column);
  return { name: column.name, type: name?.(column) ?? column.dbTypeName ?? 'unknown', kind };
}

/** What cannot be shown whole, a sentence a column. */
export const lostOf = (columns: readonly Described[]): string[] =>
  columns.flatMap((column) => {
    const { lost } = infoOf(column);
    return lost ? [`${column.name}: ${lost}`] : [];
  });

/**
 * How the driver is to fetch a column: without a type, as it does by itself. A converter is given only where there is something to
 * print, for some of the driver's own, such as XMLTYPE's, give promises, which it would hand to ours.
 */
export const fetchAs =
  (driver: Pick<Driver, 'DB_TYPE_VARCHAR' | 'DB_TYPE_RAW' | 'DB_TYPE_NVARCHAR'>) =>
  (column: Described): FetchTypeResponse => {
    const { as, print } = infoOf(column);
    const type = as && driver[as];
    const converter = (value: unknown): string | null =>
      value === null ? null : (print?.(value as never, column) ?? null);
    // Its types ask for a converter; it asks for none.
    return { ...(type && { type }), ...(print && { converter }) } as FetchTypeResponse;
  };
