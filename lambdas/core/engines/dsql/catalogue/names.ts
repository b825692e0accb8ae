/** Every table and its columns at once, for completion: a row a column, without anything of PostgreSQL's that may lack. */
import type { NodeKind } from '#contract/engines.ts';
import type { Names } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';
import { BUILT_IN_TYPES } from '../../pg-wire/types.ts';
import { KIND_OF_RELATION } from './kinds.ts';

const NAMES = `
select n.nspname, c.relname, c.relkind, a.attname, a.atttypid::text, t.typname
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_catalog.pg_type t on t.oid = a.atttypid
where c.relkind in ('r', 'v') and n.nspname not in ('pg_catalog', 'information_schema', 'sys')
order by 1, 2, a.attnum`;

type Row = [schema: string, table: string, relkind: string, column: string | null, type: string, typeName: string];
type Table = Names['tables'][number];

export async function names(session: Session): Promise<Names> {
  const types = new Map<string, number>();
  const tables: Table[] = [];
  for (const [schema, name, relkind, column, type, typeName] of await session.query<Row>(NAMES)) {
    const last = tables.at(-1);
    const table: Table =
      last?.[0] === schema && last[1] === name ? last : [schema, name, KIND_OF_RELATION[relkind] as NodeKind, []];
    if (table !== last) tables.push(table);
    if (column !== null) table[3].push(column, indexOf(types, BUILT_IN_TYPES.get(Number(type))?.name ?? typeName));
  }
  return { types: [...types.keys()], tables };
}

function indexOf(indexes: Map<string, number>, type: string): number {
  const known = indexes.get(type) ?? indexes.size;
  indexes.set(type, known);
  return known;
}
