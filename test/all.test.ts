/** The matrix of docs/roles.md, every cell of it, over all functions as one server runs them. */
import { CALLERS, type Caller, refusal } from '#contract/admission.ts';
import { ERRORS, ErrorBody, type ErrorCode } from '#contract/errors.ts';
import { Role } from '#contract/roles.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { ACCOUNT_ID, type PrincipalName } from '#core/local/account/principals.ts';
import { INPUTS, pathOf } from './support/inputs.ts';
import { claimedInstance } from './support/ports.ts';
import { jsonOf, recordsOf, request } from './support/requests.ts';
import { startWhole, userOf, type Whole } from './support/whole.ts';

/** Who of the local account plays whom. */
const PLAYED_BY: Readonly<Record<Caller, PrincipalName>> = {
  nobody: 'ben',
  forger: 'ben',
  expired: 'ben',
  foreigner: 'erin',
  early: 'ada',
  blocked: 'ben',
  ended: 'ben',
  reader: 'ben',
  editor: 'ben',
  administrator: 'ada',
};

/** What those who are let in meet next, in the handlers themselves: there is no such resource, user or connection. */
const NEXT: Partial<Record<RouteName, ErrorCode>> = {
  changeSettings: 'CHANGED_MEANWHILE',
  changeAccess: 'CHANGED_MEANWHILE',
  changeUser: 'USER_NOT_FOUND',
  connect: 'RESOURCE_NOT_FOUND',
  testConnection: 'RESOURCE_NOT_FOUND',
  children: 'CONNECTION_INVALID',
  names: 'CONNECTION_INVALID',
  describe: 'CONNECTION_INVALID',
  plan: 'CONNECTION_INVALID',
  query: 'CONNECTION_INVALID',
  cancel: 'CONNECTION_INVALID',
  script: 'SCRIPT_NOT_FOUND',
  scriptVersions: 'SCRIPT_NOT_FOUND',
  saveScript: 'SCRIPT_NOT_FOUND',
  deleteScript: 'SCRIPT_NOT_FOUND',
  automation: 'AUTOMATION_NOT_FOUND',
  saveAutomation: 'AUTOMATION_NOT_FOUND',
  deleteAutomation: 'AUTOMATION_NOT_FOUND',
  checkAutomation: 'ROLE_NOT_ALLOWED',
  runAutomation: 'AUTOMATION_NOT_FOUND',
  stopRun: 'RUN_NOT_FOUND',
  result: 'RUN_NOT_FOUND',
};

/** A claim asks by itself who it is that claims. */
const CLAIM: Partial<Record<Caller, ErrorCode>> = {
  foreigner: 'ACCOUNT_REFUSED',
  blocked: 'ALREADY_CLAIMED',
  ended: 'ALREADY_CLAIMED',
  reader: 'ALREADY_CLAIMED',
  editor: 'ALREADY_CLAIMED',
  administrator: 'ALREADY_CLAIMED',
};

/** Inputs that change nothing, so that the cells do not depend on each other. */
const HARMLESS = (whole: Whole): Partial<Record<RouteName, object>> => ({
  ...INPUTS,
  signIn: whole.registry.longTerm('ada'),
  connect: { resourceId: `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:none`, login: { method: 'iam', user: 'app' } },
  testConnection: {
    resourceId: `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:none`,
    login: { method: 'iam', user: 'app' },
  },
  changeSettings: { settings: { name: 'Harbour', regions: ['eu-central-1'] }, revision: 99 },
  changeAccess: { rules: [], narrowings: [], revision: 99 },
  resources: { regions: ['eu-central-1'] },
});

const NAMES = Object.keys(ROUTES) as RouteName[];
/** The last of them claims, where it can. */
const ORDERED = NAMES.toSorted((a, b) => Number(a === 'claim') - Number(b === 'claim'));

/** The instance as each caller finds it, and the cookie that they bring. */
async function visit(whole: Whole, caller: Caller): Promise<string> {
  const { store } = whole.ports;
  const ben = userOf('ben');
  if (caller !== 'early') {
    const automation = { ...claimedInstance.automation, automators: 'editor' as const };
    await store.claim({ ...claimedInstance, regions: ['eu-central-1'], automation }, userOf('ada'));
    await store.seen(ben, { role: Role.safeParse(caller).data ?? 'reader' });
  }
  const cookie = await cookieOf(whole, caller);
  if (caller === 'blocked') await store.changeUser(ben.id, { kind: 'block' });
  if (caller === 'ended') await store.changeUser(ben.id, { kind: 'end-sessions' });
  return cookie;
}

const cookieOf = async (whole: Whole, caller: Caller): Promise<string> => {
  if (caller === 'nobody') return '';
  if (caller === 'expired') return whole.sessionOf('ben', { ago: 7_200 });
  const cookie = await whole.sessionOf(PLAYED_BY[caller]);
  // A bit of the sealed text turned over: what a thief without the key can do.
  return caller === 'forger' ? cookie.replace(/.(?=[^.]*$)/, (last) => (last === 'A' ? 'B' : 'A')) : cookie;
};

describe.each(Object.keys(CALLERS) as Caller[])('%s', (caller) => {
  let whole: Whole;
  let cookie: string;

  beforeAll(async () => {
    whole = await startWhole();
    cookie = await visit(whole, caller);
  });
  afterAll(() => whole[Symbol.asyncDispose]());

  test.each(ORDERED)('calls %s', async (name) => {
    const route: Route = ROUTES[name];
    const answer = await whole.serve(
      request(route.method, pathOf(route), { json: HARMLESS(whole)[name], headers: { cookie } }),
    );
    const code = refusal(caller, route.audience) ?? (name === 'claim' ? CLAIM[caller] : NEXT[name]);
    if (code) {
      expect(ErrorBody.parse(await jsonOf(answer))).toMatchObject({ code });
      expect(answer.status).toBe(ERRORS[code][0]);
      return;
    }
    if (answer.status >= 400) expect(await jsonOf(answer)).toBe(`allowed to ${caller}`);
    expect(answer.status).toBe(route.status ?? 200);
    if (route.streams) for (const record of await recordsOf(answer)) route.streams.parse(record);
    else if (route.returns) route.returns.parse(await jsonOf(answer));
  });
});
