/**
 * The promise about what a login is made of, tried as a whole: every way to log in, by people who may and people who may
 * not, at real gateways, with the true log. Then all that was written and all that was answered is searched.
 */
import { LOGIN_METHODS, type LoginMethod } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import { powertoolsLog } from '#core/aws/log.ts';
import { databaseLogins } from '#core/aws/logins/logins.ts';
import { createRoles } from '#core/aws/roles.ts';
import { inProcess } from '#core/connectors/in-process.ts';
import { databases } from '#core/databases/databases.ts';
import { READY_ENGINES } from '#core/engines/engines.ts';
import type { Guard } from '#core/http/handler.ts';
import { serve } from '#core/http/serve.ts';
import type { PrincipalName } from '#core/local/account/principals.ts';
import { accounts } from '#core/local/demo/accounts.ts';
import { adhoc } from '#core/local/demo/adhoc.ts';
import { partner } from '#core/local/demo/partner.ts';
import { shop } from '#core/local/demo/shop.ts';
import { warehouse } from '#core/local/demo/warehouse.ts';
import type { ServerClaims } from '#core/session/connection-token.ts';
import { connections } from '../../../../lambdas/connections/connections.ts';
import { noRules, noTags } from '../../../support/databases.ts';
import { claimsOf, type LocalDatabases, localSession, startLocalDatabases } from '../../../support/local-databases.ts';
import { memoryAudit } from '../../../support/ports.ts';
import { request, textOf } from '../../../support/requests.ts';

const PEOPLE = ['ada', 'ben', 'cleo', 'dana'] as const;
const METHODS = Object.keys(LOGIN_METHODS) as LoginMethod[];
const assume = { roleArn: 'arn:aws:iam::444455556666:role/LodgeDatabases', externalId: 'lodge-demo' };

const written: string[] = [];
const answered: string[] = [];
const statuses: number[] = [];
/** The secrets of everybody's keys, beside those that were given out. */
const keys: string[] = [];
let local: LocalDatabases;
beforeAll(async () => {
  local = await startLocalDatabases([shop, warehouse, adhoc, accounts, partner]);
  for (const name of ['stdout', 'stderr'] as const)
    jest.spyOn(process[name], 'write').mockImplementation((line) => {
      written.push(String(line));
      return true;
    });
}, 60_000);
afterAll(async () => {
  jest.restoreAllMocks();
  await local[Symbol.asyncDispose]();
});

const resourceOf = (claims: ServerClaims, changes: Partial<Resource> = {}): Resource => {
  const { resourceId: id, name = 'demo', service, engine, region, target, loginResourceId } = claims;
  return {
    id,
    name,
    service,
    engine,
    region,
    awsEngine: engine,
    status: 'available',
    endpoints: [{ host: target.host, port: target.port, use: 'instance' }],
    database: target.database,
    iamLogin: true,
    tags: {},
    ...(loginResourceId && { loginResourceId }),
    ...changes,
  };
};

/** Serves connections to one resource, to one person. */
function lodge(resource: Resource, as: PrincipalName) {
  const session = localSession(local.registry, as);
  keys.push(session.credentials.secretAccessKey, session.credentials.sessionToken ?? '');
  const roles = createRoles(() => new Date());
  const here = inProcess({ engines: READY_ENGINES, authorities: () => local.ca });
  const handlers = connections({
    discovery: { ...noTags, find: async () => resource },
    databases: databases({ connector: () => here, logins: databaseLogins, roles }),
    roles,
    store: noRules,
    audit: memoryAudit().audit,
  });
  const guard: Guard = { open: async () => session, role: async () => 'editor' };
  const app = serve(handlers, guard, { log: powertoolsLog() });
  return async (path: string, login: object, more: object) => {
    const json = { resourceId: resource.id, login, ...more };
    const answer = await app(request('POST', path, { json }));
    statuses.push(answer.status);
    answered.push(JSON.stringify(answer.headers), await textOf(answer));
  };
}

test('logging in, in every way, as everybody', async () => {
  const claims = claimsOf(local.holdings);
  const any = { method: 'password', user: '' } as const;
  const [ofShop, ofWarehouse] = local.holdings.secrets;
  const places = [
    [resourceOf(claims.instance('shop', any), { secretArn: ofShop?.arn }), 'app_iam', {}],
    [resourceOf(claims.warehouse(any), { secretArn: ofWarehouse?.arn }), 'analyst', {}],
    [resourceOf(claims.workgroup(any)), 'analyst', {}],
    [resourceOf(claims.dsql(any)), 'admin', {}],
    [resourceOf(claims.instance('partner', any)), 'analyst_iam', { assume }],
  ] as const;
  for (const [resource, user, more] of places)
    for (const person of PEOPLE) {
      const connect = lodge(resource, person);
      for (const method of METHODS) {
        const login = { method, user, password: 'wrong', secretArn: resource.secretArn ?? ofShop?.arn };
        for (const path of ['/api/connections', '/api/connections/test']) await connect(path, login, more);
      }
    }
  const good = statuses.filter((status) => status < 300);
  expect(good.length).toBeGreaterThan(30);
  expect(statuses).toContain(403);
  expect(statuses).not.toContain(500);
}, 120_000);

const secrets = (): string[] => {
  const managed = local.holdings.secrets.flatMap(({ versions }) =>
    versions.map(({ value }) => JSON.parse(String(value)).password as string),
  );
  return [...managed, ...local.issued, ...keys].filter(Boolean);
};

/** A part is a leak too, and so is a token, which nobody else has noted. */
const leaks = (text: string): string[] => [
  ...secrets().filter((secret) => text.includes(secret.slice(0, 24))),
  ...(/X-Amz-(Signature|Security-Token|Credential)/i.test(text) ? ['a token'] : []),
];

test('the search knows what to look for', () => {
  // A test of a connection makes its login once, and roles are remembered: one for each way, place and person at least.
  expect(local.issued.length).toBeGreaterThan(10);
  expect(leaks(`… ${local.issued[0]} …`)).toEqual([local.issued[0]]);
  expect(leaks('localhost:5432/?Action=connect&X-Amz-Signature=0')).toEqual(['a token']);
});

test('no line of the log holds a password, a key or a token', () => {
  expect(written.length).toBeGreaterThan(50);
  expect(leaks(written.join('')).length).toBe(0);
});

test('no answer holds one', () => {
  expect(answered.join('')).toContain('"connection"');
  expect(leaks(answered.join('\n')).length).toBe(0);
});
