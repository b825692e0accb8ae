/** The tables that a local account begins with. */

import { BY_USER } from '../../aws/audit/items.ts';
import { ACCOUNT_ID, HOME_REGION, TABLE } from '../account/principals.ts';
import type { TaggedTable } from '../aws/dynamo-db-tags.ts';
import { type Backend, call, type Forward, type Place } from './backend.ts';
import { type Item, shopItems } from './shop-orders.ts';

const HOME: Place = { accountId: ACCOUNT_ID, region: HOME_REGION };

/** What the tables of the demo are tagged with. */
export const TABLE_TAGS: readonly TaggedTable[] = [
  { ...HOME, name: TABLE, tags: { environment: 'production', team: 'platform' } },
  { ...HOME, name: 'shop-orders', tags: { environment: 'demo', team: 'store', 'cost-center': '4712', source: 'shop' } },
];

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

const INSTANCE_TABLE: TableDefinition = {
  TableName: TABLE,
  AttributeDefinitions: ['pk', 'sk', BY_USER.attribute].map(string),
  KeySchema: key('pk', 'sk'),
  GlobalSecondaryIndexes: [
    { IndexName: BY_USER.index, KeySchema: key(BY_USER.attribute, 'sk'), Projection: { ProjectionType: 'ALL' } },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

/** Makes the instance table where it is missing, and anew with its items where it is of a Lodge that had no index. */
export const makeInstanceTable = async (forward: Forward, place: Place = HOME): Promise<void> => {
  const items = await itemsWithoutIndex(forward, place);
  await make(forward, place, INSTANCE_TABLE);
  for (const Item of items) await call(forward, place, 'PutItem', { TableName: TABLE, Item });
};

/** Takes a table that lacks the index away. dynalite cannot add one, and what such a table holds is a handful of items. */
const itemsWithoutIndex = async (forward: Forward, place: Place): Promise<Item[]> => {
  const named = { TableName: TABLE };
  const found = await call<{ Table: { GlobalSecondaryIndexes?: unknown[] } }>(
    forward,
    place,
    'DescribeTable',
    named,
  ).catch(unlessMissing);
  if (!found || found.Table.GlobalSecondaryIndexes) return [];
  const { Items } = await call<{ Items: Item[] }>(forward, place, 'Scan', named);
  await call(forward, place, 'DeleteTable', named);
  while (await call(forward, place, 'DescribeTable', named).catch(unlessMissing)) await aMoment();
  return Items;
};

const unlessMissing = (error: Error): undefined => {
  if (error.name !== 'ResourceNotFoundException') throw error;
};

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 25));

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
    await aMoment();
  }
};
