/** Values of parameters as the protocol binds them: in text, each with the type that it was declared to have. */
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';

/** Of PostgreSQL's `pg_type.dat`; Redshift's and DSQL's are the same. */
const OIDS = { bool: 16, int8: 20, int4: 23, text: 25, date: 1082, timestamp: 1114, timestamptz: 1184, numeric: 1700 };

/** The statement's own context decides, as it does for a quoted literal: text is also how a uuid or an enum is written. */
const UNKNOWN = 0;

const HAS_ZONE = /(?:z|[+-]\d\d(?::?\d\d)?)$/i;

/** A smaller integer fits wherever a larger one is wanted, but not the other way round: `left(name, :n)` takes an int4. */
function integer(value: string | null): number {
  const number = value === null ? 0n : BigInt(value);
  if (BigInt.asIntN(32, number) === number) return OIDS.int4;
  return BigInt.asIntN(64, number) === number ? OIDS.int8 : OIDS.numeric;
}

const TYPES: Readonly<Record<ParameterType, (value: string | null) => number>> = {
  text: () => UNKNOWN,
  integer,
  decimal: () => OIDS.numeric,
  boolean: () => OIDS.bool,
  date: () => OIDS.date,
  timestamp: (value) => (value === null || HAS_ZONE.test(value) ? OIDS.timestamptz : OIDS.timestamp),
};

/** The types to have a statement parsed with; `text`: text is text, since nothing in the statement says what else it is. */
export const typesOf = (values: readonly BoundParameter[], { text }: { readonly text: boolean }): number[] =>
  values.map(({ type, value }) => (type === 'text' && text ? OIDS.text : TYPES[type](value)));

/** `ambiguous_parameter` and `indeterminate_datatype` (PostgreSQL, "PostgreSQL Error Codes"): `:name is null` says no type. */
export const wantsTypes = (error: unknown): boolean =>
  ['42P08', '42P18'].includes(String((error as { code?: unknown } | undefined)?.code));
