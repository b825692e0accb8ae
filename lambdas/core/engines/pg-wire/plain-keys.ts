/** A table's keys in the plainest SQL, for servers that lack much. */
import type { ObjectDescription } from '#contract/objects.ts';
import type { Session } from './session.ts';

type Key = ObjectDescription['keys'][number];

/** A row for each pair of a column and of one that it refers to: taking arrays apart is more than Redshift can. */
const KEYS = `
select k.conname, k.contype, pg_get_constraintdef(k.oid), k.conkey, a.attnum, a.attname,
  fn.nspname, f.relname, k.confkey, fa.attnum, fa.attname
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
left join pg_catalog.pg_class f on f.oid = k.confrelid
left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
left join pg_catalog.pg_attribute fa on fa.attrelid = k.confrelid and fa.attnum = any (k.confkey)
where n.nspname = $1 and c.relname = $2 and k.contype in ('p', 'u', 'f', 'c')
order by case k.contype when 'p' then 1 when 'u' then 2 when 'f' then 3 else 4 end, k.conname`;

type Row = [
  name: string,
  type: keyof typeof KINDS,
  definition: string,
  columns: number[] | null,
  number: number | null,
  column: string | null,
  schema: string | null,
  table: string | null,
  references: number[] | null,
  referredNumber: number | null,
  referredColumn: string | null,
];

const KINDS = { p: 'primary', u: 'unique', f: 'foreign', c: 'check' } as const;

export async function keysOf(session: Session, schema: string, table: string): Promise<Key[]> {
  const rows = await session.query<Row>(KEYS, [schema, table]);
  return [...Map.groupBy(rows, ([name]) => name).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const [name, type, definition, columns, , , toSchema, toTable, references] = first;
    const own = new Map(group.map(([, , , , number, column]) => [number, column ?? '']));
    const theirs = new Map(group.map((row) => [row[9], row[10] ?? '']));
    const named = (numbers: readonly number[], by: ReadonlyMap<number | null, string>): string[] =>
      numbers.map((number) => by.get(number) ?? '');
    const key: Key = { name, kind: KINDS[type], columns: named(columns ?? [], own), definition };
    return toSchema && toTable && references
      ? { ...key, references: { schema: toSchema, name: toTable, columns: named(references, theirs) } }
      : key;
  });
}
