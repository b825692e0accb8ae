/** Schemas, sequences and domains. */
import type { ObjectDescription } from '#contract/objects.ts';
import { quoteName } from '../../pg-wire/quote-name.ts';
import type { Session } from '../../pg-wire/session.ts';

type Described = Omit<ObjectDescription, 'kind' | 'path'>;

const SCHEMA = 'select nspname from pg_catalog.pg_namespace where nspname = $1';

const SEQUENCE = `
select format_type(s.seqtypid, null), s.seqincrement::text, s.seqmin::text, s.seqmax::text, s.seqstart::text, s.seqcache::text, s.seqcycle
from pg_catalog.pg_sequence s
join pg_catalog.pg_class c on c.oid = s.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2`;

const DOMAIN = `
select format_type(t.typbasetype, t.typtypmod), t.typdefault, t.typnotnull, k.conname, pg_get_constraintdef(k.oid)
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
left join pg_catalog.pg_constraint k on k.contypid = t.oid and k.contype = 'c'
where n.nspname = $1 and t.typname = $2 and t.typtype = 'd'
order by k.conname`;

type SequenceRow = [...texts: string[], cycle: boolean];
type DomainRow = [
  type: string,
  value: string | null,
  notNull: boolean,
  check: string | null,
  definition: string | null,
];

const plain = (ddl: string): Described => ({ columns: [], keys: [], indexes: [], ddl });

export async function describeSchema(session: Session, name: string): Promise<Described | undefined> {
  const rows = await session.query<[string]>(SCHEMA, [name]);
  return rows.length > 0 ? plain(`CREATE SCHEMA ${quoteName(name)};`) : undefined;
}

export async function describeSequence(session: Session, schema: string, name: string): Promise<Described | undefined> {
  const [row] = await session.query<SequenceRow>(SEQUENCE, [schema, name]);
  if (!row) return undefined;
  const [type, increment, least, most, start, cache, cycle] = row;
  const head = `CREATE SEQUENCE ${quoteName(schema)}.${quoteName(name)} AS ${type} INCREMENT BY ${increment}`;
  return plain(
    `${head} MINVALUE ${least} MAXVALUE ${most} START WITH ${start} CACHE ${cache}${cycle === true ? ' CYCLE' : ''};`,
  );
}

export async function describeDomain(session: Session, schema: string, name: string): Promise<Described | undefined> {
  const rows = await session.query<DomainRow>(DOMAIN, [schema, name]);
  const [first] = rows;
  if (!first) return undefined;
  const [type, value, notNull] = first;
  const parts = [
    `CREATE DOMAIN ${quoteName(schema)}.${quoteName(name)} AS ${type}`,
    value !== null && `DEFAULT ${value}`,
    notNull && 'NOT NULL',
    ...rows.map(([, , , check, definition]) => check !== null && `CONSTRAINT ${quoteName(check)} ${definition}`),
  ];
  return plain(`${parts.filter(Boolean).join(' ')};`);
}
