import { ROUTES, type RouteName } from '#contract/routes.ts';
import type { Handlers } from '#core/http/handler.ts';
import { serve } from '#core/http/serve.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { INPUTS } from '../../support/inputs.ts';
import { sessionOf } from '../../support/people.ts';
import { claimedInstance, memoryStore, ownDataKeys, recordingLog, stoppedClock } from '../../support/ports.ts';
import { cookieHeader, jsonOf, request } from '../../support/requests.ts';

const UNSAFE = (Object.keys(ROUTES) as RouteName[]).filter((name) => (ROUTES[name].method as string) !== 'GET');

const reached: RouteName[] = [];
const handlers = Object.fromEntries(
  UNSAFE.map((name) => [name, async () => reached.push(name) && ('streams' in ROUTES[name] ? nothing() : {})]),
) as unknown as Handlers;
async function* nothing() {}

async function house() {
  reached.length = 0;
  const dataKeys = ownDataKeys();
  const { clock } = stoppedClock();
  const { user, account, credentials } = sessionOf('administrator');
  const known = { ...user, role: 'administrator', firstSeenAt: '', lastSeenAt: '' } as const;
  const { store } = memoryStore({ instance: claimedInstance, users: [known] });
  const span = { issuedAt: clock(), expiresAt: new Date(clock().getTime() + 3_600_000) };
  const made = { user, account, credentials: { ...credentials, sessionToken: 'token' }, ...span };
  const { token } = await sealSession(dataKeys, made);
  const app = serve(handlers, guard({ dataKeys, store, clock }), recordingLog());
  const ask = async (name: RouteName, headers: Record<string, string>) => {
    const { method, path } = ROUTES[name];
    const answer = await app(request(method, path, { headers, json: INPUTS[name] }));
    return answer.status < 400 ? answer.status : (await jsonOf(answer)).code;
  };
  return { ask, token, cookie: cookieHeader({ cookies: sessionCookies(token, span) }) };
}

test('there are unsafe routes of every kind', () => {
  expect(new Set(UNSAFE.map((name) => ROUTES[name].method))).toEqual(new Set(['POST', 'PUT', 'PATCH', 'DELETE']));
});

describe.each(UNSAFE)('%s', (name) => {
  test.each(['cross-site', 'same-site'])('is not for a page that is %s, with a session or without', async (site) => {
    const { ask, cookie, token } = await house();
    for (const carried of [{}, { cookie }, { authorization: `Bearer ${token}` }])
      expect(await ask(name, { ...carried, 'sec-fetch-site': site })).toBe('ORIGIN_REFUSED');
    expect(reached).toEqual([]);
  });

  const opens = (ROUTES[name].audience as string) !== 'public';

  test('takes a session by cookie only with the proof of our own page', async () => {
    const { ask, cookie } = await house();
    const unproven = { cookie, 'x-lodge-request': '', 'sec-fetch-site': 'same-origin' };
    expect(await ask(name, unproven)).toEqual(opens ? 'ORIGIN_REFUSED' : expect.any(Number));
    expect(await ask(name, { cookie })).toEqual(expect.any(Number));
  });
});
