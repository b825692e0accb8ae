/** Enums, domains, ranges and composite types. */
import type { ObjectDescription } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';

const ATTRIBUTES = `
select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
  'nullable', true, 'generated', false) order by a.attnum)
from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped`;

const TYPE = `
select case t.typtype
    when 'e' then format('CREATE TYPE %I.%I AS ENUM (%s);', n.nspname, t.typname,
      (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid))
    when 'd' then format('CREATE DOMAIN %I.%I AS %s%s%s%s;', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod),
      ' DEFAULT ' || t.typdefault, case when t.typnotnull then ' NOT NULL' end,
      (select string_agg(format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.conname)
        from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
    when 'r' then format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s);', n.nspname, t.typname,
      (select format_type(r.rngsubtype, null) from pg_range r where r.rngtypid = t.oid))
    else format('CREATE TYPE %I.%I AS (%s);', n.nspname, t.typname,
      (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
        from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)) end,
  obj_description(t.oid, 'pg_type'), (${ATTRIBUTES})
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where n.nspname = $1 and t.typname = $2 and t.typtype in ('e', 'd', 'r', 'c')`;

type Row = [ddl: string, comment: string | null, columns: ObjectDescription['columns'] | null];

export async function readType(
  session: Session,
  { schema, name }: { schema: string; name: string },
): Promise<Omit<ObjectDescription, 'kind' | 'path'> | undefined> {
  const [row] = await session.query<Row>(TYPE, [schema, name]);
  if (!row) return undefined;
  const [ddl, comment, columns] = row;
  return { ...(comment && { comment }), columns: columns ?? [], keys: [], indexes: [], ddl };
}
