import { needsOf } from '#core/local/aws/dynamo-db-needs.ts';

const statement = (Statement: string) => needsOf('ExecuteStatement', { Statement });

test('most calls need the action of their own name on their table', () => {
  expect(needsOf('Query', { TableName: 'orders' })).toEqual([{ action: 'Query', table: 'orders' }]);
  expect(needsOf('DeleteTable', { TableName: 'orders' })).toEqual([{ action: 'DeleteTable', table: 'orders' }]);
});

test('a call that names no table where it must is not valid', () => {
  expect(() => needsOf('Scan', {})).toThrow();
  expect(() => needsOf('Scan', { TableName: 7 })).toThrow();
  expect(() => needsOf('BatchGetItem', { TableName: 'orders' })).toThrow();
  expect(() => needsOf('Scan', 'orders')).toThrow();
});

test('listing tables is about the account', () => {
  expect(needsOf('ListTables', {})).toEqual([{ action: 'ListTables', table: undefined }]);
});

test('a batch needs its action on each of its tables', () => {
  expect(needsOf('BatchWriteItem', { RequestItems: { a: [], b: [] } })).toEqual([
    { action: 'BatchWriteItem', table: 'a' },
    { action: 'BatchWriteItem', table: 'b' },
  ]);
});

test('a transaction needs the actions of its items', () => {
  const TransactItems = [
    { Put: { TableName: 'a' } },
    { Update: { TableName: 'b' } },
    { Delete: { TableName: 'c' } },
    { ConditionCheck: { TableName: 'd' } },
  ];
  expect(needsOf('TransactWriteItems', { TransactItems })).toEqual([
    { action: 'PutItem', table: 'a' },
    { action: 'UpdateItem', table: 'b' },
    { action: 'DeleteItem', table: 'c' },
    { action: 'ConditionCheckItem', table: 'd' },
  ]);
  expect(needsOf('TransactGetItems', { TransactItems: [{ Get: { TableName: 'a' } }] })).toEqual([
    { action: 'GetItem', table: 'a' },
  ]);
  expect(() => needsOf('TransactWriteItems', { TransactItems: [{ Drop: { TableName: 'a' } }] })).toThrow('Drop');
});

test.each([
  ['select * from "shop-orders" where pk = \'a\'', 'PartiQLSelect'],
  ['SELECT pk, sk\nFROM "shop-orders"."gsi1"', 'PartiQLSelect'],
  ['SELECT "pk", "a from b" FROM "shop-orders"', 'PartiQLSelect'],
  ["insert into \"shop-orders\" value {'pk': 'a'}", 'PartiQLInsert'],
  ['update "shop-orders" set a = \'x from other\'', 'PartiQLUpdate'],
  ["delete from shop-orders where pk = 'a'", 'PartiQLDelete'],
])('a statement needs the action of its verb on its table: %s', (text, action) => {
  expect(statement(text)).toEqual([{ action, table: 'shop-orders' }]);
});

test.each(['', 'drop table x', 'exists(select * from x)', 'select', "select 'a from b' from c"])(
  'a statement whose table cannot be told for sure is refused: %s',
  (text) => {
    expect(() => statement(text)).toThrow("wasn't well formed");
  },
);

test('statements together need all of their actions', () => {
  const Statements = [{ Statement: 'select * from a' }, { Statement: 'delete from b' }];
  const needs = [
    { action: 'PartiQLSelect', table: 'a' },
    { action: 'PartiQLDelete', table: 'b' },
  ];
  expect(needsOf('BatchExecuteStatement', { Statements })).toEqual(needs);
  expect(needsOf('ExecuteTransaction', { TransactStatements: Statements })).toEqual(needs);
});

test('what a body holds beside its own fields does not change what is needed', () => {
  expect(needsOf('DeleteTable', { TableName: 'a', Statement: 'select * from b' })).toEqual([
    { action: 'DeleteTable', table: 'a' },
  ]);
});
