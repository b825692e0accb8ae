/** Tables and what looks like one, read in one round trip. */
import type { NodeKind } from '#contract/engines.ts';
import type { ObjectDescription } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';
import { RELATION_KINDS } from './kinds.ts';

/** A column as it is shown, and what its DDL needs beside. */
export interface RelationColumn {
  readonly shown: ObjectDescription['columns'][number];
  readonly quoted: string;
  /** `s` stored, `v` virtual, empty for none (`pg_attribute.attgenerated`). */
  readonly generated: string;
  /** `a` always, `d` by default, empty for none (`pg_attribute.attidentity`). */
  readonly identity: string;
  readonly collation: string | null;
  /** Quoted as a literal. */
  readonly comment: string | null;
}

export interface Relation extends Pick<ObjectDescription, 'keys'> {
  /** `schema.name`, each quoted where it must be. */
  readonly quoted: string;
  readonly relkind: string;
  readonly comment: string | null;
  readonly quotedComment: string | null;
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly unlogged: boolean;
  readonly options: string | null;
  readonly definition: string | null;
  readonly partitionKey: string | null;
  readonly partitionBound: string | null;
  readonly parents: string | null;
  readonly server: string | null;
  readonly serverOptions: string | null;
  readonly columns: readonly RelationColumn[];
  /** `ofKey`: made by a key, not by a statement of its own. */
  readonly indexes: readonly (ObjectDescription['indexes'][number] & { readonly ofKey: boolean })[];
}

const COLUMNS = `
select coalesce(json_agg(json_build_object(
  'shown', json_strip_nulls(json_build_object(
    'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull,
    'default', pg_get_expr(ad.adbin, ad.adrelid), 'generated', a.attgenerated <> '' or a.attidentity <> '',
    'comment', col_description(c.oid, a.attnum))),
  'quoted', quote_ident(a.attname), 'generated', a.attgenerated, 'identity', a.attidentity,
  'collation', (select format('%I.%I', cn.nspname, co.collname)
    from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace join pg_type t on t.oid = a.atttypid
    where co.oid = a.attcollation and a.attcollation <> t.typcollation),
  'comment', quote_literal(col_description(c.oid, a.attnum))) order by a.attnum), '[]')
from pg_attribute a
left join pg_attrdef ad on ad.adrelid = a.attrelid and ad.adnum = a.attnum
where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`;

const KEYS = `
select coalesce(json_agg(json_strip_nulls(json_build_object(
  'name', k.conname, 'kind', kk.kind, 'definition', pg_get_constraintdef(k.oid),
  'columns', (select coalesce(json_agg(a.attname order by i.place), '[]')
    from unnest(k.conkey) with ordinality as i(number, place)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = i.number),
  'references', (select json_build_object('schema', fn.nspname, 'name', f.relname,
      'columns', (select json_agg(a.attname order by i.place) from unnest(k.confkey) with ordinality as i(number, place)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = i.number))
    from pg_class f join pg_namespace fn on fn.oid = f.relnamespace where f.oid = k.confrelid))) order by kk.place, k.conname), '[]')
from pg_constraint k
join (values ('p', 'primary', 1), ('u', 'unique', 2), ('f', 'foreign', 3), ('c', 'check', 4), ('x', 'exclusion', 5))
  as kk(letter, kind, place) on kk.letter = k.contype::text
where k.conrelid = c.oid`;

const INDEXES = `
select coalesce(json_agg(json_build_object(
  'name', ic.relname, 'unique', i.indisunique, 'method', am.amname, 'definition', pg_get_indexdef(i.indexrelid),
  'bytes', pg_relation_size(i.indexrelid),
  'ofKey', exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))) order by ic.relname), '[]')
from pg_index i
join pg_class ic on ic.oid = i.indexrelid
join pg_am am on am.oid = ic.relam
where i.indrelid = c.oid`;

const RELATION = `
select json_build_object(
  'quoted', format('%I.%I', n.nspname, c.relname), 'relkind', c.relkind,
  'comment', obj_description(c.oid, 'pg_class'), 'quotedComment', quote_literal(obj_description(c.oid, 'pg_class')),
  'rows', case when c.reltuples >= 0 and c.relkind not in ('v', 'f') then c.reltuples::float8 end,
  'bytes', case when c.relkind not in ('v', 'f') then pg_total_relation_size(c.oid) end,
  'unlogged', c.relpersistence = 'u', 'options', array_to_string(c.reloptions, ', '),
  'definition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid, true) end,
  'partitionKey', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
  'partitionBound', case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end,
  'parents', (select string_agg(format('%I.%I', pn.nspname, p.relname), ', ' order by h.inhseqno)
    from pg_inherits h join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
    where h.inhrelid = c.oid),
  'server', (select quote_ident(s.srvname) from pg_foreign_table ft join pg_foreign_server s on s.oid = ft.ftserver
    where ft.ftrelid = c.oid),
  'serverOptions', (select string_agg(format('%I %L', o.option_name, o.option_value), ', ')
    from pg_foreign_table ft, pg_options_to_table(ft.ftoptions) o where ft.ftrelid = c.oid),
  'columns', (${COLUMNS}), 'keys', (${KEYS}), 'indexes', (${INDEXES}))
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2 and c.relkind = any ($3)`;

export async function readRelation(
  session: Session,
  { schema, name, kind }: { schema: string; name: string; kind: NodeKind },
): Promise<Relation | undefined> {
  const rows = await session.query<[Relation]>(RELATION, [schema, name, RELATION_KINDS[kind] ?? []]);
  return rows[0]?.[0];
}
