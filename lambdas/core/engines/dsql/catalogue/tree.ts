/** The tree, one level in one round trip: schemas, what a schema holds, a table's columns. */
import { AppError } from '#contract/errors.ts';
import type { Node, NodePath } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';
import { KIND_OF_RELATION, RELATION_KINDS } from './kinds.ts';

const SCHEMAS = `
select n.nspname from pg_catalog.pg_namespace n
where n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp%'
order by 1`;
const SYSTEM = /^(pg_.*|information_schema|sys)$/;

/** The first row says that there is such a schema. Domains are the only types that can be made. */
const MEMBERS = `
select '' as kind, '' as name, null as description, null as rows, 0 as place
from pg_catalog.pg_namespace where nspname = $1
union all
select c.relkind::text, c.relname::text, d.description, case when c.relkind = 'r' and c.reltuples >= 0 then c.reltuples::float8 end,
  case c.relkind when 'r' then 1 when 'v' then 2 else 3 end
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = 0
where n.nspname = $1 and c.relkind in ('r', 'v', 'S')
union all
select 'domain', t.typname::text, null, null, 4
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where n.nspname = $1 and t.typtype = 'd'
order by 5, 2`;

/** A table without columns has one row of nulls. */
const COLUMNS = `
select a.attname, format_type(a.atttypid, a.atttypmod), d.description
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = a.attnum
where n.nspname = $1 and c.relname = $2 and c.relkind = $3
order by a.attnum`;

type MemberRow = [kind: string, name: string, comment: string | null, rows: number | null];
type ColumnRow = [name: string | null, type: string, comment: string | null];

/** Errors: OBJECT_NOT_FOUND. */
export async function children(session: Session, path: NodePath): Promise<Node[]> {
  const [schema, member] = path;
  if (!schema) return schemas(session);
  if (schema.kind !== 'schema') throw new AppError('OBJECT_NOT_FOUND');
  if (!member) return members(session, schema.name);
  const relkind = RELATION_KINDS[member.kind];
  return relkind ? columns(session, [schema.name, member.name, relkind]) : [];
}

async function schemas(session: Session): Promise<Node[]> {
  const rows = await session.query<[string]>(SCHEMAS);
  const nodes = rows.map(([name]): Node => {
    return { kind: 'schema', name, ...(SYSTEM.test(name) && { detail: 'system' }), expandable: true };
  });
  return nodes.toSorted((a, b) => Number(a.detail === 'system') - Number(b.detail === 'system'));
}

async function members(session: Session, schema: string): Promise<Node[]> {
  const rows = await session.query<MemberRow>(MEMBERS, [schema]);
  if (rows.length === 0) throw new AppError('OBJECT_NOT_FOUND');
  return rows.slice(1).map(([letter, name, comment, count]) => {
    const kind = KIND_OF_RELATION[letter] ?? 'type';
    return {
      kind,
      name,
      ...(kind === 'type' && { detail: letter }),
      ...(comment && { comment }),
      ...(count !== null && { rows: count }),
      expandable: kind in RELATION_KINDS,
    };
  });
}

async function columns(session: Session, where: readonly string[]): Promise<Node[]> {
  const rows = await session.query<ColumnRow>(COLUMNS, [...where]);
  if (rows.length === 0) throw new AppError('OBJECT_NOT_FOUND');
  return rows.flatMap(([name, type, comment]) =>
    name === null ? [] : { kind: 'column', name, detail: type, ...(comment && { comment }), expandable: false },
  );
}
