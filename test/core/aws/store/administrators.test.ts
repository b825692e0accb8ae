import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import type { UserChange } from '#contract/people.ts';
import type { Role } from '#contract/roles.ts';
import { dynamoStore } from '#core/aws/store/store.ts';
import type { Store } from '#core/ports/store.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { sessionOf } from '../../../support/people.ts';
import { claimedInstance, stoppedClock } from '../../../support/ports.ts';

const TABLE = 'lodge-administrators';
const { clock, pass } = stoppedClock();
const user = (name: string) => ({ ...sessionOf('reader').user, id: `aws:111122223333:AIDA${name}`, name });
const [ada, bob, cleo] = [user('ada'), user('bob'), user('cleo')];

const toReader: UserChange = { kind: 'role', role: 'reader' };
const toAdministrator: UserChange = { kind: 'role', role: 'administrator' };
const block: UserChange = { kind: 'block' };
const unblock: UserChange = { kind: 'unblock' };

let dynamo: Awaited<ReturnType<typeof startDynamo>>;
let store: Store;
beforeAll(async () => {
  dynamo = await startDynamo(TABLE);
  store = dynamoStore(dynamo.documents, TABLE, clock);
});
afterAll(() => dynamo[Symbol.asyncDispose]());
afterEach(empty);

async function empty() {
  for (const { pk, sk } of await dynamo.items())
    await dynamo.documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk, sk } }));
}

/** Claimed by Ada; the others sign in and get their role from her. */
async function claimed(...others: (readonly [ReturnType<typeof user>, Role])[]) {
  await store.claim(claimedInstance, ada);
  for (const [other, role] of others) {
    await store.seen(other, { role: 'reader' });
    await store.changeUser(other.id, { kind: 'role', role });
  }
}

const codeOf = (change: Promise<unknown>): Promise<string> =>
  change.then(
    () => 'done',
    (error) => error.code ?? String(error),
  );

/** By their own items, and by the set. */
async function standing() {
  const items = await dynamo.items();
  const administrators = items
    .filter(({ pk, role, blockedAt }) => pk === 'USERS' && role === 'administrator' && !blockedAt)
    .map(({ name }) => String(name));
  const ids: Set<string> = items.find(({ sk }) => sk === 'ADMINISTRATORS')?.ids ?? new Set();
  return { administrators, set: [...ids].map((id) => id.replace('aws:111122223333:AIDA', '')) };
}

describe('the last administrator', () => {
  test.each([toReader, { kind: 'role', role: 'editor' } as const, block])(
    'stays, whatever is tried: %p',
    async (change) => {
      await claimed([bob, 'editor']);
      expect(await codeOf(store.changeUser(ada.id, change))).toBe('LAST_ADMINISTRATOR');
      expect(await store.user(ada.id)).toMatchObject({ role: 'administrator' });
      expect(await store.user(ada.id)).not.toHaveProperty('blockedAt');
    },
  );

  test('may go once there is another one', async () => {
    await claimed([bob, 'administrator']);
    expect(await store.changeUser(ada.id, toReader)).toMatchObject({ name: 'ada', role: 'reader' });
    expect(await codeOf(store.changeUser(bob.id, block))).toBe('LAST_ADMINISTRATOR');
    expect(await standing()).toEqual({ administrators: ['bob'], set: ['bob'] });
  });

  test('is not helped by an administrator who is blocked, and is by one who no longer is', async () => {
    await claimed([bob, 'administrator']);
    await store.changeUser(bob.id, block);
    expect(await codeOf(store.changeUser(ada.id, toReader))).toBe('LAST_ADMINISTRATOR');
    await store.changeUser(bob.id, unblock);
    expect(await codeOf(store.changeUser(ada.id, toReader))).toBe('done');
  });

  test('may have their own sessions ended, and be made an administrator again', async () => {
    await claimed();
    expect(await store.changeUser(ada.id, { kind: 'end-sessions' })).toMatchObject({ role: 'administrator' });
    expect(await store.changeUser(ada.id, toAdministrator)).toMatchObject({ role: 'administrator' });
    expect(await store.changeUser(ada.id, unblock)).toMatchObject({ role: 'administrator' });
  });
});

describe('what is so already', () => {
  test('is said again, and is no error', async () => {
    await claimed([bob, 'editor']);
    for (const role of ['editor', 'reader', 'reader'] as const)
      expect(await store.changeUser(bob.id, { kind: 'role', role })).toMatchObject({ role });
    expect(await store.changeUser(bob.id, unblock)).not.toHaveProperty('blockedAt');
    const first = await store.changeUser(bob.id, block);
    pass(60);
    expect(await store.changeUser(bob.id, block)).toEqual(first);
  });

  test('nobody who was never here can be changed', async () => {
    await claimed();
    for (const change of [toReader, toAdministrator, block, unblock, { kind: 'end-sessions' } as const])
      expect(await codeOf(store.changeUser(bob.id, change))).toBe('USER_NOT_FOUND');
  });
});

describe('at once', () => {
  test('of two who demote each other, one stays', async () => {
    for (let round = 0; round < 10; round++) {
      await claimed([bob, 'administrator']);
      const outcomes = await Promise.all([ada, bob].map(({ id }) => codeOf(store.changeUser(id, toReader))));
      expect(outcomes.toSorted()).toEqual(['LAST_ADMINISTRATOR', 'done']);
      const { administrators, set } = await standing();
      expect(administrators).toHaveLength(1);
      expect(set).toEqual(administrators);
      await empty();
    }
  });

  test('of twenty who demote or block each other in a ring, one stays', async () => {
    const ring = Array.from({ length: 19 }, (_, at) => user(`n${at}`));
    for (const change of [toReader, block]) {
      await claimed(...ring.map((one) => [one, 'administrator'] as const));
      const outcomes = await Promise.all([ada, ...ring].map(({ id }) => codeOf(store.changeUser(id, change))));
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(19);
      expect(outcomes).toContain('LAST_ADMINISTRATOR');
      const { administrators, set } = await standing();
      expect(administrators).toHaveLength(1);
      expect(set).toEqual(administrators);
      await empty();
    }
  });

  /** A store whose nth write waits: until it is about to arrive, and until it is let through. */
  function waiting(at: number) {
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const documents = Object.create(dynamo.documents);
    let writes = 0;
    documents.send = async (command: never) => {
      if ((command as unknown) instanceof UpdateCommand && ++writes === at) {
        reached.resolve();
        await released.promise;
      }
      return dynamo.documents.send(command);
    };
    return { slow: dynamoStore(documents, TABLE, clock), reached: reached.promise, release: released.resolve };
  }

  test('one who is out of the set, and not yet demoted, is not the other one of anybody', async () => {
    await claimed([bob, 'administrator']);
    const { slow, reached, release } = waiting(3);
    const demoted = slow.changeUser(bob.id, toReader);
    await reached;
    expect(await standing()).toEqual({ administrators: ['ada', 'bob'], set: ['ada'] });
    expect(await codeOf(store.changeUser(ada.id, toReader))).toBe('LAST_ADMINISTRATOR');
    release();
    expect(await demoted).toMatchObject({ role: 'reader' });
    expect(await standing()).toEqual({ administrators: ['ada'], set: ['ada'] });
  });

  test('one who is demoted before their place in the set is written does not get it', async () => {
    await claimed([bob, 'reader']);
    const { slow, reached, release } = waiting(2);
    const made = slow.changeUser(bob.id, toAdministrator);
    await reached;
    await store.changeUser(bob.id, toReader);
    release();
    await made;
    expect(await standing()).toEqual({ administrators: ['ada'], set: ['ada'] });
  });

  test('one who is made an administrator in the middle of being demoted is either, and the set says the same', async () => {
    await claimed([bob, 'administrator']);
    const { slow, reached, release } = waiting(3);
    const demoted = slow.changeUser(bob.id, toReader);
    await reached;
    await store.changeUser(bob.id, toAdministrator);
    expect((await standing()).set).toHaveLength(2);
    release();
    await demoted;
    expect(await standing()).toEqual({ administrators: ['ada'], set: ['ada'] });
  });

  test('whatever changes at once, and in whatever order their writes arrive, somebody stays', async () => {
    const changes = fc.constantFrom(toReader, toAdministrator, block, unblock);
    const asked = fc.array(fc.tuple(fc.constantFrom(ada, bob, cleo), changes), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), asked, async (scheduler, wanted) => {
        await empty();
        await claimed([bob, 'administrator'], [cleo, 'editor']);
        const documents = Object.create(dynamo.documents);
        documents.send = scheduler.scheduleFunction(async (command: never) => {
          const answer = await dynamo.documents.send(command);
          if ((command as unknown) instanceof UpdateCommand) expect((await standing()).administrators).not.toEqual([]);
          return answer;
        });
        const shuffled = dynamoStore(documents, TABLE, clock);
        const outcomes = Promise.all(wanted.map(([{ id }, change]) => codeOf(shuffled.changeUser(id, change))));
        await scheduler.waitFor(outcomes);
        for (const outcome of await outcomes) expect(['done', 'LAST_ADMINISTRATOR']).toContain(outcome);
        const { administrators, set } = await standing();
        expect(administrators).toEqual(expect.arrayContaining(set));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a function that dies in the middle', () => {
  /** A store whose function dies at its nth write: before that arrived, or after. */
  function dying(at: number, arrives: boolean): Store {
    const documents = Object.create(dynamo.documents);
    let writes = 0;
    documents.send = async (command: never) => {
      const isLast = (command as unknown) instanceof UpdateCommand && ++writes === at;
      if (isLast && arrives) await dynamo.documents.send(command);
      if (isLast) throw new Error('died');
      return dynamo.documents.send(command);
    };
    return dynamoStore(documents, TABLE, clock);
  }
  const moments = [1, 2, 3].flatMap((at) => [
    { at, arrives: false },
    { at, arrives: true },
  ]);

  test.each(moments)(
    'leaves an administrator while one is demoted, and it can be done again: %p',
    async ({ at, arrives }) => {
      await claimed([bob, 'administrator'], [cleo, 'reader']);
      await codeOf(dying(at, arrives).changeUser(ada.id, toReader));
      const { administrators, set } = await standing();
      expect(administrators).toEqual(expect.arrayContaining(set));
      await codeOf(store.changeUser(bob.id, toReader));
      expect((await standing()).administrators).not.toEqual([]);
      await store.changeUser(bob.id, toAdministrator);
      expect(await store.changeUser(ada.id, toReader)).toMatchObject({ role: 'reader' });
      expect(await standing()).toEqual({ administrators: ['bob'], set: ['bob'] });
    },
  );

  test.each(moments.slice(0, 4))(
    'leaves none who is not counted in the end while one is made: %p',
    async ({ at, arrives }) => {
      await claimed([bob, 'reader']);
      await codeOf(dying(at, arrives).changeUser(bob.id, toAdministrator));
      const { administrators } = await standing();
      const outcome = await codeOf(store.changeUser(ada.id, toReader));
      expect(outcome).toBe(administrators.includes('bob') ? 'done' : 'LAST_ADMINISTRATOR');
      expect((await standing()).set).toHaveLength(1);
    },
  );

  test('leaves a mark that hinders nobody for longer than a minute', async () => {
    await claimed([bob, 'administrator']);
    await codeOf(dying(3, false).changeUser(bob.id, toReader));
    expect(await standing()).toEqual({ administrators: ['ada', 'bob'], set: ['ada'] });
    expect(await codeOf(store.changeUser(ada.id, toReader))).toBe('LAST_ADMINISTRATOR');
    pass(61);
    expect(await codeOf(store.changeUser(ada.id, toReader))).toBe('done');
    expect(await standing()).toEqual({ administrators: ['bob'], set: ['bob'] });
  });
});

describe('where set and users disagree', () => {
  const put = (Item: Record<string, unknown>) => dynamo.documents.send(new PutCommand({ TableName: TABLE, Item }));

  test('whoever stands in the set and is none counts for nothing, and is put out', async () => {
    await claimed([bob, 'reader']);
    const ids = new Set([ada.id, bob.id, 'aws:111122223333:AIDAnobody']);
    await put({ pk: 'INSTANCE', sk: 'ADMINISTRATORS', ids, revision: 3 });
    expect(await codeOf(store.changeUser(ada.id, toReader))).toBe('LAST_ADMINISTRATOR');
    expect((await standing()).set).toEqual(['ada']);
  });

  test('an instance that has no set yet, or whose rules have made administrators, gets one when it is needed', async () => {
    await claimed([bob, 'reader']);
    await dynamo.documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'INSTANCE', sk: 'ADMINISTRATORS' } }));
    expect(await codeOf(store.changeUser(ada.id, toReader))).toBe('LAST_ADMINISTRATOR');
    await store.seen(cleo, { role: 'administrator' });
    expect(await codeOf(store.changeUser(ada.id, toReader))).toBe('done');
    expect(await standing()).toEqual({ administrators: ['cleo'], set: ['cleo'] });
  });
});
