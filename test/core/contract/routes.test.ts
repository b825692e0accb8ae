/** Every route, walked through `serve()` by every kind of caller: what a route declares is what happens. */
import type * as z from 'zod';
import { CALLERS, type Caller, refusal } from '#contract/admission.ts';
import { type Automation, AutomationDraft } from '#contract/automations.ts';
import { ERRORS, ErrorBody, type ErrorCode } from '#contract/errors.ts';
import { Role } from '#contract/roles.ts';
import type { Route } from '#contract/route.ts';
import { errorsOf } from '#contract/route-errors.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { type Script, ScriptDraft } from '#contract/scripts.ts';
import { InstanceSettings } from '#contract/settings.ts';
import type { Handlers } from '#core/http/handler.ts';
import { serve } from '#core/http/serve.ts';
import type { UserRecord } from '#core/ports/store.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { sessionView } from '#core/session/session-view.ts';
import { INPUTS, pathOf } from '../../support/inputs.ts';
import { sessionOf } from '../../support/people.ts';
import { claimedInstance, memoryStore, ownDataKeys, recordingLog, stoppedClock } from '../../support/ports.ts';
import { cookieHeader, jsonOf, recordsOf, request } from '../../support/requests.ts';

const view = sessionView(sessionOf('reader'), claimedInstance, 'reader');
const settingsView = {
  settings: InstanceSettings.parse(claimedInstance),
  revision: 1,
  accountId: claimedInstance.accountId,
  partition: 'aws',
  claimedAt: claimedInstance.claimedAt,
};
const known = {
  ...sessionOf('reader').user,
  role: 'editor' as const,
  firstSeenAt: claimedInstance.claimedAt,
  lastSeenAt: claimedInstance.claimedAt,
};
const by = { id: 'aws:111122223333:AIDABOB', name: 'bob' };
const at = claimedInstance.claimedAt;
const script: Script = {
  ...ScriptDraft.parse({ name: 'Late orders', engine: 'postgres', text: 'select 1' }),
  id: 'abcdefghijkl',
  version: 1,
  owner: by,
  createdAt: at,
  changed: { at, by },
  revision: 1,
};
const automation: Automation = {
  ...AutomationDraft.parse({
    name: 'Nightly',
    plan: { scriptId: script.id, version: 1, resourceId: 'arn', roleArn: 'arn:aws:iam::111122223333:role/lodge' },
  }),
  id: 'abcdefghijkl',
  script: { name: script.name, newestVersion: 1, gone: false },
  owner: by,
  createdAt: at,
  changedAt: at,
  changedBy: { id: 'u', name: 'maria' },
  revision: 1,
};
const ground = { mayAutomate: true, roles: [], runnerRoleArn: '', externalId: '', notifies: false, bucket: '' };
const path = [{ kind: 'schema' as const, name: 'public' }];

/** Where nothing is required, what is wrong is something that is there. */
const NOT_VALID: Partial<Record<RouteName, object>> = {
  resources: { regions: ['nowhere'] },
  users: { limit: 0 },
  audit: { limit: 0 },
  history: { limit: 0 },
  scripts: { limit: 0 },
  automations: { limit: 0 },
  runs: { limit: 0 },
};

async function* ended() {
  yield { type: 'end' as const, elapsedMs: 1 };
}

const handlers: Handlers = {
  signIn: async () => view,
  whoAmI: async () => view,
  signOut: async () => undefined,
  instance: async () => view.instance,
  claim: async () => view,
  resources: async () => ended(),
  settings: async () => settingsView,
  changeSettings: async () => settingsView,
  access: async () => ({ rules: [], narrowings: [], revision: 0 }),
  changeAccess: async () => ({ rules: [], narrowings: [], revision: 1 }),
  users: async () => ({ users: [] }),
  changeUser: async () => known,
  audit: async () => ended(),
  history: async () => ended(),
  permissions: async () => ended(),
  connect: async () => ({
    connection: 't',
    engine: 'postgres',
    version: '18',
    user: 'u',
    database: 'd',
    readOnly: true,
  }),
  testConnection: async () => ended(),
  plan: async () => ({ plans: [] }),
  children: async () => ({ nodes: [{ kind: 'table', name: 'orders', expandable: true }] }),
  names: async () => ({ types: ['text'], tables: [['public', 'orders', 'table', ['id', 0]]] }),
  describe: async () => ({ kind: 'table', path, columns: [], keys: [], indexes: [], ddl: 'create table …' }),
  query: async () => ended(),
  cancel: async () => ({ cancelled: true }),
  scripts: async () => ({ scripts: [] }),
  script: async () => script,
  scriptVersions: async () => ({ versions: [] }),
  saveScript: async () => script,
  deleteScript: async () => undefined,
  automations: async () => ({ automations: [automation], ground }),
  automation: async () => ({ automation, ground }),
  saveAutomation: async () => automation,
  deleteAutomation: async () => undefined,
  checkAutomation: async () => ({ steps: [{ step: 'role', state: 'passed' }] }),
  scheduleTimes: async () => ({ times: [at] }),
  runAutomation: async () => ({ execution: 'arn' }),
  runs: async () => ({ runs: [] }),
  stopRun: async () => ({ stopped: true }),
  result: async () => ({ columns: [], rows: [], url: 'https://bucket.example/', expiresAt: at }),
};

const NAMES = Object.keys(ROUTES) as RouteName[];
const declared = (name: RouteName): Route => ROUTES[name];

const WALKERS = Object.keys(CALLERS) as Caller[];

/** The application and the cookies of one caller. */
async function visit(caller: Caller) {
  const dataKeys = ownDataKeys();
  const { clock, pass } = stoppedClock();
  const { user, account } = sessionOf('reader');
  const id = caller === 'foreigner' ? 'aws:999988887777:AIDAEVE' : user.id;
  const role = Role.safeParse(caller).data ?? 'administrator';
  const now = clock().toISOString();
  const record: UserRecord = {
    ...user,
    role,
    firstSeenAt: '',
    lastSeenAt: '',
    ...(caller === 'blocked' && { blockedAt: now }),
    ...(caller === 'ended' && { sessionsEndedAt: now }),
  };
  const { store } = memoryStore({
    ...(caller === 'early' ? {} : { instance: claimedInstance }),
    ...(['foreigner', 'early'].includes(caller) ? {} : { users: [record] }),
  });
  const span = { issuedAt: clock(), expiresAt: new Date(clock().getTime() + 60_000) };
  const credentials = {
    accessKeyId: 'ASIATESTONLY00000001',
    secretAccessKey: 'secret-of-a-test',
    sessionToken: 'token',
  };
  const { token } = await sealSession(dataKeys, { user: { ...user, id }, account, credentials, ...span });
  if (caller === 'expired') pass(60);
  const app = serve(handlers, guard({ dataKeys, store, clock }), recordingLog());
  const cookies = { nobody: [], forger: sessionCookies('not-a-token', span) }[caller as string];
  return { app, cookie: cookieHeader({ cookies: cookies ?? sessionCookies(token, span) }) };
}

const ask = (name: RouteName, cookie: string, changes: Parameters<typeof request>[2] = {}) => {
  return request(ROUTES[name].method, pathOf(ROUTES[name]), {
    json: INPUTS[name],
    ...changes,
    headers: { cookie, ...changes.headers },
  });
};

describe.each(WALKERS)('%s', (caller) => {
  test.each(NAMES)('calls %s', async (name) => {
    const { app, cookie } = await visit(caller);
    const route = declared(name);
    const answer = await app(ask(name, cookie));
    const code = refusal(caller, route.audience);
    if (code) {
      expect(ErrorBody.parse(await jsonOf(answer)).code).toBe(code);
      expect(answer.status).toBe(ERRORS[code][0]);
      expect(errorsOf(route)).toContain(code);
      return;
    }
    expect(answer.status).toBe(route.status ?? 200);
    if (route.streams) for (const record of await recordsOf(answer)) route.streams.parse(record);
    else if (route.returns) route.returns.parse(await jsonOf(answer));
    else expect(answer.body).toBe('');
  });
});

const withBody = NAMES.filter((name) => declared(name).body);

test('every route that takes a body has an example here', () => {
  expect(Object.keys(INPUTS).sort()).toEqual([...withBody].sort());
});

test.each(withBody)(
  '%s says what is wrong with its input, and answers only with codes that it declares',
  async (name) => {
    const { app, cookie } = await visit('administrator');
    const wrong: [ErrorCode, Parameters<typeof request>[2]][] = [
      ['INPUT_INVALID', { json: NOT_VALID[name] ?? {} }],
      ['INPUT_INVALID', { json: undefined }],
      ['INPUT_INVALID', { json: [] }],
      ['INPUT_INVALID', { json: null }],
      ['INPUT_INVALID', { json: 'text' }],
      ['BODY_NOT_JSON', { json: undefined, body: '{' }],
      ['BODY_TOO_LARGE', { json: undefined, body: 'x'.repeat(4_500_001) }],
      ['ORIGIN_REFUSED', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ];
    for (const [code, changes] of wrong) {
      const body = await jsonOf(await app(ask(name, cookie, changes)));
      expect(body.code).toBe(code);
      expect(errorsOf(declared(name))).toContain(code);
      if (code === 'INPUT_INVALID') expect(body.details.fields.length).toBeGreaterThan(0);
    }
  },
);

test.each(NAMES)('%s takes no other method', async (name) => {
  const { app, cookie } = await visit('administrator');
  const answer = await app(request('TRACE', pathOf(ROUTES[name]), { headers: { cookie } }));
  expect(answer.status).toBe(405);
  expect(answer.headers.allow?.split(', ')).toContain(ROUTES[name].method);
});

test('a region that is none is named by its place', async () => {
  const { app, cookie } = await visit('administrator');
  const answer = await app(ask('resources', cookie, { json: { regions: ['eu-central-1', 'a b'] } }));
  expect((await jsonOf(answer)).details.fields).toEqual([
    { path: 'body.regions.1', message: 'is not the name of an AWS region' },
  ]);
});

describe('what is declared', () => {
  test('is one route a method and path', () => {
    const places = NAMES.map((name) => `${ROUTES[name].method} ${ROUTES[name].path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test.each(NAMES)('%s answers or streams, opens sessions only where it has a caller, and ends in a record', (name) => {
    const route = declared(name);
    expect(route.returns === undefined || route.streams === undefined).toBe(true);
    expect(route.status === 204).toBe(route.returns === undefined && route.streams === undefined);
    expect(route.needs.includes('session.open')).toBe(route.audience !== 'public');
    if (!['public', 'claimant'].includes(route.audience)) expect(route.needs).toContain('users.read');
    if (route.streams)
      for (const last of [{ type: 'end', elapsedMs: 0 }, { type: 'heartbeat' }])
        expect((route.streams as z.ZodType).safeParse(last).success).toBe(true);
  });

  test('names only errors that there are', () => {
    for (const name of NAMES) for (const code of errorsOf(declared(name))) expect(ERRORS).toHaveProperty(code);
  });
});
