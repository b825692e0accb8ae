/** What is known of a result's columns: their types as T-SQL writes them. */
import type { ColumnMetadata } from 'tedious/lib/token/colmetadata-token-parser.js';
import type { ResultColumn, ValueKind } from '#contract/results.ts';

/** What is read of the driver's description. */
export type Described = Pick<ColumnMetadata, 'colName' | 'dataLength' | 'precision' | 'scale' | 'udtInfo'> & {
  readonly type: { readonly name: string };
};

interface TypeInfo {
  readonly kind: ValueKind;
  readonly name: string | ((column: Described) => string);
}

const MAX = 0xffff;
const byLength =
  (names: Readonly<Record<number, string>>) =>
  ({ dataLength = 0 }: Described): string =>
    names[dataLength] ?? 'unknown';
const sized =
  (name: string, bytes: number) =>
  ({ dataLength = 0 }: Described): string =>
    `${name}(${dataLength === MAX ? 'max' : dataLength / bytes})`;
const exact =
  (name: string) =>
  ({ precision, scale }: Described): string =>
    `${name}(${precision},${scale})`;
const timed =
  (name: string) =>
  ({ scale }: Described): string =>
    `${name}(${scale})`;

const whole = { 1: 'tinyint', 2: 'smallint', 4: 'int', 8: 'bigint' };

/** By the driver's name of a type. */
const TYPES: Readonly<Record<string, TypeInfo>> = {
  Null: { kind: 'other', name: 'null' },
  TinyInt: { kind: 'number', name: 'tinyint' },
  SmallInt: { kind: 'number', name: 'smallint' },
  Int: { kind: 'number', name: 'int' },
  BigInt: { kind: 'number', name: 'bigint' },
  IntN: { kind: 'number', name: byLength(whole) },
  Real: { kind: 'number', name: 'real' },
  Float: { kind: 'number', name: 'float' },
  FloatN: { kind: 'number', name: byLength({ 4: 'real', 8: 'float' }) },
  SmallMoney: { kind: 'number', name: 'smallmoney' },
  Money: { kind: 'number', name: 'money' },
  MoneyN: { kind: 'number', name: byLength({ 4: 'smallmoney', 8: 'money' }) },
  // Printed as 0 and 1, as the server does.
  Bit: { kind: 'number', name: 'bit' },
  BitN: { kind: 'number', name: 'bit' },
  NumericN: { kind: 'number', name: exact('numeric') },
  DecimalN: { kind: 'number', name: exact('decimal') },
  UniqueIdentifier: { kind: 'uuid', name: 'uniqueidentifier' },
  SmallDateTime: { kind: 'temporal', name: 'smalldatetime' },
  DateTime: { kind: 'temporal', name: 'datetime' },
  DateTimeN: { kind: 'temporal', name: byLength({ 4: 'smalldatetime', 8: 'datetime' }) },
  Date: { kind: 'temporal', name: 'date' },
  Time: { kind: 'temporal', name: timed('time') },
  DateTime2: { kind: 'temporal', name: timed('datetime2') },
  DateTimeOffset: { kind: 'temporal', name: timed('datetimeoffset') },
  Char: { kind: 'text', name: sized('char', 1) },
  VarChar: { kind: 'text', name: sized('varchar', 1) },
  NChar: { kind: 'text', name: sized('nchar', 2) },
  NVarChar: { kind: 'text', name: sized('nvarchar', 2) },
  Binary: { kind: 'bytes', name: sized('binary', 1) },
  VarBinary: { kind: 'bytes', name: sized('varbinary', 1) },
  Xml: { kind: 'text', name: 'xml' },
  UDT: { kind: 'bytes', name: ({ udtInfo }) => udtInfo?.typeName ?? 'unknown' },
  Text: { kind: 'text', name: 'text' },
  NText: { kind: 'text', name: 'ntext' },
  Image: { kind: 'bytes', name: 'image' },
  Variant: { kind: 'other', name: 'sql_variant' },
};
const UNKNOWN: TypeInfo = { kind: 'other', name: 'unknown' };

export function resultColumn(column: Described): ResultColumn {
  const { kind, name } = TYPES[column.type.name] ?? UNKNOWN;
  return { name: column.colName, type: typeof name === 'string' ? name : name(column), kind };
}
