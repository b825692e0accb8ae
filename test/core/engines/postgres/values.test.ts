/** Values as PostgreSQL prints them: Lodge's way against pg's, with no parsing in between. */
import fc from 'fast-check';
import type { Client } from 'pg';
import type { Connection } from '#core/engines/engine.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres-server.ts';
import { collect, first, rowsFrom } from '../collect.ts';

/** `[expression, type, kind]` */
const VALUES: readonly (readonly [string, string, string])[] = [
  ['9223372036854775807::bigint', 'bigint', 'number'],
  ['(-32768)::smallint', 'smallint', 'number'],
  ['123456789012345678901234567890.123456789012345678901234567890', 'numeric', 'number'],
  ['1.50::numeric(12,2)', 'numeric(12,2)', 'number'],
  [`'NaN'::numeric`, 'numeric', 'number'],
  ['0.1::float8 + 0.2::float8', 'double precision', 'number'],
  ['1e300::float8', 'double precision', 'number'],
  [`'-Infinity'::float4`, 'real', 'number'],
  ['3.4028235e38::real', 'real', 'number'],
  [`12.34::money`, 'money', 'other'],
  ['true', 'boolean', 'boolean'],
  [`'a'::"char"`, '"char"', 'text'],
  [`'a'::char(5)`, 'character(5)', 'text'],
  [`'a'::varchar(20)`, 'character varying(20)', 'text'],
  [`'pg_class'::name`, 'name', 'text'],
  [`''::text`, 'text', 'text'],
  [`E'tab\\t"quote" \\\\ line\\n\\x01 é 漢 😀'`, 'text', 'text'],
  [`'\\x00ff10'::bytea`, 'bytea', 'bytes'],
  [`''::bytea`, 'bytea', 'bytes'],
  [`timestamptz '2025-06-30 23:59:59.123456+02'`, 'timestamp with time zone', 'temporal'],
  [`'infinity'::timestamptz`, 'timestamp with time zone', 'temporal'],
  [`timestamp(0) '0044-03-15 12:00:00 BC'`, 'timestamp(0) without time zone', 'temporal'],
  [`date '5874897-12-31'`, 'date', 'temporal'],
  [`time '24:00'`, 'time without time zone', 'temporal'],
  [`timetz '12:34:56.5-08'`, 'time with time zone', 'temporal'],
  [`interval '1 year -2 months 3 days 04:05:06.789'`, 'interval', 'temporal'],
  [`'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid`, 'uuid', 'uuid'],
  [`'{"b": [1, 2.50, null], "a": "\\"\\\\u00e9"}'::json`, 'json', 'json'],
  [`'{"b": [1, 2.50, null], "a": "\\"\\\\u00e9"}'::jsonb`, 'jsonb', 'json'],
  [`jsonb '123456789012345678901234567890.10'`, 'jsonb', 'json'],
  [`array[1, null, 9223372036854775807]::bigint[]`, 'bigint[]', 'array'],
  [`array[['a', 'b,"'], [null, '{}']]`, 'text[]', 'array'],
  [`array['2025-01-01'::timestamptz]`, 'timestamp with time zone[]', 'array'],
  [`'{}'::int[]`, 'integer[]', 'array'],
  [`array[1.50]::numeric(5,2)[]`, 'numeric(5,2)[]', 'array'],
  [`'192.168.0.1/24'::inet`, 'inet', 'text'],
  [`'08:00:2b:01:02:03'::macaddr`, 'macaddr', 'text'],
  [`b'0101'::bit(4)`, 'bit(4)', 'text'],
  [`b'01'::varbit`, 'bit varying', 'text'],
  [`point(1.5, -2)`, 'point', 'other'],
  [`'((0,0),(1,1),(2,0))'::polygon`, 'polygon', 'other'],
  [`to_tsvector('simple', 'a fat cat')`, 'tsvector', 'text'],
  [`'[1,10)'::int4range`, 'int4range', 'other'],
  [`'16/B374D848'::pg_lsn`, 'pg_lsn', 'other'],
  [`'pg_class'::regclass`, 'regclass', 'text'],
  ['4294967295::oid', 'oid', 'number'],
  [`row(1, 'a "b"', null)`, 'record', 'other'],
  [`'sad'::mood`, 'mood', 'text'],
  [`array['sad', 'glad']::mood[]`, 'mood[]', 'array'],
  [`row(1, 'x')::pair`, 'pair', 'other'],
  ['7::positive', 'integer', 'number'],
  [`'x'::varchar(3)::text`, 'text', 'text'],
  ['null', 'text', 'text'],
  ['null::int', 'integer', 'number'],
];

describe('values of PostgreSQL', () => {
  let server: PostgresServer;
  let client: Client;
  let connection: Connection;

  beforeAll(async () => {
    server = await startPostgres();
    client = await server.client();
    await client.query(`create type mood as enum ('sad', 'glad'); create type pair as (a int, b text);
      create domain positive as int check (value > 0);`);
    connection = await postgres.connect(server.target, server.login, {
      readOnly: false,
      signal: new AbortController().signal,
    });
  }, 120_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  /** The same by pg, which is kept from making anything but text of it. */
  const printed = async (text: string): Promise<unknown[][]> =>
    (await client.query({ text, rowMode: 'array', types: { getTypeParser: () => String } as never })).rows;

  it('are the text that it prints, with every digit, their type and their kind', async () => {
    const statement = `select ${VALUES.map(([expression], index) => `${expression} as c${index}`).join(', ')}`;
    const collected = await collect(connection, statement);
    expect(collected.error).toBeUndefined();
    const expected = await printed(statement);
    const { columns } = first(collected, 'columns');
    for (const [index, [expression, type, kind]] of VALUES.entries()) {
      const value = collected.results[0]?.[0]?.[index];
      expect([expression, value]).toEqual([expression, expected[0]?.[index]]);
      expect({ expression, ...columns[index] }).toMatchObject({ expression, type, kind });
    }
  });

  it('keep every bit of a floating number', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noDefaultInfinity: true, noNaN: true }), { minLength: 1 }),
        async (numbers) => {
          const list = numbers.map((number) => (Object.is(number, -0) ? "'-0'" : `'${number}'`)).join(', ');
          const [row] = await rowsFrom(connection, `select ${numbers.length}, unnest(array[${list}]::float8[])`);
          expect(row?.[0]).toBe(String(numbers.length));
          const rows = await rowsFrom(connection, `select unnest(array[${list}]::float8[])`);
          expect(rows.map(([value]) => Number(value))).toEqual(numbers);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('come by columns from tables of any text and NULL', async () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.replaceAll('\0', '')));
    await client.query('create table texts (id int, a text, b text)');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 50 }), async (rows) => {
        await client.query('truncate texts');
        const insert = 'insert into texts select (j->>0)::int, j->>1, j->>2 from json_array_elements($1) j';
        await client.query(insert, [JSON.stringify(rows.map(([a, b], id) => [id, a, b]))]);
        expect(await rowsFrom(connection, 'select a, b from texts order by id')).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });

  it('come in as many columns as a statement may have', async () => {
    const names = Array.from({ length: 1_600 }, (_, index) => `c${index}`);
    await client.query(`create table wide (${names.map((name) => `${name} int default ${name.slice(1)}`).join(', ')})`);
    await client.query('insert into wide select from generate_series(1, 500)');
    const { results, records } = await collect(connection, 'select * from wide');
    expect(results[0]).toHaveLength(500);
    expect(results[0]?.[499]).toEqual(names.map((_, index) => String(index)));
    const columns = records.find((record) => record.type === 'columns');
    expect(columns?.type === 'columns' && columns.columns.map(({ name }) => name)).toEqual(names);
  });

  it('may be none at all', async () => {
    const collected = await collect(connection, 'select from generate_series(1, 3); select');
    expect(collected.error).toBeUndefined();
    expect(collected.results).toEqual([[[], [], []], [[]]]);
  });

  it('keep columns of the same name apart', async () => {
    const collected = await collect(connection, 'select 1 as a, 2 as a, 3 as "a "');
    expect(first(collected, 'columns').columns.map(({ name }) => name)).toEqual(['a', 'a', 'a ']);
    expect(collected.results).toEqual([[['1', '2', '3']]]);
  });

  it('are read as UTF-8 again after a script has asked for another encoding', async () => {
    const script = `select 'é'; set client_encoding = 'LATIN1'; select 'é漢'; select set_config('client_encoding', 'SJIS', false); select '漢'`;
    const { results, error } = await collect(connection, script);
    expect(error).toBeUndefined();
    expect(results).toEqual([[['é']], [['é漢']], [['SJIS']], [['漢']]]);
  });
});
