import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoStore } from '#core/aws/store/store.ts';
import type { Store } from '#core/ports/store.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { sessionOf } from '../../../support/people.ts';
import { claimedInstance, stoppedClock } from '../../../support/ports.ts';

const TABLE = 'lodge-test';
const { clock, pass } = stoppedClock();
const ada = { ...sessionOf('reader').user, id: 'aws:111122223333:AIDAADA', name: 'ada' };
const bob = { ...ada, id: 'aws:111122223333:AROABOB:bob@example.org', name: 'bob', kind: 'sso' as const };

let dynamo: Awaited<ReturnType<typeof startDynamo>>;
let store: Store;
beforeAll(async () => {
  dynamo = await startDynamo(TABLE);
  store = dynamoStore(dynamo.documents, TABLE, clock);
});
afterAll(() => dynamo[Symbol.asyncDispose]());
afterEach(async () => {
  for (const { pk, sk } of await dynamo.items())
    await dynamo.documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk, sk } }));
});

const removeUser = (id: string) =>
  dynamo.documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'USERS', sk: id } }));

test('an empty table has neither an instance nor users', async () => {
  expect(await store.instance()).toBeUndefined();
  expect(await store.user(ada.id)).toBeUndefined();
});

test('a claim is read back as it was made, and its user is the administrator', async () => {
  await store.claim(claimedInstance, ada);
  expect(await store.instance()).toEqual({ ...claimedInstance, administratorArn: ada.arn });
  expect(await store.user(ada.id)).toMatchObject({ ...ada, role: 'administrator' });
});

test('of twenty claims at once exactly one wins, and the others leave nothing', async () => {
  const claimants = Array.from({ length: 20 }, (_, at) => ({
    ...ada,
    id: `aws:111122223333:AIDA${at}`,
    name: `user-${at}`,
  }));
  const outcomes = await Promise.allSettled(
    claimants.map((user) => store.claim({ ...claimedInstance, name: user.name }, user)),
  );
  const won = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [at] : []));
  expect(won).toHaveLength(1);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
  expect(refused).toEqual(Array(19).fill('ALREADY_CLAIMED'));
  expect((await store.instance())?.name).toBe(`user-${won[0]}`);
  expect((await dynamo.items()).map(({ sk }) => sk)).toHaveLength(3);
});

test('the same user cannot claim twice', async () => {
  await store.claim(claimedInstance, ada);
  await expect(store.claim(claimedInstance, ada)).rejects.toMatchObject({ code: 'ALREADY_CLAIMED' });
});

test('a claim whose answer was lost, so that the SDK sent it again, is still a claim', async () => {
  const documents = Object.create(dynamo.documents);
  documents.send = async (command: never) => {
    // The first attempt arrives, and its answer does not.
    if ((command as unknown) instanceof PutCommand) await dynamo.documents.send(command);
    return dynamo.documents.send(command);
  };
  await dynamoStore(documents, TABLE, clock).claim(claimedInstance, ada);
  expect(await store.user(ada.id)).toMatchObject({ role: 'administrator' });
});

test('the administrator is known even where the second write of the claim was lost', async () => {
  await store.claim(claimedInstance, ada);
  await removeUser(ada.id);
  expect(await store.user(ada.id)).toMatchObject({
    ...ada,
    role: 'administrator',
    firstSeenAt: claimedInstance.claimedAt,
  });
  expect(await store.user(bob.id)).toBeUndefined();
  expect(await store.seen(ada, { role: 'reader' })).toMatchObject({ role: 'administrator' });
  expect(await store.user(ada.id)).toMatchObject({ role: 'administrator' });
});

test('a new user gets the role they are given, and a time', async () => {
  const record = await store.seen(bob, { role: 'reader' });
  const now = clock().toISOString();
  expect(record).toEqual({ ...bob, role: 'reader', firstSeenAt: now, lastSeenAt: now });
  expect(await store.user(bob.id)).toEqual(record);
});

test('a known user keeps their role, and when they were first seen', async () => {
  const first = await store.seen(bob, { role: 'editor' });
  pass(60);
  const again = await store.seen(
    { ...bob, name: 'robert', arn: 'arn:aws:iam::111122223333:user/robert' },
    { role: 'reader' },
  );
  expect(again).toMatchObject({ role: 'editor', name: 'robert', firstSeenAt: first.firstSeenAt });
  expect(again.lastSeenAt > first.lastSeenAt).toBe(true);
});

test('signing in twenty times at once makes one user', async () => {
  await Promise.all(Array.from({ length: 20 }, () => store.seen(bob, { role: 'reader' })));
  expect(await dynamo.items()).toHaveLength(1);
});

test('when sessions were ended is read, and survives a sign-in', async () => {
  const sessionsEndedAt = '2026-11-23T09:30:00.000Z';
  const Item = { pk: 'USERS', sk: bob.id, ...(await store.seen(bob, { role: 'reader' })), sessionsEndedAt };
  await dynamo.documents.send(new PutCommand({ TableName: TABLE, Item }));
  expect(await store.user(bob.id)).toMatchObject({ sessionsEndedAt });
  expect(await store.seen(bob, { role: 'reader' })).toMatchObject({ sessionsEndedAt });
});

test('an item that is not as it was written fails loudly', async () => {
  await dynamo.documents.send(new PutCommand({ TableName: TABLE, Item: { pk: 'USERS', sk: bob.id, role: 'king' } }));
  await expect(store.user(bob.id)).rejects.toThrow();
});

test('a table that is not there is a fault of the instance, told as ours', async () => {
  const elsewhere = dynamoStore(dynamo.documents, 'no-such-table', clock);
  for (const call of [
    elsewhere.instance(),
    elsewhere.user('x'),
    elsewhere.seen(ada, { role: 'reader' }),
    elsewhere.claim(claimedInstance, ada),
  ])
    await expect(call).rejects.toMatchObject({ name: 'AppError', code: 'INTERNAL' });
});
