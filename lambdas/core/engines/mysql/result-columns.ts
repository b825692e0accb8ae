/** What is known of a result's columns: their types as MySQL writes them, and the tables and keys that they come from. */
import type { ResultColumn, ValueKind } from '#contract/results.ts';
import type { ColumnDefinition } from './packets.ts';
import type { Arrival } from './text-rows.ts';

/** Bits of a column's flags (include/mysql_com.h). */
const FLAGS = { key: 2, unsigned: 32, zerofill: 64, enum: 256, set: 2048 } as const;
/** The character set of what is bytes, not text. */
const BINARY = 63;
/** Collations of UTF-8 and ASCII: what is sent in them is text on the wire of Lodge too (INFORMATION_SCHEMA.COLLATIONS). */
const isText = (charset: number): boolean =>
  charset === 11 ||
  charset === 33 ||
  charset === 45 ||
  charset === 46 ||
  charset === 65 ||
  charset === 76 ||
  charset === 83 ||
  (charset >= 192 && charset <= 247) ||
  charset >= 254;

interface TypeInfo {
  readonly kind: ValueKind;
  name(column: ColumnDefinition): string;
}

const named = (name: string, kind: ValueKind): TypeInfo => ({ kind, name: () => name });
const whole = (name: string): TypeInfo => ({
  kind: 'number',
  name: ({ flags }) =>
    `${name}${flags & FLAGS.unsigned ? ' unsigned' : ''}${flags & FLAGS.zerofill ? ' zerofill' : ''}`,
});
/** Digits after the point: 31 says that there is no such number. */
const real = (name: string): TypeInfo => ({
  kind: 'number',
  name: ({ flags }) => `${name}${flags & FLAGS.unsigned ? ' unsigned' : ''}`,
});
/** `length` is that of the name and the point alone. */
const timed = (name: string, length: number): TypeInfo => ({
  kind: 'temporal',
  name: (column) => (column.length > length ? `${name}(${column.length - length - 1})` : name),
});
const decimal: TypeInfo = {
  kind: 'number',
  name({ length, decimals, flags }) {
    const unsigned = (flags & FLAGS.unsigned) > 0;
    // Room for the sign and the point is counted too.
    const digits = length - (unsigned ? 0 : 1) - (decimals > 0 ? 1 : 0);
    return `decimal(${digits},${decimals})${unsigned ? ' unsigned' : ''}`;
  },
};
const sized = (text: string, bytes: string): TypeInfo => ({
  kind: 'text',
  name({ length, charset, flags }) {
    if (flags & FLAGS.enum) return 'enum';
    if (flags & FLAGS.set) return 'set';
    return charset === BINARY ? `${bytes}(${length})` : `${text}(${Math.floor(length / 4)})`;
  },
});
/** All four sizes come as one type: the length tells them apart. */
const SIZES = [
  [255, 'tiny'],
  [65_535, ''],
  [16_777_215, 'medium'],
] as const;
const blob: TypeInfo = {
  kind: 'text',
  name({ length, charset }) {
    const longest = charset === BINARY ? length : length / 4;
    const size = SIZES.find(([most]) => longest <= most)?.[1] ?? 'long';
    return `${size}${charset === BINARY ? 'blob' : 'text'}`;
  },
};

/** By the type's number on the wire (include/field_types.h). */
const TYPES: Readonly<Record<number, TypeInfo>> = {
  0: decimal,
  1: whole('tinyint'),
  2: whole('smallint'),
  3: whole('int'),
  4: real('float'),
  5: real('double'),
  6: named('null', 'other'),
  7: timed('timestamp', 19),
  8: whole('bigint'),
  9: whole('mediumint'),
  10: named('date', 'temporal'),
  11: timed('time', 10),
  12: timed('datetime', 19),
  13: named('year', 'number'),
  16: { kind: 'number', name: ({ length }) => `bit(${length})` },
  242: named('vector', 'bytes'),
  245: named('json', 'json'),
  246: decimal,
  247: named('enum', 'text'),
  248: named('set', 'text'),
  249: blob,
  250: blob,
  251: blob,
  252: blob,
  253: sized('varchar', 'varbinary'),
  254: sized('char', 'binary'),
  255: named('geometry', 'bytes'),
};
const UNKNOWN = named('unknown', 'other');
const BIT = 16;
const JSON_TYPE = 245;
/** Types from here on are texts or bytes; those before are printed by the server, whatever their character set. */
const STRINGS = 242;
/** MariaDB's types that come as texts. */
const EXTENDED: Readonly<Record<string, ValueKind>> = { json: 'json', uuid: 'uuid', inet4: 'text', inet6: 'text' };

/** How the values of a column come over the wire. */
export function arrivalOf({ type, charset, extended }: ColumnDefinition): Arrival {
  if (type === BIT) return 'bits';
  const numeric = type < STRINGS || type === 246;
  return numeric || type === JSON_TYPE || extended in EXTENDED || isText(charset) ? 'text' : 'bytes';
}

export function resultColumn(definition: ColumnDefinition): ResultColumn {
  const { schema, table, column, flags, extended } = definition;
  const info = TYPES[definition.type] ?? UNKNOWN;
  const kind = EXTENDED[extended] ?? (arrivalOf(definition) === 'bytes' ? 'bytes' : info.kind);
  return {
    name: definition.name,
    type: extended in EXTENDED ? extended : info.name(definition),
    kind,
    ...(table && column && { table: { schema, name: table, column } }),
    ...(table && column && flags & FLAGS.key && { key: true }),
  };
}
