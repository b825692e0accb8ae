import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoStore } from '#core/aws/store/store.ts';
import type { Store, UserRecord } from '#core/ports/store.ts';
import { startDynamo } from '../../../support/dynamo.ts';

const TABLE = 'lodge-users';
const COUNT = 10_000;
const SEEN = { firstSeenAt: '2026-11-23T09:00:00.000Z', lastSeenAt: '2026-11-24T09:00:00.000Z' };

/** Their ids are in no order that their names are in, and every hundredth has the name of another. */
const people: UserRecord[] = Array.from({ length: COUNT }, (_, at) => {
  const name = `${at % 2 ? 'Person' : 'person'}-${String(at - (at % 100 === 1 ? 1 : 0)).padStart(5, '0')}`;
  const id = `aws:111122223333:AIDA${String((at * 7_919) % COUNT).padStart(17, '0')}`;
  const arn = `arn:aws:iam::111122223333:user/${at % 10 ? 'staff' : 'Guests'}/${name}`;
  return { id, name, arn, kind: 'user', role: 'reader', alias: 'harbour', lastAddress: '192.0.2.1', ...SEEN };
});
const ordered = people.toSorted((a, b) => {
  const [one, other] = [a, b].map(({ name, id }) => `${name.toLowerCase()}\0${id}`);
  return String(one) < String(other) ? -1 : 1;
});

/** The first of them, where their number does not matter. */
const few = ordered.slice(0, 300);

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

/** A table with these in it, and something beside them. */
async function tableOf(users: readonly UserRecord[]) {
  const { documents } = stack.use(await startDynamo(TABLE));
  const put = (Item: Record<string, unknown>) => documents.send(new PutCommand({ TableName: TABLE, Item }));
  for (let from = 0; from < users.length; from += 25) {
    const written = users
      .slice(from, from + 25)
      .map(({ id, ...rest }) => ({ PutRequest: { Item: { pk: 'USERS', sk: id, ...rest } } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [TABLE]: written } }));
  }
  await put({ pk: 'INSTANCE', sk: 'ACCESS', name: 'zzzz, no user' });
  return { put, store: dynamoStore(documents, TABLE, () => new Date()) };
}

let store: Store;
let put: Awaited<ReturnType<typeof tableOf>>['put'];
beforeAll(async () => {
  ({ store, put } = await tableOf(few));
});

/** All pages, until there is no next one. */
async function pages(search: { text?: string; limit: number }, from = store): Promise<UserRecord[][]> {
  const found: UserRecord[][] = [];
  let cursor: string | undefined;
  do {
    const { users, next } = await from.users({ ...search, ...(cursor && { cursor }) });
    found.push(users);
    cursor = next;
  } while (cursor);
  return found;
}

test('ten thousand users come page by page, by name whatever its capitals, each once', async () => {
  const all = await tableOf(people);
  const found = await pages({ limit: 6_000 }, all.store);
  expect(found.map(({ length }) => length)).toEqual([6_000, 4_000]);
  expect(found.flat()).toEqual(ordered);
});

test('a text is sought in names and ARNs, and its capitals do not count', async () => {
  const guests = await pages({ text: 'user/GUESTS/', limit: 20 });
  expect(guests.map(({ length }) => length)).toEqual([20, 10]);
  expect(guests.flat()).toEqual(few.filter(({ arn }) => arn.includes('/Guests/')));
  expect(await store.users({ text: 'person-00042', limit: 1 })).toEqual({ users: [people[42]] });
});

test('somebody who comes or goes meanwhile does not shift the next page', async () => {
  const first = await store.users({ limit: 10 });
  const late = { ...people[0], pk: 'USERS', sk: 'aws:111122223333:AIDALATE', name: 'aaa' };
  await put(late);
  const second = await store.users({ limit: 10, ...(first.next && { cursor: first.next }) });
  expect(second.users).toEqual(few.slice(10, 20));
});

test('a cursor that somebody made up in the right form leads to users only, and to no other item', async () => {
  const cursor = Buffer.from(JSON.stringify(['zzz', ''])).toString('base64url');
  expect(await store.users({ limit: 500, cursor })).toEqual({ users: [] });
});

test.each([
  'x',
  '%00',
  Buffer.from('{}').toString('base64url'),
  Buffer.from('["a"]').toString('base64url'),
  Buffer.from('["a",{"S":"b"}]').toString('base64url'),
  Buffer.from('["a", "b"]').toString('base64url'),
  `${Buffer.from('["a","b"]').toString('base64url')}=`,
  Buffer.from(JSON.stringify({ pk: 'INSTANCE', sk: 'INSTANCE' })).toString('base64'),
])('a cursor that this list has not given is refused: %s', async (cursor) => {
  await expect(store.users({ limit: 10, cursor })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    details: { fields: [{ path: 'body.cursor', message: 'is none that this list has given' }] },
  });
});
