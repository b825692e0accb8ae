import { setTimeout as wait } from 'node:timers/promises';
import { PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { AuditEntry } from '#contract/audit.ts';
import { dynamoAudit } from '#core/aws/audit/audit.ts';
import type { Deed } from '#core/ports/audit.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { sessionOf } from '../../../support/people.ts';
import { recordingLog, stoppedClock } from '../../../support/ports.ts';

const TABLE = 'lodge-test';
const { user } = sessionOf('editor');
const deed: Deed = {
  kind: 'statement',
  requestId: 'r-1',
  address: '192.0.2.1',
  user,
  resource: { id: 'arn:aws:rds:eu-central-1:111122223333:db:shop', engine: 'postgres', region: 'eu-central-1' },
  statement: 'select 1',
};

let dynamo: Awaited<ReturnType<typeof startDynamo>>;
beforeEach(async () => {
  dynamo = await startDynamo(TABLE);
});
afterEach(() => dynamo[Symbol.asyncDispose]());

/** A record over a table that refuses writes as told, by their number from 1. */
function record({
  refuses = (_write: number): boolean => false,
  tell = async (_entry: AuditEntry): Promise<void> => undefined,
} = {}) {
  const { log, lines } = recordingLog();
  const { clock } = stoppedClock('2026-11-24T10:00:00.000Z');
  let writes = 0;
  const client = Object.create(dynamo.documents, {
    send: {
      value: (command: PutCommand, options: object) => {
        writes += 1;
        if (refuses(writes))
          return Promise.reject(Object.assign(new Error('of a test'), { name: 'InternalServerError' }));
        return dynamo.documents.send(command, options);
      },
    },
  }) as typeof dynamo.documents;
  return { audit: dynamoAudit({ client, table: TABLE, tell, log, clock }), lines, writes: () => writes };
}

test('what is about to be done is in the table before anything is, in its day, with its end of life', async () => {
  const { audit } = record();
  await audit.begin(deed, 30);
  const [item] = await dynamo.items();
  expect(item).toMatchObject({
    ...deed,
    pk: 'AUDIT#2026-11-24',
    byUser: `AUDIT#USER#${user.id}`,
    outcome: 'begun',
    at: '2026-11-24T10:00:00.000Z',
    ttl: Date.parse('2026-12-24T10:00:00Z') / 1_000,
  });
  expect(item?.sk).toMatch(/^2026-11-24T10:00:00\.000Z#[0-9a-f]{16}$/);
});

test('its end completes the same item, whole', async () => {
  const { audit } = record();
  const { end } = await audit.begin(deed, 30);
  await end({
    outcome: 'succeeded',
    rows: 7,
    bytes: 120,
    databaseUser: 'app',
    consumed: [{ kind: 'read', units: 2.5 }],
  });
  const items = await dynamo.items();
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ ...deed, outcome: 'succeeded', rows: 7, bytes: 120, databaseUser: 'app' });
  expect(items[0]?.elapsedMs).toEqual(expect.any(Number));
});

test('whom a sign-in turns out to be is found by the index from then on', async () => {
  const { audit } = record();
  const { end } = await audit.begin({ kind: 'sign-in', requestId: 'r', address: '192.0.2.1' }, 30);
  expect((await dynamo.items())[0]).not.toHaveProperty('byUser');
  await end({ outcome: 'refused', code: 'ACCOUNT_REFUSED', user });
  expect((await dynamo.items())[0]).toMatchObject({ user, byUser: `AUDIT#USER#${user.id}` });
});

test('where it cannot be written, it is said so, and nobody is told', async () => {
  const told: AuditEntry[] = [];
  const { audit, lines } = record({ refuses: () => true, tell: async (entry) => void told.push(entry) });
  await expect(audit.begin(deed, 30)).rejects.toMatchObject({ code: 'AUDIT_FAILED', status: 503 });
  expect([lines, told]).toEqual([[], []]);
});

test('an end that is refused once is written at the second try', async () => {
  const { audit, writes } = record({ refuses: (write) => write === 2 });
  const { end } = await audit.begin(deed, 30);
  await end({ outcome: 'succeeded' });
  expect(writes()).toBe(3);
  expect((await dynamo.items())[0]).toMatchObject({ outcome: 'succeeded' });
});

test('an end that cannot be written does not fail, and stands in the log', async () => {
  const { audit, lines } = record({ refuses: (write) => write > 1 });
  const { end } = await audit.begin(deed, 30);
  await end({ outcome: 'cut', rows: 3 });
  expect(lines.map(({ level, message, fields }) => [level, message, fields.audit?.outcome, fields.code])).toEqual([
    ['info', 'audit', 'begun', undefined],
    ['info', 'audit', 'cut', undefined],
    ['error', 'audit end not written', undefined, 'AUDIT_FAILED'],
  ]);
});

test('the log and the bus hear of both moments', async () => {
  const told: AuditEntry[] = [];
  const { audit, lines } = record({ tell: async (entry) => void told.push(entry) });
  const { end } = await audit.begin(deed, 30);
  await end({ outcome: 'failed', code: 'STATEMENT_FAILED' });
  expect(told.map(({ outcome }) => outcome)).toEqual(['begun', 'failed']);
  expect(lines.map(({ fields }) => fields.audit)).toEqual(told);
  for (const entry of told) expect(AuditEntry.parse(entry)).toEqual(entry);
});

test('the bus hears of a deed that does not end, a moment after it has begun', async () => {
  const told: AuditEntry[] = [];
  const { audit } = record({ tell: async (entry) => void told.push(entry) });
  await audit.begin(deed, 30);
  expect(told).toEqual([]);
  while (told.length === 0) await wait(5);
  expect(told).toMatchObject([{ outcome: 'begun' }]);
});

test('a deed does not wait until the bus has heard, but its end does', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { audit } = record({ tell: () => promise });
  const { end } = await audit.begin(deed, 30);
  let ended = false;
  const ending = end({ outcome: 'succeeded' }).then(() => {
    ended = true;
  });
  while (!(await dynamo.items()).some(({ outcome }) => outcome === 'succeeded')) await wait(5);
  expect(ended).toBe(false);
  resolve();
  await ending;
});

test('two deeds of one millisecond are two records', async () => {
  const { audit } = record();
  await Promise.all([audit.begin(deed, 30), audit.begin(deed, 30)]);
  expect(await dynamo.items()).toHaveLength(2);
});

test('the largest statement there is fits into an item', async () => {
  const { audit } = record();
  const { end } = await audit.begin({ ...deed, statement: '語'.repeat(50_000), change: '語'.repeat(10_000) }, 30);
  await end({ outcome: 'succeeded' });
  const put: PutCommandInput = { TableName: TABLE, Item: { ...(await dynamo.items())[0], pk: 'again' } };
  await expect(dynamo.documents.send(new PutCommand(put))).resolves.toBeDefined();
});
