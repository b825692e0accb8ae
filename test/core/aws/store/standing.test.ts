import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoStore } from '#core/aws/store/store.ts';
import type { Store } from '#core/ports/store.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { sessionOf } from '../../../support/people.ts';
import { claimedInstance, stoppedClock } from '../../../support/ports.ts';

const TABLE = 'lodge-test';
const { clock } = stoppedClock();
const ada = sessionOf('reader').user;
const bob = { ...ada, id: 'aws:111122223333:AROABOB:bob@example.org', name: 'bob' };
const access = {
  rules: [],
  narrowings: [{ role: 'reader', where: { region: 'eu-west-1' }, effect: 'hidden' } as const],
};

let dynamo: Awaited<ReturnType<typeof startDynamo>>;
let store: Store;
beforeEach(async () => {
  dynamo = await startDynamo(TABLE);
  store = dynamoStore(dynamo.documents, TABLE, clock);
});
afterEach(() => dynamo[Symbol.asyncDispose]());

it('is what the three reads say, at every time', async () => {
  const isSame = async (id: string) =>
    expect(await store.standing(id)).toEqual({
      user: await store.user(id),
      instance: await store.instance(),
      access: await store.access(),
    });
  await isSame(ada.id);
  await store.claim(claimedInstance, ada);
  await store.seen(bob, { role: 'reader' });
  await store.changeAccess(access, 0);
  for (const { id } of [ada, bob, { id: 'aws:111122223333:AIDANOBODY' }]) await isSame(id);
  expect(await store.standing(bob.id)).toMatchObject({ user: bob, instance: { name: 'Harbour' }, access });
});

it('knows the administrator by the instance where the second write of a claim was lost', async () => {
  const { administratorArn: _, ...rest } = claimedInstance;
  const Item = { pk: 'INSTANCE', sk: 'INSTANCE', ...rest, administrator: ada, claim: 'c-1' };
  await dynamo.documents.send(new PutCommand({ TableName: TABLE, Item }));
  expect((await store.standing(ada.id)).user).toMatchObject({ ...ada, role: 'administrator' });
  expect((await store.standing(bob.id)).user).toBeUndefined();
});

describe('where DynamoDB leaves items out', () => {
  /** Answers so many of the keys that it is asked for, as AWS may; nothing is stored under any. */
  const lacking = (answered: number) => {
    const asked: string[][] = [];
    const send = async ({ input }: { input: { RequestItems: Record<string, { Keys: { sk: string }[] }> } }) => {
      const given = input.RequestItems[TABLE]?.Keys ?? [];
      asked.push(given.map(({ sk }) => sk));
      const Keys = given.slice(answered);
      return { Responses: { [TABLE]: [] }, UnprocessedKeys: Keys.length > 0 ? { [TABLE]: { Keys } } : {} };
    };
    return { store: dynamoStore({ send } as unknown as DynamoDBDocumentClient, TABLE, clock), asked };
  };

  it('they are asked for again, and no others', async () => {
    const { store: partly, asked } = lacking(2);
    expect(await partly.standing('id')).toMatchObject({ user: undefined, instance: undefined });
    expect(asked).toEqual([['id', 'INSTANCE', 'ACCESS'], ['ACCESS']]);
  });

  it('again and again, nobody is let in on half of them', async () => {
    await expect(lacking(0).store.standing('id')).rejects.toMatchObject({ code: 'THROTTLED' });
  });
});
