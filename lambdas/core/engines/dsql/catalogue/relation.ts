/** A table or a view, read in the plainest SQL: each question is one that Aurora DSQL is known to answer. */
import type { ObjectDescription } from '#contract/objects.ts';
import { keysOf } from '../../pg-wire/plain-keys.ts';
import type { Session } from '../../pg-wire/session.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | undefined;
  /** `s` stored, empty for none (`pg_attribute.attgenerated`). */
  readonly generated: string;
  /** `a` always, `d` by default, empty for none (`pg_attribute.attidentity`). */
  readonly identity: string;
  /** How many numbers an identity's sequence hands out at once: DSQL wants it said. */
  readonly cache: string | null;
  readonly comment: string | undefined;
}

interface Index {
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly definition: string;
  /** False while it is still being built, or when that has failed. */
  readonly valid: boolean;
  /** True where a key has made it. */
  readonly ofKey: boolean;
}

export interface Relation {
  readonly comment: string | undefined;
  readonly rows: number | undefined;
  /** Of a view. */
  readonly definition: string | undefined;
  readonly columns: readonly Column[];
  readonly keys: ObjectDescription['keys'];
  readonly indexes: readonly Index[];
}

const RELATION = `
select d.description, case when c.relkind = 'r' and c.reltuples >= 0 then c.reltuples::float8 end,
  case when c.relkind = 'v' then pg_get_viewdef(c.oid, true) end
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = 0
where n.nspname = $1 and c.relname = $2 and c.relkind = $3`;

const COLUMNS = `
select a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(v.adbin, v.adrelid), a.attgenerated, a.attidentity,
  s.seqcache::text, d.description
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_catalog.pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum
left join pg_catalog.pg_depend p on p.refobjid = c.oid and p.refobjsubid = a.attnum and p.deptype = 'i' and a.attidentity <> ''
left join pg_catalog.pg_sequence s on s.seqrelid = p.objid
left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = a.attnum
where n.nspname = $1 and c.relname = $2
order by a.attnum`;

const INDEXES = `
select ic.relname, i.indisunique, am.amname, pg_get_indexdef(i.indexrelid), i.indisvalid, k.oid is not null
from pg_catalog.pg_index i
join pg_catalog.pg_class c on c.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class ic on ic.oid = i.indexrelid
join pg_catalog.pg_am am on am.oid = ic.relam
left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
where n.nspname = $1 and c.relname = $2
order by 1`;

type RelationRow = [comment: string | null, rows: number | null, definition: string | null];
type ColumnRow = [
  name: string,
  type: string,
  notNull: boolean,
  value: string | null,
  generated: string,
  identity: string,
  cache: string | null,
  comment: string | null,
];
type IndexRow = [name: string, unique: boolean, method: string, definition: string, valid: boolean, ofKey: boolean];

export async function readRelation(
  session: Session,
  [schema, name, relkind]: readonly [schema: string, name: string, relkind: string],
): Promise<Relation | undefined> {
  const [row] = await session.query<RelationRow>(RELATION, [schema, name, relkind]);
  if (!row) return undefined;
  const [comment, count, definition] = row;
  const columns = await session.query<ColumnRow>(COLUMNS, [schema, name]);
  const indexes = relkind === 'r' ? await session.query<IndexRow>(INDEXES, [schema, name]) : [];
  return {
    comment: comment ?? undefined,
    rows: count ?? undefined,
    definition: definition ?? undefined,
    columns: columns.map(columnOf),
    // Aurora DSQL keeps every other column in the index of a primary key, and says so in the key.
    keys: (await keysOf(session, schema, name)).map((key) => ({
      ...key,
      definition: key.kind === 'primary' ? key.definition.replace(/ INCLUDE \(.*\)$/, '') : key.definition,
    })),
    indexes: indexes.map(([index, unique, method, text, valid, ofKey]) => ({
      name: index,
      unique,
      method,
      definition: asynchronous(text),
      valid,
      ofKey,
    })),
  };
}

const columnOf = ([name, type, notNull, value, generated, identity, cache, comment]: ColumnRow): Column => ({
  name,
  type,
  nullable: !notNull,
  default: value ?? undefined,
  generated: generated.trim(),
  identity: identity.trim(),
  cache,
  comment: comment ?? undefined,
});

/** As it is written: `CREATE INDEX ASYNC` without the method ("Asynchronous indexes in Aurora DSQL"). */
const asynchronous = (definition: string): string =>
  definition.replace(
    /^CREATE (UNIQUE )?INDEX (.+?) USING \w+ /,
    (_, unique = '', rest) => `CREATE ${unique}INDEX ASYNC ${rest} `,
  );
