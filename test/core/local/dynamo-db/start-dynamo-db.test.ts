import { call, type Forward } from '#core/local/dynamo-db/backend.ts';
import { type DynamoDb, startDynamoDb } from '#core/local/dynamo-db/start-dynamo-db.ts';
import { makeInstanceTable } from '#core/local/dynamo-db/tables.ts';
import { describeWith } from '../../../support/machine.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const home = { accountId: '111122223333', region: 'eu-central-1' };

const text = (S: string) => ({ S });
const key = (pk: string) => ({ pk: text(pk), sk: text('a') });
const put = (pk: string, value: string) => ({ Put: { TableName: 'lodge', Item: { ...key(pk), value: text(value) } } });
const putNew = (pk: string) => ({ Put: { ...put(pk, 'new').Put, ConditionExpression: 'attribute_not_exists(pk)' } });
const check = (pk: string, exists: boolean) => ({
  ConditionCheck: {
    TableName: 'lodge',
    Key: key(pk),
    ConditionExpression: exists ? 'attribute_exists(pk)' : 'attribute_not_exists(pk)',
  },
});
const transact = (forward: Forward, ...TransactItems: object[]) =>
  call(forward, home, 'TransactWriteItems', { TransactItems });
const storedValue = async (forward: Forward, pk: string): Promise<string | undefined> => {
  const input = { TableName: 'lodge', Key: key(pk), ConsistentRead: true };
  return (await call<{ Item?: { value?: { S: string } } }>(forward, home, 'GetItem', input)).Item?.value?.S;
};

const suite = (java: boolean) => () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let dynamo: DynamoDb;
  beforeAll(async () => {
    folder = await temporaryFolder();
    dynamo = await startDynamoDb({ folder: folder.path, java });
  }, 60_000);
  afterAll(async () => {
    await dynamo[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  test('says what is lacking, and the command that adds it, only where something is', () => {
    expect(dynamo.title).toBe(java ? 'DynamoDB Local' : 'dynalite');
    expect(dynamo.lacking.map(({ what }) => what)).toEqual(java ? [] : [expect.stringContaining('Java 17')]);
    for (const { command } of dynamo.lacking) expect(command).toMatch(/install/);
  });

  test('holds the instance table and the demo’s table', async () => {
    expect(await call(dynamo.forward, home, 'ListTables', {})).toEqual({ TableNames: ['lodge', 'shop-orders'] });
  });

  test('holds some thousand items, by key and by index', async () => {
    const count = (input: object) =>
      call<{ Count: number }>(dynamo.forward, home, 'Query', { TableName: 'shop-orders', Select: 'COUNT', ...input });
    const all = await call<{ Count: number }>(dynamo.forward, home, 'Scan', {
      TableName: 'shop-orders',
      Select: 'COUNT',
    });
    expect(all.Count).toBe(2_000);
    const ofCustomer = {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': text('CUSTOMER#00007') },
    };
    expect((await count(ofCustomer)).Count).toBe(4);
    const shipped = {
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': text('STATUS#shipped') },
    };
    expect((await count({ IndexName: 'gsi1', ...shipped })).Count).toBeGreaterThan(100);
  });

  test('gives an instance table of an older Lodge its index, and keeps what it holds', async () => {
    const place = { ...home, region: 'eu-west-3' };
    const name = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
    await call(dynamo.forward, place, 'CreateTable', {
      TableName: 'lodge',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [name('pk', 'HASH'), name('sk', 'RANGE')],
      BillingMode: 'PAY_PER_REQUEST',
    });
    const Item = { pk: text('INSTANCE'), sk: text('INSTANCE'), name: text('Harbour') };
    const waiting = () =>
      call(dynamo.forward, place, 'PutItem', { TableName: 'lodge', Item }).then(
        () => true,
        () => false,
      );
    while (!(await waiting()));
    for (let start = 0; start < 2; start += 1) await makeInstanceTable(dynamo.forward, place);
    const { Table } = await call<{ Table: { GlobalSecondaryIndexes: object[] } }>(
      dynamo.forward,
      place,
      'DescribeTable',
      {
        TableName: 'lodge',
      },
    );
    expect(Table.GlobalSecondaryIndexes).toMatchObject([{ IndexName: 'by-user' }]);
    expect(await call(dynamo.forward, place, 'Scan', { TableName: 'lodge' })).toMatchObject({ Items: [Item] });
  });

  test('keeps accounts and regions apart', async () => {
    for (const elsewhere of [
      { ...home, region: 'us-east-1' },
      { ...home, accountId: '444455556666' },
    ]) {
      expect(await call(dynamo.forward, elsewhere, 'ListTables', {})).toEqual({ TableNames: [] });
    }
  });

  test('names an error as DynamoDB does', async () => {
    const missing = call(dynamo.forward, home, 'DescribeTable', { TableName: 'gone' });
    await expect(missing).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('writes all items of a transaction', async () => {
    await transact(dynamo.forward, putNew('one'), putNew('two'), check('three', false));
    expect([await storedValue(dynamo.forward, 'one'), await storedValue(dynamo.forward, 'two')]).toEqual([
      'new',
      'new',
    ]);
    expect(await storedValue(dynamo.forward, 'three')).toBeUndefined();
  });

  test('writes none where a condition fails, and says which', async () => {
    await transact(dynamo.forward, put('old', 'before'), put('doomed', 'before'), put('kept', 'before'));
    const failing = transact(
      dynamo.forward,
      put('old', 'after'),
      { Delete: { TableName: 'lodge', Key: key('doomed') } },
      put('fresh', 'after'),
      check('kept', true),
      check('missing', true),
    );
    await expect(failing).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: expect.stringContaining('[None, None, None, None, ConditionalCheckFailed]'),
    });
    expect(await storedValue(dynamo.forward, 'old')).toBe('before');
    expect(await storedValue(dynamo.forward, 'doomed')).toBe('before');
    expect(await storedValue(dynamo.forward, 'fresh')).toBeUndefined();
  });

  test('refuses a transaction that names an item twice', async () => {
    const twice = transact(dynamo.forward, put('twice', 'one'), check('twice', false));
    await expect(twice).rejects.toMatchObject({
      name: expect.stringMatching(/^(Validation|TransactionCanceled)Exception$/),
    });
    expect(await storedValue(dynamo.forward, 'twice')).toBeUndefined();
  });

  test('lets one of many win a race', async () => {
    const attempts = Array.from({ length: 8 }, () => transact(dynamo.forward, putNew('race'), putNew('race-too')));
    const ends = await Promise.allSettled(attempts);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('reads several items in a transaction', async () => {
    await transact(dynamo.forward, put('read', 'value'));
    const TransactItems = ['read', 'nothing'].map((pk) => ({ Get: { TableName: 'lodge', Key: key(pk) } }));
    const answer = await call<{ Responses: object[] }>(dynamo.forward, home, 'TransactGetItems', { TransactItems });
    expect(answer.Responses).toEqual([{ Item: { ...key('read'), value: text('value') } }, {}]);
  });

  test('keeps what was written when it is started again', async () => {
    await transact(dynamo.forward, put('kept', 'yes'));
    await dynamo[Symbol.asyncDispose]();
    dynamo = await startDynamoDb({ folder: folder.path, java });
    expect(await storedValue(dynamo.forward, 'kept')).toBe('yes');
    expect(await call(dynamo.forward, home, 'ListTables', {})).toEqual({ TableNames: ['lodge', 'shop-orders'] });
  });
};

describe('DynamoDB by dynalite', suite(false));
describeWith('java', 'DynamoDB by DynamoDB Local', suite(true));

test('without the demo there is the instance table only', async () => {
  await using folder = await temporaryFolder();
  await using dynamo = await startDynamoDb({ folder: folder.path, java: false, demo: false });
  expect(await call(dynamo.forward, home, 'ListTables', {})).toEqual({ TableNames: ['lodge'] });
});
