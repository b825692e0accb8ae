import { Buffer } from 'node:buffer';
import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { AppError } from '#contract/errors.ts';
import type { Store } from '../../ports.ts';
import { toUserRecord, userKey } from './items.ts';
import { failed, type Table } from './table.ts';

type Item = Record<string, unknown> & { readonly sk: string };

/** All items of users, a megabyte a page (DynamoDB Developer Guide, "Paginating table query results"). */
export async function* userPages(
  table: Table,
  filter: Pick<QueryCommandInput, 'FilterExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> = {},
): AsyncGenerator<readonly Item[]> {
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const command = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :users',
      ConsistentRead: true,
      ...filter,
      ExpressionAttributeValues: { ...filter.ExpressionAttributeValues, ':users': userKey('').pk },
      ...(from && { ExclusiveStartKey: from }),
    });
    const { Items = [], LastEvaluatedKey } = await table.client.send(command).catch(failed);
    yield Items as Item[];
    from = LastEvaluatedKey;
  } while (from);
}

/**
 * Users by name. All of them are read for each page, for nothing in the table is in that order: ten thousand are some four
 * megabytes, and the page says more than one by ids would.
 */
export const userList = (table: Table): Pick<Store, 'users'> => ({
  async users({ text = '', limit, cursor }) {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const sought = text.toLowerCase();
    const found: { readonly item: Item; readonly place: Place }[] = [];
    for await (const page of userPages(table))
      for (const item of page) {
        const place: Place = [String(item.name).toLowerCase(), item.sk];
        const fits = place[0].includes(sought) || String(item.arn).toLowerCase().includes(sought);
        if (fits && (!after || compare(place, after) > 0)) found.push({ item, place });
      }
    const page = found.toSorted((a, b) => compare(a.place, b.place)).slice(0, limit);
    const last = found.length > page.length ? page.at(-1) : undefined;
    return { users: page.map(({ item }) => toUserRecord(item)), ...(last && { next: writeCursor(last.place) }) };
  },
});

/** Where a user stands in the list: the name without capitals, and the id. */
const Place = z.tuple([z.string(), z.string()]);
type Place = z.infer<typeof Place>;

const compare = (a: Place, b: Place): number => order(a[0], b[0]) || order(a[1], b[1]);

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Says where to go on, and nothing else: whoever makes one up sees what they may see anyway. Errors: INPUT_INVALID. */
function readCursor(cursor: string): Place {
  try {
    const place = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (writeCursor(place) === cursor) return place;
  } catch {}
  throw new AppError('INPUT_INVALID', {
    details: { fields: [{ path: 'body.cursor', message: 'is none that this list has given' }] },
  });
}
