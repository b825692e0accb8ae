/** The tree, the names and the DDL of everything that PostgreSQL knows and Lodge shows. */
import type { Client } from 'pg';
import type { NodeKind } from '#contract/engines.ts';
import { Names, Node, ObjectDescription } from '#contract/objects.ts';
import type { Connection } from '#core/engines/engine.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres-server.ts';
import { collect } from '../collect.ts';

const SET_UP = `
create schema "My Shop"; comment on schema "My Shop" is 'It''s mine';
set search_path = "My Shop";
create type mood as enum ('sad', 'it''s fine'); comment on type mood is 'How it goes';
create domain positive as int default 3 not null constraint above check (value > 0);
create type pair as (a int, "B c" text);
create type span as range (subtype = float8);
create table customer (
  id bigint generated always as identity primary key, email text unique not null, mood mood default 'sad',
  weight positive, doubled int generated always as (1 + 1) stored, "We ird" varchar(20) collate "C" default 'x',
  constraint long check (length(email) > 2));
create index customer_lower on customer (lower(email)) where mood = 'sad';
comment on table customer is 'Who''s buying'; comment on column customer."We ird" is 'odd';
create table line (customer bigint references customer (id) on delete cascade, place int, note text, primary key (customer, place));
create table log (at date not null, what text) partition by range (at);
create table log_2025 partition of log for values from ('2025-01-01') to ('2026-01-01');
create unlogged table scratch (a int) with (fillfactor = 70);
create table nothing ();
create view buyers as select id, email from customer where mood = 'sad';
create materialized view kept as select count(*) as many from customer;
create unique index kept_many on kept (many);
create function add(a int, b int default 1) returns int language sql immutable as 'select a + b'; comment on function add is 'Adds';
create function add(a text) returns text language sql as 'select a';
create procedure tidy() language sql as 'select 1';
create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '0');
create sequence counter increment 5 minvalue -10 cycle owned by scratch.a;
insert into customer (email) select 'a' || i || '@b' from generate_series(1, 500) i;
analyze customer;`;

const SCHEMA = { kind: 'schema', name: 'My Shop' } as const;

describe('the catalogue of PostgreSQL', () => {
  let server: PostgresServer;
  let admin: Client;
  let connection: Connection;

  beforeAll(async () => {
    server = await startPostgres();
    admin = await server.client();
    await admin.query(SET_UP);
    connection = await postgres.connect(server.target, server.login, {
      readOnly: true,
      signal: new AbortController().signal,
    });
  }, 120_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const describeOne = async (kind: NodeKind, name: string) =>
    ObjectDescription.parse(await connection.describe([SCHEMA, { kind, name }]));

  it('lists schemas, those of the system last and those of nobody not', async () => {
    const nodes = Node.array().parse(await connection.children([]));
    expect(nodes.map(({ name }) => name)).toEqual(['My Shop', 'public', 'information_schema', 'pg_catalog']);
    expect(nodes[0]).toEqual({ ...SCHEMA, comment: "It's mine", expandable: true });
    expect(nodes[3]?.detail).toBe('system');
  });

  it('lists what a schema holds, kind by kind', async () => {
    const nodes = Node.array().parse(await connection.children([SCHEMA]));
    const names = (kind: NodeKind) => nodes.filter((node) => node.kind === kind).map(({ name }) => name);
    expect(names('table')).toEqual(['customer', 'line', 'log', 'log_2025', 'nothing', 'scratch']);
    expect(names('view')).toEqual(['buyers']);
    expect(names('materialized-view')).toEqual(['kept']);
    expect(names('sequence')).toEqual(['counter', 'customer_id_seq']);
    expect(names('function')).toEqual(
      expect.arrayContaining(['add(a integer, b integer)', 'add(a text)', 'tidy()', 'total(integer)']),
    );
    expect(names('type')).toEqual(['mood', 'pair', 'positive', 'span']);
    const find = (name: string) => nodes.find((node) => node.name === name);
    expect(find('customer')).toMatchObject({ comment: "Who's buying", rows: 500, expandable: true });
    expect(find('log')?.detail).toBe('partitioned');
    expect(find('log_2025')?.detail).toBe('partition');
    expect(find('tidy()')).toMatchObject({ detail: 'procedure', expandable: false });
  });

  it('lists columns with their types, and none where there are none', async () => {
    const columns = await connection.children([SCHEMA, { kind: 'table', name: 'customer' }]);
    expect(columns.map(({ name, detail }) => `${name} ${detail}`)).toEqual([
      ...['id bigint', 'email text', 'mood "My Shop".mood', 'weight "My Shop".positive'],
      ...['doubled integer', 'We ird character varying(20)'],
    ]);
    expect(columns.at(-1)?.comment).toBe('odd');
    expect(await connection.children([SCHEMA, { kind: 'table', name: 'nothing' }])).toEqual([]);
    expect(await connection.children([SCHEMA, { kind: 'sequence', name: 'counter' }])).toEqual([]);
  });

  it('describes columns, keys, indexes and sizes', async () => {
    const customer = await describeOne('table', 'customer');
    expect(customer).toMatchObject({ kind: 'table', comment: "Who's buying", rows: 500, bytes: expect.any(Number) });
    expect(customer.columns).toEqual([
      { name: 'id', type: 'bigint', nullable: false, generated: true },
      { name: 'email', type: 'text', nullable: false, generated: false },
      { name: 'mood', type: '"My Shop".mood', nullable: true, default: `'sad'::"My Shop".mood`, generated: false },
      { name: 'weight', type: '"My Shop".positive', nullable: true, generated: false },
      { name: 'doubled', type: 'integer', nullable: true, default: '(1 + 1)', generated: true },
      {
        ...{ name: 'We ird', type: 'character varying(20)', nullable: true, generated: false, comment: 'odd' },
        default: `'x'::character varying`,
      },
    ]);
    expect(customer.keys.map(({ kind, columns }) => [kind, columns])).toEqual([
      ['primary', ['id']],
      ['unique', ['email']],
      ['check', ['email']],
    ]);
    expect(customer.indexes.map(({ name, unique, method }) => [name, unique, method])).toEqual([
      ['customer_email_key', true, 'btree'],
      ['customer_lower', false, 'btree'],
      ['customer_pkey', true, 'btree'],
    ]);
    const line = await describeOne('table', 'line');
    expect(line.keys).toEqual([
      expect.objectContaining({ kind: 'primary', columns: ['customer', 'place'] }),
      expect.objectContaining({
        kind: 'foreign',
        columns: ['customer'],
        references: { schema: 'My Shop', name: 'customer', columns: ['id'] },
        definition: expect.stringContaining('ON DELETE CASCADE'),
      }),
    ]);
  });

  it('describes a schema and a column', async () => {
    const schema = ObjectDescription.parse(await connection.describe([SCHEMA]));
    expect(schema).toMatchObject({ comment: "It's mine", ddl: 'CREATE SCHEMA "My Shop" AUTHORIZATION postgres;' });
    const path = [SCHEMA, { kind: 'table' as const, name: 'customer' }, { kind: 'column' as const, name: 'email' }];
    const column = ObjectDescription.parse(await connection.describe(path));
    expect(column.ddl).toBe('ALTER TABLE "My Shop".customer ADD COLUMN email text NOT NULL;');
    expect(column.keys.map(({ kind }) => kind)).toEqual(['unique', 'check']);
    await expect(connection.describe([...path.slice(0, 2), { kind: 'column', name: 'none' }])).rejects.toMatchObject({
      code: 'OBJECT_NOT_FOUND',
    });
  });

  it('writes DDL that makes everything again, as it was', async () => {
    const kinds: NodeKind[] = ['type', 'function', 'table', 'view', 'materialized-view', 'sequence'];
    const nodes = (await connection.children([SCHEMA])).filter(({ name }) => !/^span/.test(name));
    const order = ['customer', 'line', 'log', 'log_2025', 'nothing', 'scratch'];
    const sorted = kinds.flatMap((kind) =>
      nodes.filter((node) => node.kind === kind && node.name !== 'customer_id_seq'),
    );
    sorted.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
    const ddl = new Map<string, string>();
    for (const { kind, name } of sorted) ddl.set(`${kind} ${name}`, (await describeOne(kind, name)).ddl);

    await admin.query('alter schema "My Shop" rename to "Before"; create schema "My Shop"');
    await using writer = await postgres.connect(server.target, server.login, {
      readOnly: false,
      signal: new AbortController().signal,
    });
    const first = (kind: string) => (kind === 'type' ? 0 : kind === 'table' ? 1 : 2);
    const inOrder = [...ddl].toSorted(([a], [b]) => first(a.split(' ')[0] ?? '') - first(b.split(' ')[0] ?? ''));
    for (const [what, text] of inOrder) expect([what, (await collect(writer, text)).error]).toEqual([what, undefined]);
    for (const { kind, name } of sorted)
      expect(ObjectDescription.parse(await writer.describe([SCHEMA, { kind, name }])).ddl).toBe(
        ddl.get(`${kind} ${name}`),
      );
    await admin.query('drop schema "My Shop" cascade; alter schema "Before" rename to "My Shop"');
  });

  it('takes names for names, whatever they hold', async () => {
    const names = [`"`, `'`, `a"b'c`, '%s', '$1', '\\', 'é 😀', 'select', 'a;drop schema "My Shop"'];
    for (const name of names)
      await admin.query(
        `create table "My Shop"."${name.replaceAll('"', '""')}" ("${name.replaceAll('"', '""')}" int primary key)`,
      );
    const { tables } = await connection.names();
    for (const name of names) {
      const path = [SCHEMA, { kind: 'table' as const, name }];
      expect((await connection.children(path)).map((column) => column.name)).toEqual([name]);
      const { ddl } = await connection.describe(path);
      expect(tables.find((table) => table[1] === name)?.[3][0]).toBe(name);
      await admin.query(`drop table "My Shop"."${name.replaceAll('"', '""')}"`);
      await admin.query(ddl);
      expect((await connection.describe(path)).ddl).toBe(ddl);
      await admin.query(`drop table "My Shop"."${name.replaceAll('"', '""')}"`);
    }
  });

  it('stops asking when the request has ended, or when a lock keeps it waiting too long', async () => {
    await admin.query('begin; lock table "My Shop".customer in access exclusive mode');
    const path = [SCHEMA, { kind: 'table' as const, name: 'customer' }];
    const leaving = new AbortController();
    await using waiting = await postgres.connect(server.target, server.login, {
      readOnly: true,
      signal: leaving.signal,
    });
    const asked = waiting.describe(path);
    leaving.abort();
    await expect(asked).rejects.toMatchObject({ code: 'DATABASE_LOST' });
    await using patient = await postgres.connect(server.target, server.login, {
      readOnly: true,
      signal: new AbortController().signal,
    });
    // In place of Lodge's own, which is longer than a test should take.
    await collect(patient, `set statement_timeout = '200ms'`);
    await expect(patient.describe(path)).rejects.toMatchObject({ code: 'DATABASE_TIMEOUT' });
    await admin.query('rollback');
  }, 60_000);

  it('gives all names of two thousand tables in one piece', async () => {
    await admin.query(`create schema many; do $$ begin for i in 1..2000 loop
      execute format('create table many.t%s (id bigint primary key, name text, mood "My Shop".mood, price numeric(12,2), at timestamptz)', i);
    end loop; end $$`);
    const { tables, types } = Names.parse(await connection.names());
    const many = tables.filter(([schema]) => schema === 'many');
    expect(many).toHaveLength(2_000);
    const columns = many
      .find(([, name]) => name === 't77')?.[3]
      .map((each) => (typeof each === 'number' ? types[each] : each));
    expect(columns).toEqual([
      ...[
        'id',
        'bigint',
        'name',
        'text',
        'mood',
        '"My Shop".mood',
        'price',
        'numeric',
        'at',
        'timestamp with time zone',
      ],
    ]);
    expect(tables.find(([, name]) => name === 'nothing')?.[3]).toEqual([]);
    expect(tables.find(([, name]) => name === 'buyers')?.[2]).toBe('view');
    expect(tables.some(([schema]) => schema === 'pg_catalog')).toBe(false);
  }, 60_000);
});
