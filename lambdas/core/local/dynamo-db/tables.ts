/** The tables that a local account begins with. */
import { ACCOUNT_ID, HOME_REGION, TABLE } from '../account/principals.ts';
import { type Backend, call, type Forward, type Place } from './backend.ts';
import { type Item, shopItems } from './shop-orders.ts';

const HOME: Place = { accountId: ACCOUNT_ID, region: HOME_REGION };
const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

/** Makes the instance table where it is missing. */
export const makeInstanceTable = async (forward: Forward, place: Place = HOME): Promise<void> => {
  await make(forward, place, {
    TableName: TABLE,
    AttributeDefinitions: [string('pk'), string('sk')],
    KeySchema: key('pk', 'sk'),
    BillingMode: 'PAY_PER_REQUEST',
  });
};

/** Makes `shop-orders` and fills it where that was not done, or not done to its end. */
export const makeDemoTable = async ({ forward, bulk }: Backend): Promise<void> => {
  const TableName = 'shop-orders';
  await make(forward, HOME, {
    TableName,
    AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(string),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: 'gsi1', KeySchema: key('gsi1pk', 'gsi1sk'), Projection: { ProjectionType: 'ALL' } },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  const items = shopItems();
  const last = items.at(-1);
  if (!last) return;
  const Key = { pk: last.pk, sk: last.sk };
  if ((await call<{ Item?: object }>(forward, HOME, 'GetItem', { TableName, Key })).Item) return;
  for (let start = 0; start < items.length; start += SIZE[bulk]) {
    await WRITE[bulk](forward, TableName, items.slice(start, start + SIZE[bulk]));
  }
};

interface TableDefinition {
  readonly TableName: string;
  readonly [member: string]: unknown;
}

/** The most that AWS takes in one call. */
const SIZE = { batch: 25, transaction: 100 } as const;

const WRITE: Record<keyof typeof SIZE, (forward: Forward, table: string, items: readonly Item[]) => Promise<unknown>> =
  {
    batch: (forward, table, items) =>
      call(forward, HOME, 'BatchWriteItem', {
        RequestItems: { [table]: items.map((Item) => ({ PutRequest: { Item } })) },
      }),
    transaction: (forward, TableName, items) =>
      call(forward, HOME, 'TransactWriteItems', { TransactItems: items.map((Item) => ({ Put: { TableName, Item } })) }),
  };

const make = async (forward: Forward, place: Place, table: TableDefinition): Promise<void> => {
  await call(forward, place, 'CreateTable', table).catch((error: Error) => {
    if (error.name !== 'ResourceInUseException') throw error;
  });
  for (;;) {
    const { Table } = await call<{ Table: { TableStatus: string } }>(forward, place, 'DescribeTable', {
      TableName: table.TableName,
    });
    if (Table.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};
