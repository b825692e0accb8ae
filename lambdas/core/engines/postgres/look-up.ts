/** Types and tables by their ids, as PostgreSQL names them. */
import type { ValueKind } from '#contract/results.ts';
import type { LookUp } from '../pg-wire/flavour.ts';
import { BUILT_IN_TYPES } from '../pg-wire/types.ts';

/** One round trip for all that is not known yet: types by id and modifier, columns of tables by the table's id. */
const LOOK_UP = `
select
  (select coalesce(json_agg(json_build_array(k.oid, k.modifier, pg_catalog.format_type(k.oid, k.modifier), t.typcategory)), '[]')
   from unnest($1::oid[], $2::int4[]) as k(oid, modifier) join pg_catalog.pg_type t on t.oid = k.oid),
  (select coalesce(json_agg(json_build_array(c.oid, a.attnum, n.nspname, c.relname, a.attname, i.indexrelid is not null)), '[]')
   from pg_catalog.pg_class c
   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0
   left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)
   where c.oid = any ($3::oid[]))`;

/** How the values of types that PostgreSQL does not bring along are shown, by `pg_type.typcategory`. */
const CATEGORIES: Record<string, ValueKind> = {
  A: 'array',
  B: 'boolean',
  D: 'temporal',
  E: 'text',
  N: 'number',
  S: 'text',
  T: 'temporal',
};

type TypeRow = [oid: string, modifier: number, name: string, category: string];
type ColumnRow = [table: string, number: number, schema: string, table_name: string, column: string, key: boolean];

export const LOOK_UP_BY_IDS: LookUp = {
  typeOf: ({ dataTypeID, dataTypeModifier }) => (dataTypeModifier < 0 ? BUILT_IN_TYPES.get(dataTypeID) : undefined),
  question(types, tables) {
    const ids = types.map((type) => type.dataTypeID);
    const modifiers = types.map((type) => type.dataTypeModifier);
    return { text: LOOK_UP, values: [ids, modifiers, tables].map((values) => `{${values.join(',')}}`) };
  },
  read([row]) {
    const [types, columns] = row ?? [];
    return {
      types: (JSON.parse(types ?? '[]') as TypeRow[]).map(([oid, modifier, name, category]) => ({
        oid: Number(oid),
        modifier,
        name,
        kind: BUILT_IN_TYPES.get(Number(oid))?.kind ?? CATEGORIES[category] ?? 'other',
      })),
      columns: (JSON.parse(columns ?? '[]') as ColumnRow[]).map(([oid, number, schema, name, column, key]) => ({
        oid: Number(oid),
        number,
        table: { schema, name, column },
        key,
      })),
    };
  },
};
