/** How names and values are written in each dialect: for copied INSERT statements and for completion. */
import type { EngineInfo } from '#contract/engines.ts';
import type { ResultColumn } from '#contract/results.ts';

export type Dialect = EngineInfo['dialect'];

interface Writing {
  readonly quote: string;
  /** A name that needs no quotes, unless it is reserved. */
  readonly plain: RegExp;
  /** True where a backslash escapes inside of a string. */
  readonly backslash: boolean;
  /** Bytes that stand without quotes as they were printed. An empty `0x` is none. */
  readonly bareBytes?: RegExp;
}

const FOLDED_TO_LOWER = /^[a-z_][a-z0-9_$]*$/;
const EITHER_CASE = /^[A-Za-z_][A-Za-z0-9_$]*$/;
/** DynamoDB has 573 reserved words, and names such as `shop-orders`: every name is quoted. */
const NONE = /(?!)/;
const WRITING: Readonly<Record<Dialect, Writing>> = {
  postgres: { quote: '"', plain: FOLDED_TO_LOWER, backslash: false },
  redshift: { quote: '"', plain: FOLDED_TO_LOWER, backslash: true },
  mysql: { quote: '`', plain: EITHER_CASE, backslash: true, bareBytes: /^0x(?:[0-9a-f]{2})+$/i },
  tsql: { quote: '"', plain: EITHER_CASE, backslash: false, bareBytes: /^0x(?:[0-9a-f]{2})+$/i },
  oracle: { quote: '"', plain: /^[A-Z][A-Z0-9_$#]*$/, backslash: false },
  partiql: { quote: '"', plain: NONE, backslash: false },
  mongo: { quote: '"', plain: EITHER_CASE, backslash: false },
};

/** Words that may not stand as a name without quotes (PostgreSQL 18, appendix C, "reserved"; of MySQL 8.4 the common ones). */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between binary both by case cast check collate
collation column concurrently constraint create cross current_catalog current_date current_role current_schema
current_time current_timestamp current_user database default deferrable delete desc describe distinct do drop else end
except exists explain false fetch for foreign freeze from full grant group having if ilike in index initially inner
insert intersect interval into is isnull join key keys lateral leading left like limit localtime localtimestamp lock
match natural not notnull null offset on only or order outer over overlaps placing primary range rank references
returning revoke right rows schema select session_user set similar some symmetric system_user table tablesample then to
trailing true trigger union unique update usage user using values variadic verbose view when where window with`.split(
    /\s+/,
  ),
);

/** A name, quoted where it must be. */
export function writeName(name: string, dialect: Dialect): string {
  const { plain, quote } = WRITING[dialect];
  return plain.test(name) && !RESERVED.has(name.toLowerCase()) ? name : quoteName(name, quote);
}

/** A name in quotes, needed or not. */
export const quoteAlways = (name: string, dialect: Dialect): string => quoteName(name, WRITING[dialect].quote);

const quoteName = (name: string, quote: string): string => `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const TRUE = new Set(['t', 'true', '1']);

/** A value as a literal: numbers and booleans bare, the rest as a string that the column's type reads again. */
export function writeLiteral(value: string | null, kind: ResultColumn['kind'], dialect: Dialect): string {
  if (value === null) return 'NULL';
  if (kind === 'number' && NUMBER.test(value)) return value;
  if (kind === 'boolean') return TRUE.has(value) ? 'TRUE' : 'FALSE';
  const { backslash, bareBytes } = WRITING[dialect];
  if (kind === 'bytes' && bareBytes?.test(value)) return value;
  return quoteText(kind === 'bytes' && value === '0x' ? '' : value, backslash);
}

function quoteText(value: string, backslash: boolean): string {
  const quoted = value.replaceAll("'", "''");
  return `'${backslash ? quoted.replaceAll('\\', '\\\\') : quoted}'`;
}
