import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { AppError } from '#contract/errors.ts';
import type { DataKeys } from '#core/ports/data-keys.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { seal } from '#core/session/sealed.ts';
import { openSession, sealSession } from '#core/session/session-token.ts';
import { shopClaims } from '../../support/databases.ts';
import { ownDataKeys } from '../../support/ports.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const later = new Date('2026-11-23T11:00:00.000Z');

const made = (changes: { name?: string; token?: number; expiresAt?: Date } = {}) => ({
  user: {
    id: `aws:111122223333:AIDA${changes.name ?? 'ADA'}`,
    arn: 'arn:aws:iam::111122223333:user/ada',
    name: changes.name ?? 'ada',
    kind: 'user' as const,
  },
  account: { id: '111122223333', alias: 'harbour' },
  credentials: {
    accessKeyId: 'ASIATESTONLY00000001',
    secretAccessKey: 'secret-of-a-test-only',
    sessionToken: randomBytes(changes.token ?? 300)
      .toString('base64')
      .slice(0, changes.token ?? 300),
  },
  issuedAt: now,
  expiresAt: changes.expiresAt ?? later,
});

/** Counts what is asked of the keys. */
function counted(dataKeys: DataKeys = ownDataKeys()) {
  const calls = { generate: [] as Record<string, string>[], unwrap: [] as Record<string, string>[] };
  const counting: DataKeys = {
    generate: (context) => {
      calls.generate.push(context);
      return dataKeys.generate(context);
    },
    unwrap: (wrapped, context) => {
      calls.unwrap.push(context);
      return dataKeys.unwrap(wrapped, context);
    },
  };
  return { dataKeys: counting, calls };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof AppError ? error.code : `not ours: ${error}`),
  );

test('a sealed session opens as it was made, with the key it was sealed with', async () => {
  const { dataKeys } = counted();
  const { session, token } = await sealSession(dataKeys, made());
  const opened = await openSession(dataKeys, token, now);
  expect(opened).toEqual({ ...session, key: expect.anything() });
  expect(Buffer.from(opened.key)).toEqual(Buffer.from(session.key));
});

test('a session token of 4,096 bytes is sealed whole', async () => {
  const { dataKeys } = counted();
  const { session, token } = await sealSession(dataKeys, made({ token: 4_096 }));
  expect(session.credentials.sessionToken).toHaveLength(4_096);
  expect((await openSession(dataKeys, token, now)).credentials).toEqual(session.credentials);
  expect(token.length).toBeGreaterThan(4_096);
});

test('each session has its own id and its own data key, bound to it and to its user', async () => {
  const { dataKeys, calls } = counted();
  const one = await sealSession(dataKeys, made());
  const two = await sealSession(dataKeys, made());
  expect(one.session.id).not.toBe(two.session.id);
  expect(Buffer.from(one.session.key).equals(Buffer.from(two.session.key))).toBe(false);
  expect(calls.generate[0]).toEqual({ 'lodge:session': one.session.id, 'lodge:user': one.session.user.id });
  await openSession(dataKeys, one.token, now);
  expect(calls.unwrap[0]).toEqual(calls.generate[0]);
});

test('a session that has ended is refused without asking for its key', async () => {
  const { dataKeys, calls } = counted();
  const { token } = await sealSession(dataKeys, made());
  expect(await codeOf(openSession(dataKeys, token, new Date(later.getTime() - 1)))).toBe('opened');
  expect(await codeOf(openSession(dataKeys, token, later))).toBe('SESSION_EXPIRED');
  expect(calls.unwrap).toHaveLength(1);
});

test('the end in the header cannot be moved', async () => {
  const { dataKeys } = counted();
  const { token } = await sealSession(dataKeys, made());
  const [head = '', ...rest] = token.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString());
  const moved = Buffer.from(JSON.stringify({ ...header, exp: header.exp + 3_600_000 })).toString('base64url');
  expect(await codeOf(openSession(dataKeys, [moved, ...rest].join('.'), later))).toBe('SESSION_INVALID');
});

test('a session of another instance is not valid here', async () => {
  const { token } = await sealSession(counted().dataKeys, made());
  expect(await codeOf(openSession(counted().dataKeys, token, now))).toBe('SESSION_INVALID');
});

test('a connection token is not a session', async () => {
  const { dataKeys } = counted();
  const { session } = await sealSession(dataKeys, made());
  const connection = await sealConnection(session, shopClaims);
  expect(await codeOf(openSession(dataKeys, connection, now))).toBe('SESSION_INVALID');
});

test('a user cannot seal a session of somebody else with a key of their own', async () => {
  const { dataKeys } = counted();
  const { session, token } = await sealSession(dataKeys, made());
  const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
  const other = { ...made({ name: 'BOB' }), iat: now.getTime() };
  // Somebody who had learnt the data key still cannot name another user: the header's and the content's must agree.
  const forged = await seal({ ...header, uid: session.user.id }, other, session.key);
  expect(await codeOf(openSession(dataKeys, forged, now))).toBe('SESSION_INVALID');
});

test('a content of another shape is not a session', async () => {
  const { dataKeys } = counted();
  const { session, token } = await sealSession(dataKeys, made());
  const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
  for (const content of [null, [], 'text', {}, { user: session.user }])
    expect(await codeOf(openSession(dataKeys, await seal(header, content, session.key), now))).toBe('SESSION_INVALID');
});

describe('whatever is done to a token', () => {
  const { dataKeys } = counted();
  let token = '';
  let other = '';
  beforeAll(async () => {
    token = (await sealSession(dataKeys, made())).token;
    other = (await sealSession(dataKeys, made({ name: 'BOB' }))).token;
  });
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ é'];

  const refused = async (altered: string) => {
    if (altered === token || altered === other) return;
    expect(['SESSION_INVALID', 'SESSION_EXPIRED']).toContain(await codeOf(openSession(dataKeys, altered, now)));
  };

  test('one with a changed character is refused', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...alphabet), async (at, character) => {
        const place = at % token.length;
        await refused(token.slice(0, place) + character + token.slice(place + 1));
      }),
      { numRuns: 400 },
    ));

  test('one with a character too many is refused', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...alphabet), async (at, character) => {
        const place = at % (token.length + 1);
        await refused(token.slice(0, place) + character + token.slice(place));
      }),
      { numRuns: 200 },
    ));

  test('one that was cut anywhere is refused', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (from, to) => {
        const [start = 0, end = 0] = [from % token.length, to % token.length].sort((a, b) => a - b);
        await refused(token.slice(start, end));
      }),
      { numRuns: 200 },
    ));

  test('one with parts of another session is refused', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), async (swaps) => {
        const parts = token.split('.');
        await refused(parts.map((part, at) => (swaps[at] ? (other.split('.')[at] ?? '') : part)).join('.'));
      }),
    ));

  test('any text at all is refused', () =>
    fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), refused), { numRuns: 200 }));
});
