/** A database of 20,000 tables with 8 columns each, made once. */
import type pg from 'pg';

export const TABLES = 20_000;
const DATABASE = 'many';

/**
 * 40 schemas of 500 tables. A transaction holds a lock for each table that it makes, hence one for every 500. Names are
 * made of words, as people make them, by a hash: neither all alike nor random.
 */
const MAKE = `
create procedure make_tables() language plpgsql as $$
declare
  nouns text[] := array['customer', 'order', 'invoice', 'shipment', 'product', 'supplier', 'payment', 'ledger', 'account',
    'session', 'visit', 'campaign', 'ticket', 'employee', 'contract', 'warehouse', 'price', 'tax', 'region', 'audit'];
  words text[] := array['status', 'amount', 'created', 'updated', 'closed', 'external', 'parent', 'owner', 'source',
    'target', 'start', 'end', 'total', 'net', 'gross', 'label', 'code', 'country', 'city', 'street', 'phone', 'mail',
    'score', 'weight', 'height', 'note', 'reason', 'kind', 'state', 'level'];
  ends text[] := array['id', 'at', 'name', 'count', 'text', 'number', 'value', 'key', 'flag', 'date'];
  types text[] := array['bigint', 'integer', 'text', 'varchar(80)', 'numeric(12,2)', 'timestamptz', 'date', 'boolean',
    'jsonb', 'uuid', 'text[]', 'double precision'];
  h bigint;
  columns text;
begin
  for s in 0..39 loop
    execute format('create schema %I', nouns[1 + s % 20] || '_' || s);
    for t in 0..499 loop
      columns := 'id bigint not null';
      for c in 1..7 loop
        h := hashint8extended(s * 100000 + t * 10 + c, 7) & 1073741823;
        columns := columns || format(', %I %s', words[1 + h % 30] || '_' || ends[1 + (h >> 8) % 10] || case when c > 1 then c::text else '' end,
          types[1 + (h >> 16) % 12]);
      end loop;
      h := hashint8extended(s * 1000 + t, 11) & 1073741823;
      execute format('create table %I.%I (%s)', nouns[1 + s % 20] || '_' || s,
        nouns[1 + h % 20] || '_' || words[1 + (h >> 8) % 30] || '_' || t, columns);
    end loop;
    commit;
  end loop;
end $$`;

const COUNT = `select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname ~ '_[0-9]+$'`;

/** Makes the database where it is missing or half made. */
export async function makeManyTables(admin: (database: string) => Promise<pg.Client>): Promise<void> {
  if (await isMade(admin)) return;
  console.log(`Making a database with ${TABLES.toLocaleString('en')} tables …`);
  await on(admin, 'postgres', [`drop database if exists ${DATABASE} with (force)`, `create database ${DATABASE}`]);
  const done = ['drop procedure make_tables', 'vacuum (analyze) pg_class, pg_attribute', 'vacuum (analyze) pg_type'];
  await on(admin, DATABASE, [MAKE, 'call make_tables()', ...done]);
}

async function isMade(admin: (database: string) => Promise<pg.Client>): Promise<boolean> {
  const client = await admin(DATABASE).catch(() => undefined);
  if (!client) return false;
  const { rows } = await client.query(COUNT).finally(() => client.end());
  return rows[0].count === TABLES;
}

async function on(
  admin: (database: string) => Promise<pg.Client>,
  database: string,
  statements: string[],
): Promise<void> {
  const client = await admin(database);
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
