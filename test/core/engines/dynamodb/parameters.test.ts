import type { BoundParameter, ParameterType } from '#contract/parameters.ts';
import { attributesOf } from '#core/engines/dynamodb/bound-values.ts';
import { readStatement } from '#core/engines/dynamodb/statements.ts';
import type { Connection } from '#core/engines/engine.ts';
import { describeWith } from '../../../support/machine.ts';
import { all, collect } from '../collect.ts';
import { type DynamoServer, startServer } from './server.ts';

const bound = (...given: [name: string, type: ParameterType, value: string | null][]): BoundParameter[] =>
  given.map(([name, type, value]) => ({ name, type, value }));

test('a value is an attribute of its type, and no number passes through a float', () => {
  const values = bound(
    ['a', 'text', '1'],
    ['b', 'integer', '12345678901234567890123456789012345678'],
    ['c', 'decimal', '0.10'],
    ['d', 'boolean', 'false'],
    ['e', 'date', '2026-11-24'],
    ['f', 'text', null],
  );
  expect(attributesOf(values)).toEqual([
    { S: '1' },
    { N: '12345678901234567890123456789012345678' },
    { N: '0.10' },
    { BOOL: false },
    { S: '2026-11-24' },
    { NULL: true },
  ]);
});

test('each use is a question mark with its value, and a QUERY in JSON is left as it is', () => {
  const values = bound(['a', 'text', 'A'], ['b', 'text', 'B']);
  const text = `SELECT * FROM "t" WHERE pk = :a AND sk = :b AND other = :a AND note = ':a'`;
  expect(readStatement(text, true, values)).toMatchObject({
    text: `SELECT * FROM "t" WHERE pk = ? AND sk = ? AND other = ? AND note = ':a'`,
    values: [values[0], values[1], values[0]],
  });
  const query = readStatement('QUERY {"table": "t", "key": {"pk": ":a"}}', true, values);
  expect(query).toEqual(readStatement('QUERY {"table": "t", "key": {"pk": ":a"}}', true));
});

describeWith('java', 'parameters for DynamoDB Local', () => {
  let server: DynamoServer;
  let connection: Connection;
  beforeAll(async () => {
    server = await startServer();
    connection = await server.connect();
  }, 60_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  test('a bound key reads by key, as a written one does', async () => {
    const parameters = bound(['customer', 'text', 'CUSTOMER#00007']);
    const asked = 'SELECT * FROM "shop-orders" WHERE pk = ';
    const collected = await collect(connection, `${asked}:customer`, { parameters });
    const written = await collect(connection, `${asked}'CUSTOMER#00007'`);
    expect(collected.error).toBeUndefined();
    expect(collected.results).toEqual(written.results);
    expect(collected.results[0]).toHaveLength(4);
    expect(all(collected, 'notice')[0]?.message).toMatch(/by its key/);
  });

  test('a text is a text, whatever stands in it', async () => {
    const parameters = bound(['customer', 'text', `CUSTOMER#00007' OR pk > '`]);
    const collected = await collect(connection, 'SELECT * FROM "shop-orders" WHERE pk = :customer', { parameters });
    expect([collected.error, collected.results.flat()]).toEqual([undefined, []]);
  });

  test('items are written with bound values, and read again', async () => {
    const parameters = bound(['id', 'text', 'BOUND#1'], ['n', 'decimal', '12.50'], ['yes', 'boolean', 'true']);
    const insert = `INSERT INTO "shop-orders" VALUE {'pk': :id, 'sk': :id, 'n': :n, 'yes': :yes}`;
    const script = `${insert}; SELECT n, yes FROM "shop-orders" WHERE pk = :id; DELETE FROM "shop-orders" WHERE pk = :id AND sk = :id`;
    const collected = await collect(connection, script, { parameters });
    expect(collected.error).toBeUndefined();
    const rows = collected.results.flat();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toEqual(expect.arrayContaining(['12.5', 'true']));
  });
});
