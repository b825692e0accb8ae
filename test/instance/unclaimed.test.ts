import { ROUTES, type RouteName } from '#contract/routes.ts';
import type { Handlers } from '#core/http/handler.ts';
import { serve } from '#core/http/serve.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { INPUTS } from '../support/inputs.ts';
import { sessionOf } from '../support/people.ts';
import { memoryStore, ownDataKeys, recordingLog, stoppedClock } from '../support/ports.ts';
import { cookieHeader, jsonOf, request } from '../support/requests.ts';

/** What somebody needs who is about to claim, and nothing else. */
const ANSWERED: RouteName[] = ['signIn', 'whoAmI', 'signOut', 'instance', 'claim', 'permissions'];

const NAMES = Object.keys(ROUTES) as RouteName[];
const reached: RouteName[] = [];
/** They only note that they were asked: whatever they do, they would do. */
const handlers = Object.fromEntries(
  NAMES.map((name) => [name, async () => reached.push(name) && ('streams' in ROUTES[name] ? nothing() : {})]),
) as unknown as Handlers;
async function* nothing() {}

const dataKeys = ownDataKeys();
const { clock } = stoppedClock();
const app = serve(handlers, guard({ dataKeys, clock, store: memoryStore().store }), recordingLog());

async function ask(name: RouteName, headers: Record<string, string> = {}) {
  const { method, path } = ROUTES[name];
  const input = INPUTS[name];
  return app(request(method, path, { headers, ...(input && { json: input }) }));
}

test.each(NAMES)('an instance that nobody has claimed answers %s only where the claim needs it', async (name) => {
  reached.length = 0;
  const span = { issuedAt: clock(), expiresAt: new Date(clock().getTime() + 3_600_000) };
  const { credentials, ...session } = sessionOf('administrator');
  const made = { ...session, credentials: { ...credentials, sessionToken: 'token' }, ...span };
  const { token } = await sealSession(dataKeys, made);
  const answer = await ask(name, { cookie: cookieHeader({ cookies: sessionCookies(token, span) }) });
  if (ANSWERED.includes(name)) expect(reached).toEqual([name]);
  else {
    expect([answer.status, (await jsonOf(answer)).code]).toEqual([403, 'NOT_CLAIMED']);
    expect(reached).toEqual([]);
  }
});

test('whoever has not signed in gets its state, the sign-in and the sign-out', async () => {
  reached.length = 0;
  for (const name of NAMES) await ask(name);
  expect(reached.toSorted()).toEqual(['instance', 'signIn', 'signOut']);
});
