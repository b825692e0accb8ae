import { clusterOf, narrowingOf, tableOf } from '#contract/patterns.ts';
import type { Connection, TableAccess } from '#core/engines/engine.ts';
import { describeWith } from '../../../support/machine.ts';
import { type DynamoServer, startServer } from './server.ts';

const HIDDEN = 'shop-orders';
const rules =
  (server: DynamoServer): TableAccess =>
  (table, tags) =>
    narrowingOf(
      [{ role: 'editor', where: { arn: `*:table/${HIDDEN}` }, effect: 'hidden' }],
      'editor',
      tableOf({ id: server.target.resourceId, service: 'dynamodb', region: server.target.region }, table, tags),
    );

test('a table that is named by its ARN is narrowed by that, and an instance that is no member has no cluster', () => {
  const region = {
    id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/*',
    service: 'dynamodb',
    region: 'x',
  } as const;
  const arn = 'arn:aws:dynamodb:eu-central-1:444455556666:table/pay$1';
  expect(tableOf(region, `${arn}/index/by-name`, {}).id).toBe(arn);
  expect(tableOf(region, 'pay$&', {}).id).toBe('arn:aws:dynamodb:eu-central-1:111122223333:table/pay$&');
  expect(clusterOf(region, {})).toBeUndefined();
});

describeWith('java', 'tables of DynamoDB that are narrowed one by one', () => {
  let server: DynamoServer;
  let connection: Connection;
  let open: Connection;
  beforeAll(async () => {
    server = await startServer();
    connection = await server.connect({ tableAccess: rules(server) });
    open = await server.connect();
  }, 60_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await open[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  const run = (script: string, on = connection) =>
    Array.fromAsync(on.run(script, { maxRows: 10, timeoutSeconds: 60, signal: new AbortController().signal }));
  const failure = (script: string, on?: Connection) => run(script, on).catch((error: unknown) => error);

  it('are not in the tree, nor among the names', async () => {
    const names = (await connection.children([])).map(({ name }) => name);
    expect(names).toContain('things');
    expect(names).not.toContain(HIDDEN);
    expect((await open.children([])).map(({ name }) => name)).toContain(HIDDEN);
    expect((await connection.names()).tables.map(([, name]) => name)).not.toContain(HIDDEN);
  });

  it('are answered in the words of one that does not exist', async () => {
    const said = (table: string) =>
      connection.describe([{ kind: 'table', name: table }]).catch((error: Error) => error.message);
    expect(await said(HIDDEN)).toBe((await said('nothing')).toString().replace('nothing', HIDDEN));
    await expect(connection.children([{ kind: 'table', name: HIDDEN }])).rejects.toMatchObject({
      code: 'OBJECT_NOT_FOUND',
    });
  });

  it('are not read, not planned and not changed, and DynamoDB is not asked', async () => {
    server.seen.operations = [];
    expect(await failure(`SELECT * FROM "${HIDDEN}"`)).toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    expect(await failure(`SCAN {"table": "${HIDDEN}"}`)).toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    expect(await failure(`DELETE FROM "${HIDDEN}" WHERE pk = 'a' AND sk = 'b'`)).toMatchObject({
      code: 'OBJECT_NOT_FOUND',
    });
    expect(await connection.plan?.(`SCAN {"table": "${HIDDEN}"}`)).toMatchObject([{ refusal: expect.any(String) }]);
    expect(server.seen.operations).toEqual([]);
    expect(await run('SELECT * FROM "things"')).toContainEqual(expect.objectContaining({ type: 'done' }));
  });

  it('are not reached by another spelling of their names: those are case-sensitive', async () => {
    expect(await failure(`SELECT * FROM ${'"'}${HIDDEN.toUpperCase()}${'"'}`, open)).toMatchObject({
      code: 'OBJECT_NOT_FOUND',
    });
    expect(await failure('SELECT * FROM THINGS', open)).toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    expect(await failure(`SELECT * FROM "${server.target.resourceId.replace('*', HIDDEN)}"`)).toMatchObject({
      code: 'OBJECT_NOT_FOUND',
    });
  });
});
