/** The tree, one level in one round trip: schemas, what a schema holds, a table's columns. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Node, NodePath } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';
import { RELATION_KINDS } from './kinds.ts';

/** System schemas last; the schemas of temporary and of outsourced values not at all. */
const SCHEMAS = `
select n.nspname, d.description, n.nspname like 'pg\\_%' or n.nspname = 'information_schema'
from pg_catalog.pg_namespace n
left join pg_catalog.pg_description d
  on d.objoid = n.oid and d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass and d.objsubid = 0
where n.nspname !~ '^pg_(toast|temp_)'
order by 3, 1`;

/** The first row says that there is such a schema. */
const MEMBERS = `
with s as (select oid from pg_catalog.pg_namespace where nspname = $1)
select '', '', null, null, null, 0 from s
union all
select * from (
  select k.kind, c.relname::text,
    case when c.relispartition then 'partition' when c.relkind = 'p' then 'partitioned' end,
    d.description, case when c.reltuples >= 0 and c.relkind not in ('v', 'S', 'f') then c.reltuples::float8 end, k.place
  from s
  join pg_catalog.pg_class c on c.relnamespace = s.oid
  join (values ('r', 'table', 1), ('p', 'table', 1), ('v', 'view', 2), ('m', 'materialized-view', 3),
      ('f', 'foreign-table', 4), ('S', 'sequence', 5)) as k(relkind, kind, place) on k.relkind = c.relkind::text
  left join pg_catalog.pg_description d
    on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objsubid = 0
  union all
  select 'function', p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
    coalesce(pg_catalog.pg_get_function_result(p.oid), 'procedure'), d.description, null, 6
  from s
  join pg_catalog.pg_proc p on p.pronamespace = s.oid
  left join pg_catalog.pg_description d
    on d.objoid = p.oid and d.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objsubid = 0
  union all
  select 'type', t.typname::text, k.detail, d.description, null, 7
  from s
  join pg_catalog.pg_type t on t.typnamespace = s.oid
  left join pg_catalog.pg_class c on c.oid = t.typrelid
  join (values ('e', 'enum'), ('d', 'domain'), ('r', 'range'), ('c', 'composite')) as k(typtype, detail)
    on k.typtype = t.typtype::text and (c.relkind is null or c.relkind = 'c')
  left join pg_catalog.pg_description d
    on d.objoid = t.oid and d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass and d.objsubid = 0
  order by 6, 2
) members`;

/** A table without columns has one row of nulls. */
const COLUMNS = `
select a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), d.description
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_catalog.pg_description d
  on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objsubid = a.attnum
where n.nspname = $1 and c.relname = $2 and c.relkind = any ($3)
order by a.attnum`;

type SchemaRow = [name: string, comment: string | null, system: boolean];
type MemberRow = [
  kind: NodeKind | '',
  name: string,
  detail: string | null,
  comment: string | null,
  rows: number | null,
  place: number,
];
type ColumnRow = [name: string | null, type: string, comment: string | null];

/** Errors: OBJECT_NOT_FOUND. */
export async function children(session: Session, path: NodePath): Promise<Node[]> {
  const [schema, member] = path;
  if (!schema) return schemas(session);
  if (schema.kind !== 'schema') throw new AppError('OBJECT_NOT_FOUND');
  if (!member) return members(session, schema.name);
  return RELATION_KINDS[member.kind] ? columns(session, schema.name, member) : [];
}

async function schemas(session: Session): Promise<Node[]> {
  const rows = await session.query<SchemaRow>(SCHEMAS);
  return rows.map(([name, comment, system]) => ({
    kind: 'schema',
    name,
    ...(system && { detail: 'system' }),
    ...(comment && { comment }),
    expandable: true,
  }));
}

async function members(session: Session, schema: string): Promise<Node[]> {
  const rows = await session.query<MemberRow>(MEMBERS, [schema]);
  if (rows.length === 0) throw new AppError('OBJECT_NOT_FOUND');
  return rows.flatMap(([kind, name, detail, comment, count]) =>
    kind === ''
      ? []
      : {
          kind,
          name,
          ...(detail && { detail }),
          ...(comment && { comment }),
          ...(count !== null && { rows: count }),
          expandable: kind in RELATION_KINDS,
        },
  );
}

async function columns(session: Session, schema: string, { kind, name }: NodePath[number]): Promise<Node[]> {
  const rows = await session.query<ColumnRow>(COLUMNS, [schema, name, RELATION_KINDS[kind]]);
  if (rows.length === 0) throw new AppError('OBJECT_NOT_FOUND');
  return rows.flatMap(([column, type, comment]) =>
    column === null
      ? []
      : { kind: 'column', name: column, detail: type, ...(comment && { comment }), expandable: false },
  );
}
