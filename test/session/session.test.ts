import { SessionView } from '#contract/people.ts';
import { serve } from '#core/http/serve.ts';
import type { Instance, UserRecord } from '#core/ports/store.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { signOut } from '../../lambdas/session/sign-out.ts';
import { whoAmI } from '../../lambdas/session/who-am-i.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance, memoryStore, ownDataKeys, recordingLog, stoppedClock } from '../support/ports.ts';
import { cookieHeader, jsonOf, request } from '../support/requests.ts';

const { user, account } = sessionOf('reader');
const record: UserRecord = {
  ...user,
  role: 'editor',
  firstSeenAt: '2026-11-23T09:00:00Z',
  lastSeenAt: '2026-11-23T09:00:00Z',
};

async function house(initial: { instance?: Instance; users?: UserRecord[] } = {}) {
  const dataKeys = ownDataKeys();
  const { clock, pass } = stoppedClock();
  const { store, users } = memoryStore(initial);
  const ports = { dataKeys, clock, store };
  const app = serve({ whoAmI: whoAmI(), signOut: signOut() }, guard(ports), recordingLog());
  const credentials = {
    accessKeyId: 'ASIATESTONLY00000001',
    secretAccessKey: 'secret-of-a-test',
    sessionToken: 'token-of-a-test',
  };
  const span = { issuedAt: clock(), expiresAt: new Date(clock().getTime() + 3_600_000) };
  const { token } = await sealSession(dataKeys, { user, account, credentials, ...span });
  const cookie = cookieHeader({ cookies: sessionCookies(token, span) });
  return { app, cookie, token, pass, users };
}

const ask = (cookie?: string) => request('GET', '/api/session', cookie ? { headers: { cookie } } : {});

test('a session says who, in which role, of which account, until when', async () => {
  const { app, cookie } = await house({ instance: claimedInstance, users: [record] });
  const answer = await app(ask(cookie));
  expect(answer.status).toBe(200);
  expect(SessionView.parse(await jsonOf(answer))).toEqual({
    user,
    account,
    role: 'editor',
    expiresAt: '2026-11-23T11:00:00.000Z',
    instance: { claimed: true, name: 'Harbour' },
    regions: ['eu-central-1', 'us-east-1'],
    limits: claimedInstance.limits,
    automates: false,
  });
});

test('before the claim it says so, without a role', async () => {
  const { app, cookie } = await house();
  const view = await jsonOf(await app(ask(cookie)));
  expect(view.instance.claimed).toBe(false);
  expect(view).not.toHaveProperty('role');
});

test('a role that was changed shows within seconds', async () => {
  const { app, cookie, users, pass } = await house({ instance: claimedInstance, users: [record] });
  await app(ask(cookie));
  users.set(user.id, { ...record, role: 'reader' });
  pass(5);
  expect((await jsonOf(await app(ask(cookie)))).role).toBe('reader');
});

test('a bearer token says the same', async () => {
  const { app, token } = await house({ instance: claimedInstance, users: [record] });
  const answer = await app(request('GET', '/api/session', { headers: { authorization: `Bearer ${token}` } }));
  expect((await jsonOf(answer)).user).toEqual(user);
});

test('nobody is nobody, and a session that has ended is over', async () => {
  const { app, cookie, pass } = await house({ instance: claimedInstance, users: [record] });
  expect((await jsonOf(await app(ask()))).code).toBe('SESSION_MISSING');
  pass(3_600);
  const ended = await app(ask(cookie));
  expect([ended.status, (await jsonOf(ended)).code]).toEqual([401, 'SESSION_EXPIRED']);
});

test('asking does not prolong a session', async () => {
  const { app, cookie, pass } = await house({ instance: claimedInstance, users: [record] });
  pass(3_000);
  const answer = await app(ask(cookie));
  expect(answer.cookies).toEqual([]);
  expect((await jsonOf(answer)).expiresAt).toBe('2026-11-23T11:00:00.000Z');
});

test('signing out clears both cookies, whoever asks', async () => {
  const { app, cookie } = await house();
  for (const headers of [{ cookie }, { cookie: '__Host-lodge-session-0=garbage' }, {}] as Record<string, string>[]) {
    const answer = await app(request('DELETE', '/api/session', { headers }));
    expect(answer.status).toBe(204);
    expect(answer.cookies).toHaveLength(2);
    for (const cleared of answer.cookies) expect(cleared).toMatch(/^__Host-lodge-session-[01]=; .*Max-Age=0$/);
  }
});

test("a foreign page's form does not sign anybody out", async () => {
  const { app } = await house();
  const answer = await app(request('DELETE', '/api/session', { headers: { 'sec-fetch-site': 'cross-site' } }));
  expect([answer.status, answer.cookies]).toEqual([403, []]);
});
