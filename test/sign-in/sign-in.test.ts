import { randomBytes } from 'node:crypto';
import type { AccessView } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import { SessionView } from '#contract/people.ts';
import { ANY_ACCOUNT, ENV, readEnvironment } from '#core/env.ts';
import { serve } from '#core/http/serve.ts';
import type { Attempts } from '#core/ports/attempts.ts';
import type { Identity } from '#core/ports/identity.ts';
import type { Instance, UserRecord } from '#core/ports/store.ts';
import { guard } from '#core/session/guard.ts';
import { signIn } from '../../lambdas/sign-in/sign-in.ts';
import {
  claimedInstance,
  countedAttempts,
  fakeIdentity,
  memoryAudit,
  memoryStore,
  ownDataKeys,
  recordingLog,
  stoppedClock,
} from '../support/ports.ts';
import { cookieHeader, jsonOf, request } from '../support/requests.ts';

const longTerm = { accessKeyId: 'AKIATESTONLY00000001', secretAccessKey: 'long-term-secret-of-a-test' };
const temporary = {
  accessKeyId: 'ASIATESTONLY00000001',
  secretAccessKey: 'temporary-secret-of-a-test',
  sessionToken: 'a-session-token-of-a-test',
};
const ada: UserRecord = {
  id: 'aws:111122223333:AIDATESTONLY000000001',
  arn: 'arn:aws:iam::111122223333:user/ada',
  name: 'ada',
  kind: 'user',
  role: 'editor',
  firstSeenAt: '2026-11-20T10:00:00.000Z',
  lastSeenAt: '2026-11-20T10:00:00.000Z',
};

const bound = { [ENV.accountId]: '111122223333' };

interface House {
  readonly instance?: Instance;
  readonly users?: readonly UserRecord[];
  readonly caller?: Parameters<typeof fakeIdentity>[0];
  readonly settings?: Record<string, string>;
  readonly changes?: Partial<Identity>;
  readonly counting?: Partial<Attempts>;
  readonly access?: AccessView;
  readonly recording?: ReturnType<typeof memoryAudit>;
}

function house({
  instance,
  users,
  caller,
  settings = bound,
  changes = {},
  counting = {},
  access,
  recording = memoryAudit(),
}: House = {}) {
  const dataKeys = ownDataKeys();
  const {
    store,
    calls: stored,
    users: records,
  } = memoryStore({
    ...(instance && { instance }),
    ...(users && { users }),
    ...(access && { access }),
  });
  const { identity, calls } = fakeIdentity(caller);
  const { clock } = stoppedClock();
  const { attempts, told } = countedAttempts();
  const { log, lines } = recordingLog();
  const { audit, entries } = recording;
  const ports = {
    attempts: { ...attempts, ...counting },
    identity: { ...identity, ...changes },
    dataKeys,
    store,
    audit,
    clock,
    log,
  };
  const handlers = { signIn: signIn(ports, readEnvironment(settings)) };
  const door = guard(ports);
  const app = serve(handlers, door, { log });
  const post = (json: unknown) => app(request('POST', '/api/session', { json }));
  return { post, door, calls, stored, records, lines, told, clock, entries };
}

/** The session that an answer's cookies carry. */
const opened = (door: ReturnType<typeof guard>, answer: { cookies: readonly string[] }) =>
  door.open({ method: 'GET', headers: { cookie: cookieHeader(answer) } });

test('long-term keys are exchanged at once, and only the temporary ones are sealed', async () => {
  const { post, door, calls } = house();
  const answer = await post(longTerm);
  expect(answer.status).toBe(201);
  expect(calls.map(([name]) => name)).toEqual(['whoIs', 'alias', 'exchange']);
  for (const [, keys] of calls) expect(keys).toEqual(longTerm);
  expect(calls[2]?.[2]).toBe(3_600);
  const { credentials } = await opened(door, answer);
  expect(credentials.accessKeyId).toBe('ASIAEXCHANGED0000001');
});

test('temporary keys are used as they are', async () => {
  const { post, door, calls } = house();
  const answer = await post(temporary);
  expect(calls.map(([name]) => name)).toEqual(['whoIs', 'alias']);
  const { credentials, expiresAt } = await opened(door, answer);
  expect(credentials).toEqual(temporary);
  expect(expiresAt).toEqual(new Date('2026-11-23T11:00:00Z'));
});

test('a session token of 4,096 bytes travels in two cookies and comes back whole', async () => {
  const { post, door } = house();
  const sessionToken = randomBytes(4_096).toString('base64').slice(0, 4_096);
  const answer = await post({ ...temporary, sessionToken });
  expect(answer.cookies.every((cookie) => /^__Host-lodge-session-[01]=[^;]+;/.test(cookie))).toBe(true);
  expect((await opened(door, answer)).credentials.sessionToken).toBe(sessionToken);
});

test('a session token that no browser could carry is refused kindly', async () => {
  const { post } = house();
  const answer = await post({ ...temporary, sessionToken: 'x'.repeat(8_000) });
  expect(answer.status).toBe(400);
  expect((await jsonOf(answer)).details.fields).toEqual([
    { path: 'body.sessionToken', message: 'is longer than the cookies of a browser hold' },
  ]);
});

test('before the claim nothing is stored, and there is no role', async () => {
  const { post, stored } = house();
  const view = SessionView.parse(await jsonOf(await post(longTerm)));
  expect(view).toEqual({
    user: { id: ada.id, arn: ada.arn, name: 'ada', kind: 'user' },
    account: { id: '111122223333', alias: 'harbour' },
    expiresAt: '2026-11-23T11:00:00.000Z',
    instance: { claimed: false, name: 'Lodge' },
    regions: [],
  });
  expect(stored).toEqual(['instance']);
});

test('after it, a new user reads, and is noted', async () => {
  const { post, stored } = house({ instance: claimedInstance });
  const view = await jsonOf(await post(longTerm));
  expect(view).toMatchObject({
    role: 'reader',
    instance: { claimed: true, name: 'Harbour' },
    regions: claimedInstance.regions,
  });
  expect(stored).toEqual(['instance', 'user', 'access', 'seen']);
});

test('a known user keeps their role', async () => {
  const { post } = house({ instance: claimedInstance, users: [ada] });
  expect(await jsonOf(await post(longTerm))).toMatchObject({ role: 'editor' });
});

test('who they are, the name of their account and where they come from are noted at each sign-in', async () => {
  const before = { ...ada, arn: 'arn:aws:iam::111122223333:user/old', alias: 'old', lastAddress: '198.51.100.7' };
  const { post, records } = house({ instance: claimedInstance, users: [before] });
  await post(longTerm);
  expect(records.get(ada.id)).toMatchObject({ arn: ada.arn, alias: 'harbour', lastAddress: '192.0.2.1' });
  expect(records.get(ada.id)).toMatchObject({ role: 'editor', firstSeenAt: ada.firstSeenAt });
});

describe('the rules', () => {
  const access: AccessView = {
    rules: [{ when: { kind: 'tag', key: 'team', pattern: 'data' }, role: 'editor' }],
    narrowings: [],
    revision: 1,
  };

  test('give somebody new their role, read with the keys as they were typed and before these are given up', async () => {
    const { post, calls, lines } = house({ instance: claimedInstance, access, caller: { tags: { team: 'data' } } });
    expect(await jsonOf(await post(longTerm))).toMatchObject({ role: 'editor' });
    expect(calls.map(([name]) => name)).toEqual(['whoIs', 'alias', 'tags', 'exchange']);
    for (const [, keys] of calls) expect(keys).toEqual(longTerm);
    expect(lines.map(({ message, fields }) => ({ message, ...fields }))).toContainEqual({
      message: 'first sign-in',
      requestId: 'request-1',
      user: ada.id,
      role: 'editor',
      rule: 1,
      lacking: [],
      unanswered: [],
    });
  });

  test('say in the log which permission was missing, and give no more for it', async () => {
    const tags = new AppError('AWS_DENIED', { details: { action: 'iam:ListUserTags' } });
    const { post, lines } = house({ instance: claimedInstance, access, caller: { tags } });
    expect(await jsonOf(await post(longTerm))).toMatchObject({ role: 'reader' });
    expect(lines[0]?.fields).toMatchObject({ role: 'reader', lacking: ['iam:ListUserTags'] });
    expect(lines[0]?.fields).not.toHaveProperty('rule');
  });

  test('never touch somebody who is known already, whatever has become of the rules or the tags', async () => {
    const { post, calls, stored } = house({
      instance: claimedInstance,
      users: [{ ...ada, role: 'reader' }],
      access,
      caller: { tags: { team: 'data' } },
    });
    expect(await jsonOf(await post(longTerm))).toMatchObject({ role: 'reader' });
    expect(calls.map(([name]) => name)).not.toContain('tags');
    expect(stored).toEqual(['instance', 'user', 'seen']);
  });

  test('are not looked at before the claim', async () => {
    const { post, calls } = house({ access, caller: { tags: { team: 'data' } } });
    expect(await jsonOf(await post(longTerm))).not.toHaveProperty('role');
    expect(calls.map(([name]) => name)).not.toContain('tags');
  });
});

test('an account without an alias shows its number', async () => {
  const { identity } = fakeIdentity();
  const { post } = house({ changes: { ...identity, alias: async () => undefined } });
  expect((await jsonOf(await post(longTerm))).account).toEqual({ id: '111122223333' });
});

test('a session lasts an hour before the claim, then as the settings say, and never longer than AWS says', async () => {
  expect((await jsonOf(await house().post(longTerm))).expiresAt).toBe('2026-11-23T11:00:00.000Z');
  const long = house({ instance: { ...claimedInstance, sessionMinutes: 240 } });
  expect((await jsonOf(await long.post(longTerm))).expiresAt).toBe('2026-11-23T14:00:00.000Z');
  expect(long.calls[2]?.[2]).toBe(14_400);
  const short = house({ caller: { expiresAt: new Date('2026-11-23T10:20:00Z') } });
  expect((await jsonOf(await short.post(longTerm))).expiresAt).toBe('2026-11-23T10:20:00.000Z');
});

describe('refusals', () => {
  const codeOf = async ({ post, calls, stored }: ReturnType<typeof house>, keys: unknown = longTerm) => {
    const answer = await post(keys);
    const body = await jsonOf(answer);
    expect(answer.cookies).toEqual([]);
    expect(stored).not.toContain('seen');
    expect(calls.map(([name]) => name)).not.toContain('exchange');
    return [answer.status, body.code, body.message, body.details?.fields];
  };
  const foreign = { arn: 'arn:aws:iam::999988887777:user/eve', userId: 'AIDAEVE' };
  const root = { arn: 'arn:aws:iam::111122223333:root', userId: '111122223333' };

  test('a user of another account is told of no account, no user and no setting', async () => {
    const [status, code, message] = await codeOf(house({ instance: claimedInstance, caller: foreign }));
    expect([status, code, message]).toEqual([403, 'ACCOUNT_REFUSED', 'This instance serves another AWS account.']);
  });

  test('before the claim, users of the account that may claim come in, and nobody else', async () => {
    expect((await codeOf(house({ caller: foreign })))[1]).toBe('ACCOUNT_REFUSED');
    expect((await house().post(longTerm)).status).toBe(201);
    expect((await codeOf(house({ settings: {} })))[1]).toBe('ACCOUNT_REFUSED');
    expect((await house({ caller: foreign, settings: { [ENV.accountId]: ANY_ACCOUNT } }).post(longTerm)).status).toBe(
      201,
    );
  });

  test('after it, the account that has claimed counts, not the setting', async () => {
    const settings = { [ENV.accountId]: '999988887777' };
    expect((await codeOf(house({ instance: claimedInstance, caller: foreign, settings })))[1]).toBe('ACCOUNT_REFUSED');
    expect((await house({ instance: claimedInstance, settings }).post(longTerm)).status).toBe(201);
  });

  test('the root user may not sign in, unless it is allowed, and then for an hour at most', async () => {
    expect((await codeOf(house({ caller: root })))[1]).toBe('ROOT_REFUSED');
    const settings = { ...bound, [ENV.allowRoot]: 'true' };
    const allowed = house({ caller: root, settings, instance: { ...claimedInstance, sessionMinutes: 240 } });
    expect((await jsonOf(await allowed.post(longTerm))).user.kind).toBe('root');
    expect(allowed.calls[2]?.[2]).toBe(3_600);
  });

  test('somebody who is blocked is refused before their keys are exchanged, and is not noted', async () => {
    const blocked = { ...ada, blockedAt: '2026-11-23T09:00:00.000Z' };
    const refused = house({ instance: claimedInstance, users: [blocked] });
    expect((await codeOf(refused)).slice(0, 2)).toEqual([403, 'USER_BLOCKED']);
    expect([...refused.records.values()]).toEqual([blocked]);
  });

  test('keys that AWS refuses never reach anything else', async () => {
    const changes = { whoIs: () => Promise.reject(new AppError('KEYS_INVALID')) };
    const refused = house({ changes });
    expect((await codeOf(refused))[1]).toBe('KEYS_INVALID');
    expect(refused.stored).toEqual(['instance']);
  });

  test('a temporary key without its session token says what is missing, before AWS is asked', async () => {
    const { sessionToken: _, ...half } = temporary;
    const refused = house();
    expect((await codeOf(refused, half))[3]).toEqual([
      { path: 'body.sessionToken', message: 'is missing: a key that begins with ASIA comes with one' },
    ]);
    expect(refused.calls).toEqual([]);
  });

  test('a long-term key with a session token says what is too much', async () => {
    const refused = await codeOf(house(), { ...longTerm, sessionToken: temporary.sessionToken });
    expect(refused[3]?.[0]).toEqual({
      path: 'body.sessionToken',
      message: 'does not belong to a key that begins with AKIA: leave it empty',
    });
  });
});

describe('attempts', () => {
  const mine = { accessKeyId: longTerm.accessKeyId, address: '192.0.2.1' };

  test('are counted before AWS is asked, by the address and the key, and taken back once there is a session', async () => {
    const { post, told, calls } = house({ counting: { count: async () => void expect(calls).toEqual([]) } });
    expect((await post(longTerm)).status).toBe(201);
    expect(told).toEqual([['succeeded', mine]]);
  });

  test.each([
    ['AWS refuses the keys', { changes: { whoIs: () => Promise.reject(new AppError('KEYS_INVALID')) } }],
    ['they are of another account', { caller: { arn: 'arn:aws:iam::999988887777:user/eve', userId: 'AIDAEVE' } }],
    ['the root user tries', { caller: { arn: 'arn:aws:iam::111122223333:root', userId: '111122223333' } }],
  ])('stay counted where %s', async (_, around) => {
    const { post, told } = house(around);
    expect((await post(longTerm)).status).toBeGreaterThanOrEqual(400);
    expect(told).toEqual([['count', mine]]);
  });

  test.each([
    ['AWS cannot be asked', new AppError('AWS_UNAVAILABLE')],
    ['AWS asks to slow down', new AppError('THROTTLED')],
    ['Lodge itself fails', new TypeError('of a test')],
  ])('count for nothing where %s: an outage shuts nobody out', async (_, error) => {
    const { post, told } = house({ changes: { whoIs: () => Promise.reject(error) } });
    expect((await post(longTerm)).status).toBeGreaterThanOrEqual(429);
    expect(told).toEqual([
      ['count', mine],
      ['undecided', mine],
    ]);
  });

  test('that are too many are answered with the same status, words and headers, whatever was tried', async () => {
    const details = { retryAfterSeconds: 17 };
    const counting = { count: () => Promise.reject(new AppError('TOO_MANY_ATTEMPTS', { details })) };
    const answers = await Promise.all(
      [
        house({ counting }).post(longTerm),
        house({ counting }).post({ ...longTerm, accessKeyId: 'AKIANOBODYHASTHIS001' }),
        house({ counting, instance: claimedInstance, users: [ada] }).post(temporary),
        house({ counting, caller: { arn: 'arn:aws:iam::999988887777:user/eve', userId: 'AIDAEVE' } }).post(longTerm),
      ].map(async (answered) => {
        const { status, headers, cookies, body } = await answered;
        return { status, headers, cookies, body };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 429, cookies: [], headers: { 'retry-after': '17' } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('that are too many cost AWS nothing, and leave a record', async () => {
    const counting = { count: () => Promise.reject(new AppError('TOO_MANY_ATTEMPTS')) };
    const { post, calls, stored, told, entries } = house({ counting });
    expect((await post(longTerm)).headers).not.toHaveProperty('retry-after');
    expect([calls, stored, told]).toEqual([[], ['instance'], []]);
    expect(entries).toMatchObject([{ kind: 'sign-in', outcome: 'refused', code: 'TOO_MANY_ATTEMPTS' }]);
  });

  test('that cannot be counted are not made', async () => {
    const counting = { count: () => Promise.reject(new AppError('AWS_UNAVAILABLE')) };
    const { post, calls } = house({ counting });
    expect((await post(longTerm)).status).toBe(502);
    expect(calls).toEqual([]);
  });

  test('are not counted where the request is not one: nobody has tried anything yet', async () => {
    const { post, told } = house();
    await post({ accessKeyId: 'hello' });
    expect(told).toEqual([]);
  });
});

describe('the record of a sign-in', () => {
  const user = { id: 'aws:111122223333:AIDATESTONLY000000001', name: 'ada' };

  test('says who came in, in which role, and of the key its last four characters', async () => {
    const { post, entries, door } = house({ instance: claimedInstance });
    const answer = await post(longTerm);
    const { id } = await opened(door, answer);
    expect(entries).toMatchObject([
      {
        kind: 'sign-in',
        outcome: 'succeeded',
        address: '192.0.2.1',
        user,
        session: id,
        role: 'reader',
        subject: `key …${longTerm.accessKeyId.slice(-4)}`,
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain(longTerm.accessKeyId);
    expect(JSON.stringify(entries)).not.toContain(longTerm.secretAccessKey);
  });

  test('is left before the claim, too', async () => {
    const { post, entries } = house();
    await post(longTerm);
    expect(entries).toMatchObject([{ outcome: 'succeeded', user }]);
  });

  test('of keys that AWS refuses names nobody', async () => {
    const whoIs = () => Promise.reject(new AppError('KEYS_INVALID'));
    const { post, entries } = house({ instance: claimedInstance, changes: { whoIs } });
    await post(longTerm);
    expect(entries).toMatchObject([{ outcome: 'refused', code: 'KEYS_INVALID' }]);
    expect(entries[0]).not.toHaveProperty('user');
  });

  test.each([
    ['ACCOUNT_REFUSED', { arn: 'arn:aws:iam::999988887777:user/eve' }],
    ['ROOT_REFUSED', { arn: 'arn:aws:iam::111122223333:root' }],
  ])('that is refused with %s names who it was', async (code, caller) => {
    const { post, entries } = house({ instance: claimedInstance, caller });
    await post(longTerm);
    expect(entries).toMatchObject([{ outcome: 'refused', code, user: { arn: caller.arn } }]);
  });

  test('that cannot be written lets nobody in, and asks AWS nothing', async () => {
    const { post, calls } = house({ instance: claimedInstance, recording: memoryAudit({ failing: true }) });
    const answer = await post(longTerm);
    expect([answer.status, answer.cookies, calls]).toEqual([503, [], []]);
  });
});
