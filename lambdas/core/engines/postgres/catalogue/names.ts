/** Every table and its columns at once, for completion. */
import type { NodeKind } from '#contract/engines.ts';
import type { Names } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';
import { BUILT_IN_TYPES } from '../../pg-wire/types.ts';
import { KIND_OF_RELATION } from './kinds.ts';

/** What no name holds. */
const SEPARATOR = '\u0001';

/**
 * Measured with 20,000 tables of 8 columns, CPU of server and client: this takes 140 + 18 ms, one sorted grouping over all
 * columns 290 + 23, and a row a column 180 + 116.
 */
const NAMES = `
select n.nspname, c.relname, c.relkind, x.names, x.types
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
cross join lateral (
  select pg_catalog.string_agg(a.attname, E'\\x01' order by a.attnum) as names,
    pg_catalog.string_agg(a.atttypid::text, ',' order by a.attnum) as types
  from pg_catalog.pg_attribute a
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) x
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

const TYPES = `select oid::text, pg_catalog.format_type(oid, null) from pg_catalog.pg_type where oid = any ($1::oid[])`;

type Row = [schema: string, name: string, relkind: string, columns: string | null, types: string | null];
type Table = Names['tables'][number];

/** One round trip; a second one where there are types that PostgreSQL does not bring along. */
export async function names(session: Session): Promise<Names> {
  const rows = await session.query<Row>(NAMES);
  const indexes = new Map<string, number>();
  const tables = rows.map(([schema, name, relkind, columns, types]): Table => {
    const ids = types?.split(',') ?? [];
    const own = columns?.split(SEPARATOR) ?? [];
    const flat = own.flatMap((column, index) => [column, indexOf(indexes, ids[index] ?? '')]);
    return [schema, name, KIND_OF_RELATION[relkind] as NodeKind, flat];
  });
  return { types: await typeNames(session, [...indexes.keys()]), tables };
}

function indexOf(indexes: Map<string, number>, type: string): number {
  const known = indexes.get(type);
  if (known !== undefined) return known;
  indexes.set(type, indexes.size);
  return indexes.size - 1;
}

async function typeNames(session: Session, ids: readonly string[]): Promise<string[]> {
  const unknown = ids.filter((id) => !BUILT_IN_TYPES.has(Number(id)));
  const rows = unknown.length > 0 ? await session.query<[string, string]>(TYPES, [unknown]) : [];
  const asked = new Map(rows);
  return ids.map((id) => BUILT_IN_TYPES.get(Number(id))?.name ?? asked.get(id) ?? 'unknown');
}
