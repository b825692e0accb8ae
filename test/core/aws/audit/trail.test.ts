import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type AuditEntry, AuditRecord, type AuditSearch } from '#contract/audit.ts';
import { toItem } from '#core/aws/audit/items.ts';
import { dynamoTrail } from '#core/aws/audit/trail.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { claimedInstance } from '../../../support/ports.ts';

const TABLE = 'lodge-test';
const NOW = Date.parse('2026-11-24T12:00:00.000Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const never = new AbortController().signal;
const person = (name: string) => ({
  id: `aws:111122223333:${name}`,
  name,
  arn: `arn:aws:iam::111122223333:user/${name}`,
  kind: 'user' as const,
});
const [maria, ada] = [person('maria'), person('ada')];
const resource = (name: string) => ({
  id: `arn:aws:rds:eu-central-1:1:db:${name}`,
  engine: 'postgres',
  region: 'eu-central-1',
});

/** The `at`th deed, so many hours ago. */
const entry = (at: number, hoursAgo: number, changes: Partial<AuditEntry> = {}): AuditEntry => {
  const time = new Date(NOW - hoursAgo * HOUR).toISOString();
  return {
    id: `${time}#${at.toString(16).padStart(16, '0')}`,
    at: time,
    kind: 'statement',
    outcome: 'succeeded',
    requestId: `r-${at}`,
    address: '192.0.2.1',
    user: maria,
    resource: resource('shop'),
    statement: `select ${at}`,
    ...changes,
  };
};

/** A table that holds these, and its trail; `reads` counts how often it was asked. */
async function trailOver(entries: readonly AuditEntry[], { ttl = NOW / 1_000 + 1_000, claimedDaysAgo = 100 } = {}) {
  const dynamo = await startDynamo(TABLE);
  for (let from = 0; from < entries.length; from += 25) {
    const writes = entries.slice(from, from + 25).map((each) => ({ PutRequest: { Item: toItem(each, ttl) } }));
    await dynamo.documents.send(new BatchWriteCommand({ RequestItems: { [TABLE]: writes } }));
  }
  let reads = 0;
  const client = Object.create(dynamo.documents, {
    send: {
      value: (...given: Parameters<typeof dynamo.documents.send>) => {
        reads += 1;
        return dynamo.documents.send(...given);
      },
    },
  }) as typeof dynamo.documents;
  const claimedAt = new Date(NOW - claimedDaysAgo * DAY).toISOString();
  const store = { instance: async () => ({ ...claimedInstance, claimedAt }) };
  const { search } = dynamoTrail({ client, table: TABLE, store, clock: () => new Date(NOW) });
  const ask = async (wanted: AuditSearch, signal = never) => {
    const records = await Array.fromAsync(search(wanted, signal));
    for (const record of records) expect(AuditRecord.parse(record)).toEqual(record);
    const end = records.at(-1);
    return {
      records,
      found: records.flatMap((record) => (record.type === 'entry' ? [record.entry] : [])),
      next: end?.type === 'end' ? end.next : undefined,
    };
  };
  return { ask, search, reads: () => reads, [Symbol.asyncDispose]: () => dynamo[Symbol.asyncDispose]() };
}
const ids = (entries: readonly AuditEntry[]) => entries.map(({ id }) => id);

test('an empty record ends at once, or nearly', async () => {
  await using trail = await trailOver([], { claimedDaysAgo: 360 });
  expect(await trail.ask({ limit: 10 })).toMatchObject({ found: [], next: undefined });
  expect(trail.reads()).toBeLessThan(400);
});

describe('some days', () => {
  const all = [
    entry(1, 0.5),
    entry(2, 1, { user: ada, kind: 'settings-change', statement: undefined, change: 'name: Harbour → Quay' }),
    entry(3, 13, { resource: resource('ledger'), statement: 'DELETE FROM Orders' }),
    entry(4, 30, { outcome: 'refused', code: 'READ_ONLY' }),
    entry(5, 30.5, {
      user: undefined,
      kind: 'sign-in',
      outcome: 'refused',
      subject: 'key …WXYZ',
      address: '198.51.100.9',
    }),
    entry(6, 24 * 90),
    entry(7, 24 * 91, { user: ada }),
  ].map((each) => JSON.parse(JSON.stringify(each)) as AuditEntry);
  const [first, second, third, fourth, fifth, , seventh] = ids(all);
  let trail: Awaited<ReturnType<typeof trailOver>>;
  beforeAll(async () => {
    trail = await trailOver(all.toReversed());
  });
  afterAll(() => trail[Symbol.asyncDispose]());

  test('come the newest first, whole, over months', async () => {
    expect((await trail.ask({})).found).toEqual(all);
  });

  test.each<[what: string, wanted: AuditSearch, found: unknown[]]>([
    ['a user', { userId: ada.id }, [second, seventh]],
    ['a resource', { resourceId: resource('ledger').id }, [third]],
    ['a kind', { kind: 'sign-in' }, [fifth]],
    ['an outcome', { outcome: 'refused' }, [fourth, fifth]],
    ['a text of a statement, whatever its capitals', { text: 'delete from ORDERS' }, [third]],
    ['a text of a change', { text: 'quay' }, [second]],
    ['a text of an address', { text: '198.51' }, [fifth]],
    ['a text of a name', { text: 'user/ada' }, [second, seventh]],
    ['a text that is nowhere', { text: 'nowhere' }, []],
    ['a time, its beginning included', { from: all[3]?.at, to: all[0]?.at }, [second, third, fourth]],
    ['a time without milliseconds', { from: '2026-11-24T00:00:00Z' }, [first, second]],
    ['a user and a time', { userId: maria.id, from: all[3]?.at }, [first, third, fourth]],
    ['all at once', { userId: maria.id, kind: 'statement', outcome: 'refused', text: 'select' }, [fourth]],
    ['a time that is none', { from: all[0]?.at, to: all[5]?.at }, []],
    [
      'times far away',
      { from: '0001-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z', kind: 'sign-in', limit: 1 },
      [fifth],
    ],
  ])('are found by %s', async (_, wanted, found) => {
    expect(ids((await trail.ask(wanted)).found)).toEqual(found);
  });

  test('come page by page, and each once', async () => {
    for (const wanted of [{}, { userId: maria.id }, { text: 'select' }] satisfies AuditSearch[]) {
      const whole = ids((await trail.ask(wanted)).found);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await trail.ask({ ...wanted, limit: 2, ...(cursor && { cursor }) });
        expect(page.found.length).toBeLessThanOrEqual(2);
        paged.push(...ids(page.found));
        cursor = page.next;
      } while (cursor);
      expect(paged).toEqual(whole);
    }
  });

  test('say how far back was looked, while nothing is found', async () => {
    const { records } = await trail.ask({ userId: undefined, text: 'nowhere' });
    const back = records.flatMap((record) => (record.type === 'searched' ? [record.back] : []));
    expect(back.length).toBeGreaterThan(10);
    expect(back).toEqual(back.toSorted().toReversed());
  });

  test('of another user cannot be reached by any cursor', async () => {
    for (const cursor of [second, seventh, '2026-11-24T11:59:59.000Z'])
      for (const { user } of (await trail.ask({ userId: maria.id, ...(cursor && { cursor }) })).found)
        expect(user).toEqual(maria);
  });

  test.each(['', 'x', '{"pk":"USERS","sk":"a"}', '2026-11-24', `${first} `, '9999-99-99T99:99:99.999Z#0'])(
    'are not shown for the cursor %j, which is none',
    async (cursor) => {
      await expect(trail.ask({ cursor })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    },
  );

  test('end where the reader has left', async () => {
    const left = new AbortController();
    const records = trail.search({ text: 'nowhere' }, left.signal)[Symbol.asyncIterator]();
    await records.next();
    const reads = trail.reads();
    left.abort(new Error('left'));
    await expect(records.next()).rejects.toThrow('left');
    expect(trail.reads() - reads).toBeLessThanOrEqual(16);
  });
});

test('what is over is not found, though the table has it still', async () => {
  await using trail = await trailOver([entry(1, 1)], { ttl: NOW / 1_000 - 1 });
  expect((await trail.ask({})).found).toEqual([]);
  expect((await trail.ask({ userId: maria.id })).found).toEqual([]);
});

test('what was tried at the door before the claim is found, and what cannot be there is not looked for', async () => {
  await using trail = await trailOver([entry(1, 24 * 20)], { claimedDaysAgo: 1 });
  expect((await trail.ask({})).found).toHaveLength(1);
  expect(trail.reads()).toBeLessThan(35);
});

describe('ten thousand entries', () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    entry(at, at / 40, at === 7_777 ? { statement: 'select the needle', user: ada } : {}),
  );
  let trail: Awaited<ReturnType<typeof trailOver>>;
  beforeAll(async () => {
    trail = await trailOver(many);
  }, 120_000);
  afterAll(() => trail[Symbol.asyncDispose]());

  test('are searched by text, page by page, and all at once', async () => {
    expect((await trail.ask({ text: 'NEEDLE', limit: 10 })).found).toEqual([many[7_777]]);
    expect((await trail.ask({ text: 'select 99' })).found).toHaveLength(111);
    expect((await trail.ask({ userId: ada.id })).found).toEqual([many[7_777]]);
  }, 60_000);

  test('give their first page by one question', async () => {
    const reads = trail.reads();
    const { found, next } = await trail.ask({ limit: 100, from: many[400]?.at });
    expect(ids(found)).toEqual(ids(many.slice(0, 100)));
    expect(next).toBe(many[99]?.id);
    expect(trail.reads() - reads).toBe(1);
  });

  test('are exported whole, a page in memory at a time', async () => {
    let [count, last] = [0, '~'];
    for await (const record of trail.search({}, never)) {
      if (record.type !== 'entry') continue;
      expect(record.entry.id < last).toBe(true);
      [count, last] = [count + 1, record.entry.id];
    }
    expect(count).toBe(10_000);
  }, 60_000);
});

test('a page of search does so much work and no more, and says where to go on', async () => {
  await using trail = await trailOver([entry(1, 24 * 900, { statement: 'select the needle' })], {
    claimedDaysAgo: 1_000,
  });
  const first = await trail.ask({ text: 'needle', limit: 10 });
  expect(first.found).toEqual([]);
  expect(trail.reads()).toBeLessThan(420);
  let cursor = first.next;
  const found: AuditEntry[] = [];
  while (cursor) {
    const page: typeof first = await trail.ask({ text: 'needle', limit: 10, cursor });
    found.push(...page.found);
    cursor = page.next;
  }
  expect(found).toHaveLength(1);
});
