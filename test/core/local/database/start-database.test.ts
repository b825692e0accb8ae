import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, startDatabase } from '#core/local/database/start-database.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const eventsRows = 2_000;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: Database;
const printed: string[] = [];
const start = () => startDatabase(folder.path, { eventsRows, print: (line) => printed.push(line) });
beforeAll(async () => {
  folder = await temporaryFolder();
  database = await start();
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const connect = async (config: pg.ClientConfig = {}) => {
  const client = new pg.Client({ ...database.admin, database: 'shop', ...config });
  client.on('error', () => {});
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
};
const rows = async (sql: string, config: pg.ClientConfig = {}): Promise<Record<string, unknown>[]> => {
  await using client = await connect(config);
  return (await client.query(sql)).rows;
};
/** As a user whose rights are looked at; how it logs in is the gateway's business. */
const as = (user: string, sql: string) => rows(`set session authorization ${user}; ${sql}`).catch(({ code }) => code);
const DENIED = '42501';

test('the shop has what a shop has', async () => {
  const found = await rows(`select relkind as kind, count(*)::int as count from pg_class
    where relnamespace = 'shop'::regnamespace and relkind in ('r', 'v', 'm') group by 1 order by 1`);
  expect(found).toEqual([
    { kind: 'm', count: 1 },
    { kind: 'r', count: 10 },
    { kind: 'v', count: 2 },
  ]);
  const [counts] = await rows(`select (select count(*)::int from shop.customers) as customers,
    (select count(*)::int from shop.orders) as orders, (select count(*) > 7000 from shop.payments) as payments`);
  expect(counts).toEqual({ customers: 5_000, orders: 12_000, payments: true });
});

test('all kinds of types occur that a grid must show', async () => {
  const found = await rows(`select distinct t.typname as type from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'r' join pg_type t on t.oid = a.atttypid
    where c.relnamespace in ('shop'::regnamespace, 'analytics'::regnamespace) and attnum > 0`);
  const types = found.map(({ type }) => type);
  for (const type of [
    ...['bool', 'int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'text', 'varchar', 'bpchar', 'bytea', 'uuid'],
    ...['date', 'timestamptz', 'interval', 'jsonb', 'inet', 'point', 'daterange', 'tsvector', 'xml'],
    ...['_text', '_int4', '_timestamptz', 'order_status', 'email_address', 'dimensions'],
  ]) {
    expect(types).toContain(type);
  }
});

test('the events have as many rows as were asked for, and twelve columns, some of them empty at times', async () => {
  const [found] = await rows(`select count(*)::int as count, min(id)::int as first, max(id)::int as last,
    count(distinct visitor)::int as visitors, count(amount) between 1 and count(*) - 1 as amounts,
    count(distinct kind)::int as kinds from analytics.events`);
  expect(found).toEqual({
    count: eventsRows,
    first: 1,
    last: eventsRows,
    visitors: eventsRows,
    amounts: true,
    kinds: 5,
  });
  const columns = await rows(
    `select count(*)::int as count from information_schema.columns where table_name = 'events'`,
  );
  expect(columns).toEqual([{ count: 12 }]);
});

test('the data are the same on every machine', async () => {
  const fingerprint = await rows(
    `select
    (select md5(string_agg(e::text, '' order by id)) from (select * from analytics.events limit 2000) e) as events,
    (select md5(string_agg(i::text, '' order by order_id, line)) from shop.order_items i) as items`,
    { options: '-c timezone=UTC' },
  );
  expect(fingerprint).toMatchInlineSnapshot(`
[
  {
    "events": "1061356cc522602a9dd6fc263f3fbbb2",
    "items": "9be4383c4ad1209711b555effbcab16d",
  },
]
`);
});

test('the views, functions and the trigger work', async () => {
  expect(await rows('select * from shop.order_overview where id = 1')).toHaveLength(1);
  expect(await rows('select * from shop.best_sellers(3)')).toHaveLength(3);
  expect(await rows('select shop.customer_turnover(1) >= 0 as works')).toEqual([{ works: true }]);
  await using client = await connect();
  const notices: (string | undefined)[] = [];
  client.on('notice', ({ message }) => notices.push(message));
  await client.query('begin; update shop.products set price = price + 1 where id = 1');
  const { rows: changes } = await client.query('select new_price - old_price as difference from shop.price_changes; ');
  await client.query('rollback');
  expect(changes).toEqual([{ difference: '1.00' }]);
  expect(notices).toEqual([expect.stringMatching(/^The price of .* went from/)]);
});

test('the second database is another one', async () => {
  const [found] = await rows('select count(*)::int as pages from web.pages', { database: 'analytics' });
  expect(found).toEqual({ pages: 60 });
  expect(await rows('select * from web.busiest_pages limit 2', { database: 'analytics' })).toHaveLength(2);
});

test('one user writes, one reads, and all may make tables of their own', async () => {
  const write = 'begin; update shop.customers set loyalty_points = 1 where id = 1; rollback';
  for (const user of ['app_iam', 'app']) expect(await as(user, write)).not.toBe(DENIED);
  for (const user of ['analyst_iam', 'reporting']) {
    expect(await as(user, write)).toBe(DENIED);
    expect(await as(user, 'begin; create table scratch.mine (id int); rollback')).not.toBe(DENIED);
    expect(await as(user, 'select id from analytics.events limit 1')).not.toBe(DENIED);
  }
  expect(await as('app', 'drop table shop.customers')).toBe(DENIED);
});

test('each user belongs to the way in which it logs in, and to no other', async () => {
  const waysOf = `array(select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid
    where m.member = u.oid and g.rolname in ('rds_iam', 'redshift_users', 'dsql_users'))`;
  expect(
    await rows(
      `select rolname as name, ${waysOf} as ways from pg_roles u where rolcanlogin and not rolsuper order by 1`,
    ),
  ).toEqual([
    { name: 'admin', ways: ['dsql_users'] },
    { name: 'analyst', ways: ['redshift_users'] },
    { name: 'analyst_iam', ways: ['rds_iam'] },
    { name: 'app', ways: [] },
    { name: 'app_iam', ways: ['rds_iam'] },
    { name: 'bookkeeper', ways: ['dsql_users'] },
    { name: 'reporting', ways: [] },
    { name: 'shop_owner', ways: [] },
    { name: 'warehouse_owner', ways: ['redshift_users'] },
  ]);
});

test('passwords that are typed and those that secrets keep let their users in', async () => {
  for (const [user, password] of Object.entries({ ...database.passwords, ...database.managed })) {
    expect(await rows('select current_user as me', { user, password })).toEqual([{ me: user }]);
  }
  await expect(rows('select 1', { user: 'app', password: 'wrong' })).rejects.toMatchObject({ code: '28P01' });
});

test('it listens on this machine only', async () => {
  expect(await rows('show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  expect(await rows('show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
});

test('what was changed is there at the next start, which makes nothing anew', async () => {
  await rows('create table scratch.kept as select 42 as answer');
  await database[Symbol.asyncDispose]();
  printed.length = 0;
  database = await start();
  expect(await rows('select answer from scratch.kept')).toEqual([{ answer: 42 }]);
  expect(printed).toEqual([]);
});

test('what a killed run has left does not keep the next one from starting', async () => {
  const pidFile = join(folder.path, 'postgres', 'postmaster.pid');
  const left = await readFile(pidFile, 'utf8');
  await database[Symbol.asyncDispose]();
  // A process that lives and is none of ours, at a port where nothing answers.
  await writeFile(
    pidFile,
    left.replace(/^\d+/, String(process.ppid)).replace(/^\d+$/m, (pid) => pid),
  );
  await writeFile(join(folder.path, 'postgres.owner'), '2147483646');
  database = await start();
  expect(await rows('select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server that was left running is ended by the next start', async () => {
  await using before = await connect();
  const ended = new Promise((resolve) => before.once('end', resolve));
  const left = database;
  database = await start();
  await ended;
  expect(database.port).not.toBe(left.port);
  expect(await rows('select 1 as one')).toEqual([{ one: 1 }]);
});

test('data that are used by another process that lives are left alone', async () => {
  await writeFile(join(folder.path, 'postgres.owner'), String(process.ppid));
  await expect(start()).rejects.toThrow(`Process ${process.ppid} uses`);
  expect(await rows('select 1 as one')).toEqual([{ one: 1 }]);
  await writeFile(join(folder.path, 'postgres.owner'), String(process.pid));
});

test('data of another size, or half made, are made anew', async () => {
  await database[Symbol.asyncDispose]();
  printed.length = 0;
  database = await startDatabase(folder.path, { eventsRows: 10, print: (line) => printed.push(line) });
  expect(printed).toEqual(["Making the demo's databases, with 10 events …"]);
  expect(await rows('select count(*)::int as count from analytics.events')).toEqual([{ count: 10 }]);
  expect(await rows(`select to_regclass('scratch.kept') as kept`)).toEqual([{ kept: null }]);
});
