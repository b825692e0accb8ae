/** Every table and its columns at once, for completion: one question for the tables, one for all columns. */
import type { Names } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';
import { type Size, typeName } from './columns.ts';
import { tableType } from './kinds.ts';

const NOT_SYSTEM = `schema_name not in ('pg_catalog', 'information_schema', 'pg_internal', 'catalog_history')`;

const TABLES = `
select schema_name, table_name, table_type from pg_catalog.svv_all_tables
where database_name = $1 and ${NOT_SYSTEM}`;
const COLUMNS = `
select schema_name, table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale
from pg_catalog.svv_all_columns
where database_name = $1 and ${NOT_SYSTEM}
order by 1, 2, ordinal_position`;

type ColumnRow = [schema: string, table: string, name: string, type: string, ...Size];
type Table = Names['tables'][number];

export async function names(session: Session): Promise<Names> {
  const where = [session.about.database];
  const rows = await session.query<[schema: string, name: string, type: string]>(TABLES, where);
  const types = new Map<string, number>();
  const columns = new Map<string, Table[3]>();
  for (const [schema, table, name, type, ...size] of await session.query<ColumnRow>(COLUMNS, where)) {
    const key = keyOf(schema, table);
    const own = columns.get(key) ?? [];
    columns.set(key, own);
    own.push(name, indexOf(types, typeName(type, size)));
  }
  const tables = rows.map(
    ([schema, name, type]): Table => [schema, name, tableType(type).kind, columns.get(keyOf(schema, name)) ?? []],
  );
  return { types: [...types.keys()], tables };
}

/** No name holds a control character. */
const keyOf = (schema: string, table: string): string => `${schema}\u0001${table}`;

function indexOf(indexes: Map<string, number>, type: string): number {
  const known = indexes.get(type) ?? indexes.size;
  indexes.set(type, known);
  return known;
}
