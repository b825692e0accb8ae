/** Logins that real gateways refuse, as an engine explains them and with what is missing beside it. */

import { databaseLogins } from '#core/aws/logins/logins.ts';
import { createRoles } from '#core/aws/roles.ts';
import { inProcess } from '#core/connectors/in-process.ts';
import { type Databases, databases } from '#core/databases/databases.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import type { PrincipalName } from '#core/local/account/principals.ts';
import { accounts } from '#core/local/demo/accounts.ts';
import { partner } from '#core/local/demo/partner.ts';
import { shop } from '#core/local/demo/shop.ts';
import { tickets } from '#core/local/demo/tickets.ts';
import type { ServerClaims } from '#core/session/connection-token.ts';
import { claimsOf, type LocalDatabases, localSession, startLocalDatabases } from '../../support/local-databases.ts';

const { signal } = new AbortController();
const iam = (user: string) => ({ method: 'iam', user }) as const;
const assume = { roleArn: 'arn:aws:iam::444455556666:role/LodgeDatabases', externalId: 'lodge-demo' };

let local: LocalDatabases;
let claims: ReturnType<typeof claimsOf>;
let reach: Databases;
beforeAll(async () => {
  local = await startLocalDatabases([shop, tickets, accounts, partner]);
  claims = claimsOf(local.holdings);
  // Aurora DSQL speaks as PostgreSQL does, as far as a login.
  const here = inProcess({ engines: { postgres, dsql: postgres }, authorities: () => local.ca });
  reach = databases({ connector: () => here, logins: databaseLogins, roles: createRoles(() => new Date()) });
}, 60_000);
afterAll(() => local[Symbol.asyncDispose]());

const at = (to: ServerClaims, as: PrincipalName = 'ada') => ({
  claims: to,
  session: localSession(local.registry, as),
  signal,
});
const about = (to: ServerClaims, as?: PrincipalName) => reach.about(at(to, as));

describe('a refused IAM login', () => {
  it.each([
    [
      'an instance',
      () => claims.instance('shop', iam('app_iam')),
      'rds-db:connect',
      'db-LODGEDEMOSHOP0000000000000/app_iam',
    ],
    [
      'a cluster',
      () => claims.aurora('reader', iam('app_iam')),
      'rds-db:connect',
      'cluster-LODGEDEMOTICKETS000000/app_iam',
    ],
    ['Aurora DSQL', () => claims.dsql(iam('admin')), 'dsql:DbConnectAdmin', ':cluster/lodgedemoaccounts000000001'],
    ['Aurora DSQL, as another user', () => claims.dsql(iam('bookkeeper')), 'dsql:DbConnect', ':cluster/lodge'],
  ])('at %s names the action and the ARN to put into a policy', async (_title, to, action, resource) => {
    await expect(about(to(), 'ben')).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      details: { action, resource: expect.stringContaining(resource), native: { code: '28000' } },
    });
  });

  it('says the same in a test of the connection', async () => {
    const steps = await Array.fromAsync(reach.test(at(claims.instance('shop', iam('app_iam')), 'ben')));
    expect(steps.at(-1)).toMatchObject({
      step: 'login',
      state: 'failed',
      error: { code: 'LOGIN_FAILED', details: { action: 'rds-db:connect' } },
    });
  });

  it('for another reason names no permission: a database that is not there, a password that is wrong', async () => {
    const to = claims.instance('shop', iam('app_iam'));
    const nowhere = { ...to, target: { ...to.target, database: 'nowhere' } };
    const wrong = claims.instance('shop', { method: 'password', user: 'app', password: 'wrong' });
    for (const each of [nowhere, wrong]) {
      const failure = await about(each).catch((error) => error);
      expect(failure).toMatchObject({ code: 'LOGIN_FAILED' });
      expect(failure.details.action).toBeUndefined();
    }
  });
});

describe("another account's database", () => {
  it('opens with the role of that account, and not without', async () => {
    const to = claims.instance('partner', iam('analyst_iam'));
    expect(await about({ ...to, assume })).toMatchObject({ user: 'analyst_iam', database: 'partner' });
    await expect(about(to)).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      details: {
        action: 'rds-db:connect',
        resource: 'arn:aws:rds-db:eu-central-1:444455556666:dbuser:db-LODGEDEMOPARTNER0000000000/analyst_iam',
      },
    });
  });
});
