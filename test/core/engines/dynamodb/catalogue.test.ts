import { Names, Node, type NodePath, ObjectDescription } from '#contract/objects.ts';
import type { Connection } from '#core/engines/engine.ts';
import { describeWith } from '../../../support/machine.ts';
import { collect, rowsFrom } from '../collect.ts';
import { type DynamoServer, startServer } from './server.ts';

const things: NodePath = [{ kind: 'table', name: 'things' }];
const byColour: NodePath = [...things, { kind: 'index', name: 'by-colour' }];

/** What both stand-ins must do. */
const suite = (java: boolean) => () => {
  let server: DynamoServer;
  let connection: Connection;
  beforeAll(async () => {
    server = await startServer({ java });
    connection = await server.connect();
  }, 60_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it('gives the tree level by level', async () => {
    const tables = Node.array().parse(await connection.children([]));
    expect(tables.map(({ name }) => name)).toEqual(['lodge', 'shop-orders', 'things']);
    expect(tables.every(({ kind, expandable }) => kind === 'table' && expandable)).toBe(true);
    const members = Node.array().parse(await connection.children(things));
    expect(members.map(({ kind, name, detail }) => [kind, name, detail])).toEqual([
      ['column', 'id', 'string, partition key'],
      ['column', 'at', 'number, sort key'],
      ['column', 'colour', 'string'],
      ['index', 'by-colour', 'global'],
      ['index', 'local', 'local'],
    ]);
    const keys = Node.array().parse(await connection.children(byColour));
    expect(keys.map(({ name, detail }) => [name, detail])).toEqual([
      ['colour', 'string, partition key'],
      ['at', 'number, sort key'],
    ]);
  });

  it('asks of each table once', async () => {
    await using fresh = await server.connect();
    server.seen.operations = [];
    await Promise.all([fresh.children(things), fresh.children(byColour), fresh.children(things)]);
    expect(server.seen.operations).toEqual(['DescribeTable']);
  });

  it('gives all names, packed', async () => {
    const { tables, types } = Names.parse(await connection.names());
    const table = tables.find(([, name]) => name === 'things');
    expect(table?.[3].map((each) => (typeof each === 'number' ? types[each] : each))).toEqual([
      ...['id', 'string', 'at', 'number', 'colour', 'string'],
    ]);
  });

  it('describes a table so that it can be made again', async () => {
    const described = ObjectDescription.parse(await connection.describe(things));
    expect(described).toMatchObject({
      kind: 'table',
      keys: [{ kind: 'primary', columns: ['id', 'at'], definition: 'id (partition), at (sort)' }],
      indexes: [
        { name: 'by-colour', method: 'global', definition: 'colour (partition), at (sort), keys and note' },
        { name: 'local', method: 'local', definition: 'id (partition), colour (sort), keys only' },
      ],
    });
    expect(described.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
      ['id', false],
      ['at', false],
      ['colour', true],
    ]);
    await server.create({ ...JSON.parse(described.ddl), TableName: 'again' });
    const again = await connection.describe([{ kind: 'table', name: 'again' }]);
    expect({ ...JSON.parse(again.ddl), TableName: 'things' }).toEqual(JSON.parse(described.ddl));
  });

  it('says how a table is billed, expires, streams and is backed up, or why it cannot', async () => {
    const { properties = [] } = await connection.describe(things);
    const values = Object.fromEntries(properties.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({
      Capacity: 'provisioned: 5 read and 5 write units a second',
      Stream: 'off',
      ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/things',
    });
    expect(values['Point-in-time recovery']).toContain('not known');
    const shop = await connection.describe([{ kind: 'table', name: 'shop-orders' }]);
    expect(shop.properties).toContainEqual({ name: 'Capacity', value: 'on demand' });
    // dynalite counts seldom.
    expect(shop.rows).toEqual(java ? 2_000 : expect.any(Number));
  });

  it('names the permission that a detail would take', async () => {
    await using cleo = await server.connect({ keys: server.keysOf('cleo') });
    const { properties } = await cleo.describe(things);
    const value = expect.stringContaining('dynamodb:DescribeTimeToLive');
    expect(properties).toContainEqual({ name: 'Time to live', value });
  });

  it('describes an index', async () => {
    const described = ObjectDescription.parse(await connection.describe(byColour));
    expect(described.columns.map(({ name }) => name)).toEqual(['colour', 'at']);
    expect(described.properties).toContainEqual({ name: 'Projection', value: 'keys and note' });
    expect(JSON.parse(described.ddl)).toMatchObject({ IndexName: 'by-colour' });
  });

  it('says where there is no such object', async () => {
    for (const path of [
      [{ kind: 'table', name: 'nowhere' }],
      [{ kind: 'view', name: 'things' }],
      [...things, { kind: 'index', name: 'nothing' }],
      [...byColour, { kind: 'column', name: 'at' }],
    ] satisfies NodePath[]) {
      await expect(connection.children(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
      await expect(connection.describe(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    }
  });

  it('reads by QUERY and SCAN', async () => {
    expect(await rowsFrom(connection, 'SCAN {"table": "shop-orders"}')).toHaveLength(2_000);
    const query = 'QUERY {"table": "shop-orders", "key": {"pk": "CUSTOMER#00007", "sk": {"begins_with": "ORDER"}}}';
    expect(await rowsFrom(connection, query)).toHaveLength(3);
  });

  if (!java)
    it('says that it knows no PartiQL', async () => {
      const { error } = await collect(connection, 'SELECT * FROM "shop-orders"');
      expect(error).toMatchObject({
        code: 'STATEMENT_FAILED',
        details: { hint: expect.stringContaining('QUERY'), native: { code: 'UnknownOperationException' } },
      });
    });
};

describe('DynamoDB by dynalite', suite(false));
describeWith('java', 'DynamoDB by DynamoDB Local', suite(true));
