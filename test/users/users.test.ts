import type { UserChange } from '#contract/people.ts';
import type { Role } from '#contract/roles.ts';
import { serve } from '#core/http/serve.ts';
import type { UserRecord } from '#core/ports/store.ts';
import { users } from '../../lambdas/users/users.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance, memoryAudit, memoryStore, recordingLog } from '../support/ports.ts';
import { jsonOf, request } from '../support/requests.ts';

const SEEN = { firstSeenAt: '2026-11-23T09:00:00.000Z', lastSeenAt: '2026-11-24T09:00:00.000Z' };
const person = (name: string, role: Role): UserRecord => ({
  id: `aws:111122223333:AIDA${name.toUpperCase()}`,
  arn: `arn:aws:iam::111122223333:user/${name}`,
  name,
  kind: 'user',
  role,
  alias: 'harbour',
  lastAddress: '192.0.2.7',
  ...SEEN,
});
const [ada, bob, cleo] = [person('ada', 'administrator'), person('bob', 'editor'), person('cleo', 'reader')];

/** The routes as somebody of a role calls them. */
function house(role: Role = 'administrator', { audit, entries } = memoryAudit()) {
  const { store, users: records, calls } = memoryStore({ instance: claimedInstance, users: [ada, bob, cleo] });
  const guard = { open: async () => sessionOf(role), role: async () => role };
  const app = serve(users({ store, audit }), guard, recordingLog());
  return {
    records,
    calls,
    entries,
    list: (json: object) => app(request('POST', '/api/users', { json })),
    change: (id: string, change: UserChange) => app(request('PATCH', '/api/users', { json: { id, change } })),
  };
}

test('an administrator sees who has signed in: who, in which role, since when, and from where', async () => {
  expect(await jsonOf(await house().list({}))).toEqual({ users: [ada, bob, cleo] });
});

test('page by page, and by a text', async () => {
  const { list } = house();
  const first = await jsonOf(await list({ limit: 2 }));
  expect(first.users).toEqual([ada, bob]);
  expect(await jsonOf(await list({ limit: 2, cursor: first.next }))).toEqual({ users: [cleo] });
  expect((await jsonOf(await list({ text: 'user/B' }))).users).toEqual([bob]);
});

test('each change is answered with what is so then', async () => {
  const { change } = house();
  const now = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  expect(await jsonOf(await change(bob.id, { kind: 'role', role: 'reader' }))).toEqual({ ...bob, role: 'reader' });
  expect(await jsonOf(await change(cleo.id, { kind: 'end-sessions' }))).toEqual({ ...cleo, sessionsEndedAt: now });
  const blocked = { ...cleo, sessionsEndedAt: now, blockedAt: now };
  expect(await jsonOf(await change(cleo.id, { kind: 'block' }))).toEqual(blocked);
  expect(await jsonOf(await change(cleo.id, { kind: 'unblock' }))).toEqual({ ...cleo, sessionsEndedAt: now });
});

test.each<[code: string, status: number, id: string, change: UserChange]>([
  ['LAST_ADMINISTRATOR', 409, ada.id, { kind: 'role', role: 'editor' }],
  ['LAST_ADMINISTRATOR', 409, ada.id, { kind: 'block' }],
  ['USER_NOT_FOUND', 404, 'aws:111122223333:AIDANOBODY', { kind: 'role', role: 'reader' }],
])('%s refuses, and changes nothing', async (code, status, id, change) => {
  const { change: ask, records } = house();
  const answer = await ask(id, change);
  expect([answer.status, (await jsonOf(answer)).code]).toEqual([status, code]);
  expect([...records.values()]).toEqual([ada, bob, cleo]);
});

test.each(['editor', 'reader'] as const)('who is %s neither sees users nor changes them', async (role) => {
  const { list, change, calls } = house(role);
  for (const answer of [await list({}), await change(bob.id, { kind: 'role', role: 'administrator' })])
    expect([answer.status, (await jsonOf(answer)).code]).toEqual([403, 'ROLE_REQUIRED']);
  expect(calls).toEqual([]);
});

test('what a page or a change cannot be is refused before the table is asked', async () => {
  const { list, change, calls } = house();
  for (const json of [{ limit: 0 }, { limit: 501 }, { text: ' ' }, { cursor: '' }, { cursor: 'x'.repeat(2_001) }])
    expect((await list(json)).status).toBe(400);
  expect((await change(bob.id, { kind: 'role', role: 'king' as Role })).status).toBe(400);
  expect(calls).toEqual([]);
});

test('each change leaves a record: who did what to whom, refused ones too', async () => {
  const { change, entries } = house();
  await change(bob.id, { kind: 'role', role: 'reader' });
  await change(cleo.id, { kind: 'block' });
  await change(ada.id, { kind: 'role', role: 'editor' });
  await change('aws:111122223333:AIDANOBODY', { kind: 'unblock' });
  expect(entries.map(({ kind, outcome, subject, change: told, code }) => [kind, outcome, subject, told, code])).toEqual(
    [
      ['user-change', 'succeeded', bob.arn, 'role of bob: editor → reader', undefined],
      ['user-change', 'succeeded', cleo.arn, 'cleo blocked', undefined],
      ['user-change', 'refused', ada.arn, 'role of ada: administrator → editor', 'LAST_ADMINISTRATOR'],
      ['user-change', 'refused', 'aws:111122223333:AIDANOBODY', 'somebody unknown unblocked', 'USER_NOT_FOUND'],
    ],
  );
  expect(entries[0]).toMatchObject({ user: sessionOf('administrator').user, role: 'administrator' });
});

test('a change whose record cannot be written is not made', async () => {
  const { change, records } = house('administrator', memoryAudit({ failing: true }));
  expect((await change(bob.id, { kind: 'role', role: 'reader' })).status).toBe(503);
  expect(records.get(bob.id)?.role).toBe('editor');
});
