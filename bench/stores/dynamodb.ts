/** DynamoDB Local behind the local account's endpoint, with items of eight attributes. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { startServer } from '../../test/core/engines/dynamodb/server.ts';
import { PARTITION, type ServiceDoor, TABLE } from '../readers/dynamodb.ts';
import type { Sizes } from '../readers/reader.ts';
import type { Store } from './store.ts';

const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });

export async function startDynamoStore({ many }: Sizes): Promise<Store<ServiceDoor>> {
  const server = await startServer();
  await server.create({
    TableName: TABLE,
    AttributeDefinitions: [
      { AttributeName: 'part', AttributeType: 'S' },
      { AttributeName: 'id', AttributeType: 'N' },
    ],
    KeySchema: [key('part', 'HASH'), key('id', 'RANGE')],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await server.fill(
    TABLE,
    Array.from({ length: many }, (_, id) => item(id)),
  );
  return {
    door: { target: server.target, keys: server.keysOf('ada') },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const KINDS = ['view', 'search', 'basket', 'order'];

const item = (id: number): Record<string, AttributeValue> => ({
  part: { S: PARTITION },
  id: { N: String(id) },
  kind: { S: KINDS[id % 4] ?? '' },
  at: { S: new Date(Date.UTC(2026, 0, 1) + id * 1_000).toISOString() },
  ratio: { N: String(id / 7) },
  page: { S: `/products/${id % 5_000}/details` },
  note: id % 10 === 0 ? { S: 'A longer note, with “quotes”' } : { NULL: true },
  data: { M: { source: { S: 'mail' }, score: { N: String(id % 100) }, tags: { L: [{ S: 'new' }, { S: 'spring' }] } } },
});
