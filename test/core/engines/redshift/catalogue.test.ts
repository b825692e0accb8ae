import type { Client } from 'pg';
import type { NodeKind } from '#contract/engines.ts';
import { Names, Node, ObjectDescription } from '#contract/objects.ts';
import type { Connection } from '#core/engines/engine.ts';
import { redshift } from '#core/engines/redshift/redshift.ts';
import type { PostgresServer } from '../../../support/postgres-server.ts';
import { startRedshift } from './start-redshift.ts';

/** What Redshift does not have ("Unsupported PostgreSQL functions", "Unsupported PostgreSQL features"). */
const LACKING = `
do $$ declare f text; begin
  for f in select oid::regprocedure from pg_proc where pronamespace = 'pg_catalog'::regnamespace and proname in (
    'string_agg', 'array_agg', 'json_agg', 'jsonb_agg', 'json_build_object', 'json_build_array', 'row_to_json', 'unnest', 'format',
    'to_regclass', 'quote_literal', 'quote_nullable', 'pg_stat_get_activity', 'pg_get_functiondef',
    'pg_get_function_identity_arguments', 'pg_get_function_arguments', 'pg_get_function_result', 'pg_relation_size',
    'pg_total_relation_size', 'to_jsonb', 'array_to_json', 'concat_ws', 'regexp_matches', 'set_config')
  loop execute 'revoke execute on function ' || f || ' from public'; end loop;
end $$;`;

const SET_UP = `
create schema "My Shop";
set search_path = "My Shop";
create table customer (id int not null primary key, email varchar(80) not null unique, score numeric(12,2) default 0, note text);
comment on table customer is 'Who''s \\\\ buying'; comment on column customer.note is 'said';
create table sale (id bigint not null, customer int references customer (id), at timestamp, primary key (id, customer));
create table given (a int, b varchar(10));
create view buyers as select id, email from customer;
create view late as select id from sale;
create materialized view kept as select count(*) as many from sale;
create function add(a int, b int) returns int language sql immutable as 'select $1 + $2';
create procedure tidy(in days int, inout total int) language plpgsql as $$begin total := days; end$$;
insert into customer select i, 'c' || i, 1 from generate_series(1, 50) i; analyze customer;
insert into only_redshift.columns values ('My Shop', 'sale', 'id', 'az64', true, 2, '"identity"(108423, 0, ''1,5''::text)'),
  ('My Shop', 'sale', 'customer', 'lzo', false, 1, null), ('My Shop', 'sale', 'at', 'none', false, 0, null),
  ('My Shop', 'given', 'a', 'raw', false, 1, null), ('My Shop', 'given', 'b', 'bytedict', false, -2, null);
insert into only_redshift.tables values ('My Shop', 'sale', 1, 'Y', 'customer', 12, 1.25, 3.00, 10.00, false),
  ('My Shop', 'given', 8, null, null, null, null, null, null, true);
insert into only_redshift.schemas values ('lake', 'external'), ('partner', 'shared');
insert into only_redshift.external_tables values ('lake', 'clicks', 's3://bucket/it''s/', 'in.Format', 'out.Format', 'the.Serde', '{"a":1}');
insert into only_redshift.external_columns values ('lake', 'clicks', 'url', 'varchar(200)', 1, 0), ('lake', 'clicks', 'tags', 'array<string>', 2, 0),
  ('lake', 'clicks', 'day', 'date', 3, 1);
insert into only_redshift.late_binding values ('My Shop', 'late', 'id', 'bigint', 1), ('My Shop', 'late', 'who', 'character varying(9)', 2);
insert into only_redshift.shared_tables values ('My Shop', 'given');
create role analyst login password 'reads';
grant usage on schema "My Shop" to analyst;`;

const SCHEMA = { kind: 'schema', name: 'My Shop' } as const;

describe('the catalogue of Redshift', () => {
  let server: PostgresServer;
  let admin: Client;
  /** Of a user without any privilege, who cannot call what Redshift lacks. */
  let connection: Connection;
  let superuser: Connection;

  beforeAll(async () => {
    server = await startRedshift();
    admin = await server.client();
    await admin.query(SET_UP);
    await admin.query(LACKING);
    const options = { readOnly: true, signal: new AbortController().signal };
    connection = await redshift.connect(server.target, { user: 'analyst', password: 'reads' }, options);
    superuser = await redshift.connect(server.target, server.login, options);
  }, 120_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await superuser[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const describeOne = async (kind: NodeKind, name: string, by = connection) =>
    ObjectDescription.parse(await by.describe([SCHEMA, { kind, name }]));

  it('lists schemas with what they are, those of the system last', async () => {
    const nodes = Node.array().parse(await connection.children([]));
    expect(nodes.map(({ name, detail }) => [name, detail])).toEqual([
      ['My Shop', undefined],
      ['lake', 'external'],
      ['partner', 'shared'],
      ['public', undefined],
      ['information_schema', 'system'],
      ['pg_catalog', 'system'],
    ]);
  });

  it('lists what a schema holds, kind by kind', async () => {
    const nodes = Node.array().parse(await connection.children([SCHEMA]));
    expect(nodes.map(({ kind, name, detail }) => [kind, name, detail])).toEqual([
      ['table', 'customer', undefined],
      ['table', 'given', 'shared'],
      ['table', 'sale', undefined],
      ['view', 'buyers', undefined],
      ['view', 'late', undefined],
      ['materialized-view', 'kept', 'stale'],
      ['function', 'add(integer, integer)', 'integer'],
      ['function', 'tidy(integer, integer)', 'procedure'],
    ]);
    expect(nodes[0]?.comment).toBe(`Who's \\ buying`);
    const outside = await connection.children([{ kind: 'schema', name: 'lake' }]);
    expect(outside).toEqual([{ kind: 'foreign-table', name: 'clicks', expandable: true }]);
    expect(await connection.children([{ kind: 'schema', name: 'partner' }])).toEqual([]);
  });

  it('lists columns with their types, also of views that are bound late and of what lies outside', async () => {
    const columns = async (kind: NodeKind, name: string, schema = 'My Shop') =>
      (
        await connection.children([
          { kind: 'schema', name: schema },
          { kind, name },
        ])
      ).map((node) => [node.name, node.detail]);
    expect(await columns('table', 'customer')).toEqual([
      ['id', 'integer'],
      ['email', 'character varying(80)'],
      ['score', 'numeric(12,2)'],
      ['note', 'text'],
    ]);
    expect(await columns('view', 'late')).toEqual([
      ['id', 'bigint'],
      ['who', 'character varying(9)'],
    ]);
    expect(await columns('foreign-table', 'clicks', 'lake')).toContainEqual(['tags', 'array<string>']);
    expect(await columns('function', 'tidy(integer, integer)')).toEqual([]);
  });

  it('describes how a table is stored, its keys, and the statement that makes it', async () => {
    const sale = await describeOne('table', 'sale', superuser);
    expect(sale).toMatchObject({ rows: 0, bytes: 12 * 1_048_576, indexes: [] });
    expect(sale.columns[0]).toEqual({
      ...{ name: 'id', type: 'bigint', nullable: false, generated: true, default: 'IDENTITY(1,5)' },
    });
    expect(sale.keys).toEqual([
      { name: 'sale_pkey', kind: 'primary', columns: ['id', 'customer'], definition: 'PRIMARY KEY (id, customer)' },
      expect.objectContaining({
        kind: 'foreign',
        columns: ['customer'],
        references: { schema: 'My Shop', name: 'customer', columns: ['id'] },
      }),
    ]);
    expect(Object.fromEntries((sale.properties ?? []).map(({ name, value }) => [name, value]))).toEqual({
      Distribution: 'KEY (id)',
      'Sort key': 'compound (customer, id)',
      Encoding: 'id az64, customer lzo, at none',
      'Skew of rows between slices': '1.25',
      'Unsorted rows': '3.00 %',
      'Statistics out of date by': '10.00 %',
      Keys: 'are informational: Redshift does not enforce them',
    });
    expect(sale.ddl).toBe(`CREATE TABLE "My Shop"."sale" (
  "id" bigint IDENTITY(1,5) NOT NULL ENCODE az64,
  "customer" integer NOT NULL ENCODE lzo,
  "at" timestamp without time zone ENCODE raw,
  CONSTRAINT "sale_pkey" PRIMARY KEY (id, customer),
  CONSTRAINT "sale_customer_fkey" FOREIGN KEY (customer) REFERENCES "My Shop".customer(id)
)
DISTSTYLE KEY DISTKEY ("id")
COMPOUND SORTKEY ("customer", "id");`);
  });

  it('leaves to Redshift again what Redshift has chosen, and escapes as Redshift reads', async () => {
    const customer = await describeOne('table', 'customer', superuser);
    expect(customer).toMatchObject({ rows: 50, comment: `Who's \\ buying` });
    expect(customer.ddl).toBe(`CREATE TABLE "My Shop"."customer" (
  "id" integer NOT NULL,
  "email" character varying(80) NOT NULL,
  "score" numeric(12,2) DEFAULT 0,
  "note" text,
  CONSTRAINT "customer_pkey" PRIMARY KEY (id),
  CONSTRAINT "customer_email_key" UNIQUE (email)
);
COMMENT ON TABLE "My Shop"."customer" IS 'Who''s \\\\ buying';
COMMENT ON COLUMN "My Shop"."customer"."note" IS 'said';`);
  });

  it('says what may be seen where the rest may not, or where the table is empty', async () => {
    const customer = await describeOne('table', 'customer');
    expect(customer).not.toHaveProperty('rows');
    expect(customer.properties).toContainEqual({ name: 'Distribution', value: 'AUTO (ALL)' });
    const given = await describeOne('table', 'given', superuser);
    expect(given).not.toHaveProperty('rows');
    expect(given.ddl).toContain('DISTSTYLE ALL\nINTERLEAVED SORTKEY ("a", "b");');
    expect(given.properties).toContainEqual({ name: 'Sort key', value: 'interleaved (a, b)' });
  });

  it('describes a column, a schema and views of every kind', async () => {
    const path = [SCHEMA, { kind: 'table' as const, name: 'sale' }, { kind: 'column' as const, name: 'id' }];
    const column = ObjectDescription.parse(await superuser.describe(path));
    expect(column.ddl).toBe('ALTER TABLE "My Shop"."sale" ADD COLUMN "id" bigint IDENTITY(1,5) NOT NULL ENCODE az64;');
    expect(column.properties).toEqual([
      { name: 'Encoding', value: 'az64' },
      { name: 'Distribution key', value: 'yes' },
      { name: 'Place in the sort key', value: '2' },
    ]);
    expect((await connection.describe([SCHEMA])).ddl).toBe('CREATE SCHEMA "My Shop";');
    expect((await describeOne('view', 'buyers')).ddl).toMatch(/^CREATE VIEW "My Shop"."buyers" AS\n *SELECT/);
    expect((await describeOne('materialized-view', 'kept')).ddl).toMatch(
      /^CREATE MATERIALIZED VIEW "My Shop"."kept" AS/,
    );
    const late = await describeOne('view', 'late');
    expect(late.columns.map(({ name }) => name)).toEqual(['id', 'who']);
    const member = await connection.describe([SCHEMA, { kind: 'view', name: 'late' }, { kind: 'column', name: 'who' }]);
    expect(member.columns).toEqual([{ name: 'who', type: 'character varying(9)', nullable: true, generated: false }]);
    await expect(connection.describe([...path.slice(0, 2), { kind: 'column', name: 'none' }])).rejects.toMatchObject({
      code: 'OBJECT_NOT_FOUND',
    });
  });

  it('describes a table whose data lies in S3', async () => {
    const clicks = ObjectDescription.parse(
      await connection.describe([
        { kind: 'schema', name: 'lake' },
        { kind: 'foreign-table', name: 'clicks' },
      ]),
    );
    expect(clicks.properties).toContainEqual({ name: 'Location', value: `s3://bucket/it's/` });
    expect(clicks.properties).toContainEqual({ name: 'Partitioned by', value: 'day' });
    expect(clicks.ddl).toBe(`CREATE EXTERNAL TABLE "lake"."clicks" (
  "url" varchar(200),
  "tags" array<string>
)
PARTITIONED BY (
  "day" date
)
ROW FORMAT SERDE 'the.Serde'
STORED AS INPUTFORMAT 'in.Format' OUTPUTFORMAT 'out.Format'
LOCATION 's3://bucket/it''s/';`);
  });

  it('writes functions and procedures that make them again', async () => {
    const add = await describeOne('function', 'add(integer, integer)');
    expect(add.ddl).toBe(`CREATE OR REPLACE FUNCTION "My Shop"."add"("a" integer, "b" integer)
RETURNS integer
IMMUTABLE
AS $$select $1 + $2$$ LANGUAGE sql;`);
    const tidy = await describeOne('function', 'tidy(integer, integer)');
    expect(tidy.ddl).toBe(`CREATE OR REPLACE PROCEDURE "My Shop"."tidy"("days" integer, INOUT "total" integer)
AS $$begin total := days; end$$ LANGUAGE plpgsql;`);
    for (const { ddl } of [add, tidy]) await admin.query(ddl);
    await expect(describeOne('function', 'none()')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  });

  it('gives all names, those of the system aside', async () => {
    const { tables, types } = Names.parse(await connection.names());
    const named = (schema: string, name: string) => tables.find((table) => table[0] === schema && table[1] === name);
    expect(tables.some(([schema]) => schema === 'pg_catalog')).toBe(false);
    expect(named('lake', 'clicks')?.[2]).toBe('foreign-table');
    const columns = named('My Shop', 'customer')?.[3].map((each) => (typeof each === 'number' ? types[each] : each));
    expect(columns).toEqual([
      ...['id', 'integer', 'email', 'character varying(80)', 'score', 'numeric(12,2)', 'note', 'text'],
    ]);
  });
});
