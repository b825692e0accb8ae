import fc from 'fast-check';
import { AppError } from '#contract/errors.ts';
import type { Session } from '#core/http/handler.ts';
import type { Instance, UserRecord } from '#core/ports/store.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { sessionOf } from '../../support/people.ts';
import { claimedInstance, memoryStore, ownDataKeys, stoppedClock } from '../../support/ports.ts';
import { cookieHeader } from '../../support/requests.ts';

const dataKeys = ownDataKeys();

function house(initial: { instance?: Instance; users?: readonly UserRecord[] } = {}) {
  const { store, calls, users } = memoryStore(initial);
  const { clock, pass } = stoppedClock();
  return { guard: guard({ dataKeys, store, clock }), calls, users, clock, pass };
}

async function signedIn(clock: () => Date, changes: Partial<Session> = {}) {
  const { user, account } = { ...sessionOf('reader'), ...changes };
  const issuedAt = changes.issuedAt ?? clock();
  const expiresAt = new Date(clock().getTime() + 3_600_000);
  const credentials = {
    accessKeyId: 'ASIATESTONLY00000001',
    secretAccessKey: 'secret-of-a-test',
    sessionToken: 'token',
  };
  const { session, token } = await sealSession(dataKeys, { user, account, credentials, issuedAt, expiresAt });
  const cookie = cookieHeader({ cookies: sessionCookies(token, session) });
  return { session, token, cookie };
}

const record = (changes: Partial<UserRecord> = {}): UserRecord => ({
  ...sessionOf('reader').user,
  role: 'editor',
  firstSeenAt: '2026-11-23T09:00:00.000Z',
  lastSeenAt: '2026-11-23T09:00:00.000Z',
  ...changes,
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof AppError ? error.code : `not ours: ${error}`),
  );

describe('opening', () => {
  test('a session is carried by cookie or as a bearer token', async () => {
    const { guard, clock } = house();
    const { session, token, cookie } = await signedIn(clock);
    for (const headers of [{ cookie }, { authorization: `Bearer ${token}` }])
      expect((await guard.open({ method: 'GET', headers })).id).toBe(session.id);
  });

  test('a request without one is told to sign in', async () => {
    expect(await codeOf(house().guard.open({ method: 'GET', headers: {} }))).toBe('SESSION_MISSING');
  });

  test('an unsafe request by cookie must prove where it comes from', async () => {
    const { guard, clock } = house();
    const { cookie } = await signedIn(clock);
    const open = (headers: Record<string, string>) =>
      codeOf(guard.open({ method: 'POST', headers: { cookie, ...headers } }));
    expect(await open({})).toBe('ORIGIN_REFUSED');
    expect(await open({ 'x-lodge-request': '1' })).toBe('opened');
    expect(await open({ 'x-lodge-request': '1', 'sec-fetch-site': 'same-origin' })).toBe('opened');
    expect(await open({ 'x-lodge-request': '1', 'sec-fetch-site': 'same-site' })).toBe('ORIGIN_REFUSED');
    expect(await open({ 'x-lodge-request': '1', 'sec-fetch-site': 'cross-site' })).toBe('ORIGIN_REFUSED');
    expect(await open({ 'sec-fetch-site': 'same-origin' })).toBe('ORIGIN_REFUSED');
  });

  test('an unsafe request by bearer token needs no such proof', async () => {
    const { guard, clock } = house();
    const { token } = await signedIn(clock);
    const headers = { authorization: `Bearer ${token}` };
    expect(await codeOf(guard.open({ method: 'DELETE', headers }))).toBe('opened');
  });

  test('a session lasts until its end, absolutely', async () => {
    const { guard, clock, pass } = house();
    const { cookie } = await signedIn(clock);
    pass(3_599);
    expect(await codeOf(guard.open({ method: 'GET', headers: { cookie } }))).toBe('opened');
    pass(1);
    expect(await codeOf(guard.open({ method: 'GET', headers: { cookie } }))).toBe('SESSION_EXPIRED');
  });

  test('whatever is done to the cookies, the answer is 401 and the table is not asked', async () => {
    const { guard, clock, calls } = house({ instance: claimedInstance, users: [record()] });
    const { cookie } = await signedIn(clock);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...'Aa0-_.;= ', ''), async (at, character) => {
        // From the first character of the value on: names are not part of what was sealed.
        const from = '__Host-lodge-session-0='.length;
        const place = from + (at % (cookie.length - from));
        const altered = cookie.slice(0, place) + character + cookie.slice(place + 1);
        fc.pre(altered.trim() !== cookie.trim());
        const error = await guard.open({ method: 'GET', headers: { cookie: altered } }).catch((thrown) => thrown);
        expect(error).toBeInstanceOf(AppError);
        expect(error.status).toBe(401);
      }),
      { numRuns: 300 },
    );
    expect(calls).toEqual([]);
  });
});

describe('the role', () => {
  test('is read from the table', async () => {
    const { guard, clock } = house({ instance: claimedInstance, users: [record({ role: 'editor' })] });
    expect(await guard.role((await signedIn(clock)).session)).toBe('editor');
  });

  test('is read anew for each request, so that a role taken away counts at once', async () => {
    const { guard, clock, users, calls } = house({ instance: claimedInstance, users: [record()] });
    const { session } = await signedIn(clock);
    expect(await guard.role(session)).toBe('editor');
    users.set(session.user.id, record({ role: 'reader' }));
    expect(await guard.role(session)).toBe('reader');
    expect(calls).toEqual(['standing', 'standing']);
  });

  test('of somebody who is blocked is none, with every session, and again one when they are unblocked', async () => {
    const { guard, clock, users, pass } = house({ instance: claimedInstance, users: [record()] });
    const before = (await signedIn(clock)).session;
    const at = clock().toISOString();
    users.set(before.user.id, record({ blockedAt: at, sessionsEndedAt: at }));
    pass(1);
    const after = (await signedIn(clock)).session;
    for (const session of [before, after]) expect(await codeOf(guard.role(session))).toBe('USER_BLOCKED');
    users.set(before.user.id, record({ sessionsEndedAt: at }));
    expect(await codeOf(guard.role(before))).toBe('SESSION_EXPIRED');
    expect(await codeOf(guard.role(after))).toBe('opened');
  });

  test('of a session that has ended meanwhile is none, and the table is not asked', async () => {
    const { guard, clock, pass, calls } = house({ instance: claimedInstance, users: [record()] });
    const { session } = await signedIn(clock);
    pass(3_600);
    expect(await codeOf(guard.role(session))).toBe('SESSION_EXPIRED');
    expect(calls).toEqual([]);
  });

  test('of sessions that an administrator has ended is none', async () => {
    const { guard, clock, pass, users } = house({ instance: claimedInstance, users: [record()] });
    const { session } = await signedIn(clock);
    users.set(session.user.id, record({ sessionsEndedAt: clock().toISOString() }));
    expect(await codeOf(guard.role(session))).toBe('SESSION_EXPIRED');
    pass(1);
    expect(await codeOf(guard.role((await signedIn(clock)).session))).toBe('opened');
  });

  test('of anybody is none while the instance is not claimed', async () => {
    const { guard, clock } = house();
    expect(await codeOf(guard.role((await signedIn(clock)).session))).toBe('NOT_CLAIMED');
  });

  test('of somebody who signed in before the claim is none until they sign in again, so that they are seen', async () => {
    const { guard, clock, users } = house({ instance: claimedInstance });
    const { session } = await signedIn(clock, { issuedAt: new Date('2026-11-23T07:59:00Z') });
    await expect(guard.role(session)).rejects.toMatchObject({
      code: 'SESSION_EXPIRED',
      message: 'This instance has been claimed since you signed in. Sign in again.',
    });
    users.set(session.user.id, record({ role: 'administrator' }));
    expect(await guard.role(session)).toBe('administrator');
  });

  test('of somebody of another account who signed in before the claim is none', async () => {
    const { guard, clock } = house({ instance: claimedInstance });
    const user = { ...sessionOf('reader').user, id: 'aws:999988887777:AIDAFOREIGN' };
    const { session } = await signedIn(clock, { user, issuedAt: new Date('2026-11-23T07:59:00Z') });
    expect(await codeOf(guard.role(session))).toBe('ACCOUNT_REFUSED');
    const gov = { ...user, id: 'aws-us-gov:111122223333:AIDAFOREIGN' };
    expect(await codeOf(guard.role({ ...session, user: gov }))).toBe('ACCOUNT_REFUSED');
  });

  test('of somebody whose record was taken away is none', async () => {
    const { guard, clock } = house({ instance: claimedInstance });
    expect(await codeOf(guard.role((await signedIn(clock)).session))).toBe('SESSION_EXPIRED');
  });
});
