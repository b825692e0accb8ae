/** The way around Lodge: the instance table of a product, written directly, to see what years of use would leave there. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry } from '#contract/audit.ts';
import type { KnownUser } from '#contract/people.ts';
import { toItem } from '#core/aws/audit/items.ts';
import { userKey } from '#core/aws/store/items.ts';
import { HOME_REGION, TABLE } from '#core/local/account/principals.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { loadSeed } from '#core/local/account/seed.ts';
import type { Product } from './product.ts';

export interface InstanceItems extends Disposable {
  entries(entries: readonly AuditEntry[]): Promise<void>;
  users(users: readonly KnownUser[]): Promise<void>;
}

/** The most that a transaction takes (DynamoDB API reference, TransactWriteItems). */
const AT_ONCE = 100;

/** Opens the table with the keys of whoever may do everything in the local account. */
export async function openInstanceItems(product: Product, folder: string): Promise<InstanceItems> {
  const endpoint = /AWS endpoint\s+(http:\/\/[\d.]+:\d+)/.exec(product.printed())?.[1];
  if (!endpoint) throw new Error('The banner names no AWS endpoint.');
  const credentials = createRegistry(await loadSeed(folder)).longTerm('ada');
  const client = new DynamoDBClient({ endpoint, region: HOME_REGION, credentials });
  const table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  async function put(items: readonly Record<string, unknown>[]): Promise<void> {
    for (let from = 0; from < items.length; from += AT_ONCE) {
      const some = items.slice(from, from + AT_ONCE);
      const TransactItems = some.map((Item) => ({ Put: { TableName: TABLE, Item } }));
      await table.send(new TransactWriteCommand({ TransactItems }));
    }
  }
  return {
    entries: (entries) => put(entries.map((entry) => toItem(entry, Math.floor(Date.now() / 1_000) + 86_400))),
    users: (users) => put(users.map(({ id, ...rest }) => ({ ...userKey(id), ...rest }))),
    [Symbol.dispose]: () => client.destroy(),
  };
}
