/** Demo databases of the local account behind their gateways, and an AWS endpoint that gives out logins to them. */

import type { UserSession } from '#core/http/handler.ts';
import { type Holdings, together } from '#core/local/account/holdings.ts';
import { PRINCIPALS, type PrincipalName } from '#core/local/account/principals.ts';
import { createRegistry, type Registry } from '#core/local/account/registry.ts';
import { loadSeed } from '#core/local/account/seed.ts';
import { type TemporaryPasswords, temporaryPasswords } from '#core/local/account/temporary-passwords.ts';
import { rds } from '#core/local/aws/rds.ts';
import { redshift } from '#core/local/aws/redshift.ts';
import { redshiftCredentials } from '#core/local/aws/redshift-credentials.ts';
import { redshiftServerless } from '#core/local/aws/redshift-serverless.ts';
import { redshiftServerlessCredentials } from '#core/local/aws/redshift-serverless-credentials.ts';
import { secretsManager } from '#core/local/aws/secrets-manager.ts';
import { sts } from '#core/local/aws/sts.ts';
import { startDatabase } from '#core/local/database/start-database.ts';
import type { DemoPart } from '#core/local/demo/demo.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import type { Credentials } from '#core/ports/identity.ts';
import type { ServerClaims } from '#core/session/connection-token.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { startLocalEndpoint } from './local-endpoint.ts';
import { sessionOf } from './people.ts';

export interface LocalDatabases extends AsyncDisposable {
  readonly holdings: Holdings;
  readonly registry: Registry;
  /** Gives out passwords of minutes, as Redshift does, and of less. */
  readonly passwords: TemporaryPasswords;
  /** Every secret that was given out since the start: passwords of minutes, keys of roles. */
  readonly issued: readonly string[];
  /** The authority of the gateways' certificates, in PEM. */
  readonly ca: string;
}

/** Starts them. SDK clients that are made from then on reach the endpoint through the environment. */
export async function startLocalDatabases(demos: readonly DemoPart[]): Promise<LocalDatabases> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await temporaryFolder());
  const seed = await loadSeed(folder.path);
  const issued: string[] = [];
  const registry = notingKeys(createRegistry(seed), issued);
  const passwords = notingPasswords(temporaryPasswords(seed), issued);
  const certificates = makeCertificates();
  const eventsRows = 100;
  const postgres = starting.use(await startDatabase(folder.path, { eventsRows }));
  const ground = {
    folder: folder.path,
    eventsRows,
    seed,
    registry,
    passwords,
    certificates,
    postgres: Promise.resolve(postgres),
    portOf: () => 0,
  };
  const parts = await Promise.all(demos.map(async ({ start }) => starting.use(await start(ground))));
  const holdings = together(parts.map(({ holds }) => holds));
  const services = [
    sts(registry),
    rds(holdings),
    redshift(redshiftCredentials(holdings.redshiftClusters, passwords)),
    redshiftServerless(redshiftServerlessCredentials(holdings.workgroups, passwords)),
    secretsManager(holdings.secrets),
  ];
  starting.use(await startLocalEndpoint(registry, services));
  const started = starting.move();
  return {
    holdings,
    registry,
    passwords,
    issued,
    ca: certificates.ca,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

const notingKeys = (registry: Registry, issued: string[]): Registry => ({
  ...registry,
  assume(...to) {
    const made = registry.assume(...to);
    issued.push(made.secretAccessKey, made.sessionToken);
    return made;
  },
});

const notingPasswords = (passwords: TemporaryPasswords, issued: string[]): TemporaryPasswords => ({
  ...passwords,
  issue(...to) {
    const made = passwords.issue(...to);
    issued.push(made.password);
    return made;
  },
});

/** The keys that a principal of the local account works with. */
export const keysOf = (registry: Registry, name: PrincipalName): Credentials => {
  if (PRINCIPALS[name].kind !== 'role') return registry.longTerm(name);
  const { accessKeyId, secretAccessKey, sessionToken } = registry.issue(name, 'assumed-role', 900);
  return { accessKeyId, secretAccessKey, sessionToken };
};

/** A session of a principal of the local account. */
export const localSession = (registry: Registry, name: PrincipalName): UserSession => {
  const { arn, accountId, userId } = PRINCIPALS[name];
  return {
    ...sessionOf('editor'),
    id: `session-of-${name}`,
    user: { id: `aws:${accountId}:${userId}`, arn, name, kind: 'user' },
    account: { id: accountId },
    credentials: keysOf(registry, name),
    expiresAt: new Date(Date.now() + 3_600_000),
  };
};

type Login = ServerClaims['login'];

const NO_RULES: ServerClaims['allowed'] = { revision: 0, role: 'editor' };

/** What a connection to each demo says, for a login. */
export const claimsOf = ({ instances, proxies, clusters, redshiftClusters, workgroups, dsqlClusters }: Holdings) => ({
  instance(name: string, login: Login): ServerClaims {
    const found = instances.find(({ identifier }) => identifier === name);
    if (!found) throw new Error(`There is no instance ${name}.`);
    const { accountId, region, resourceId, host, port, database } = found;
    return {
      resourceId: `arn:aws:rds:${region}:${accountId}:db:${name}`,
      service: 'rds',
      engine: found.engine === 'postgres' ? 'postgres' : 'mysql',
      region,
      allowed: NO_RULES,
      target: { host, port, database },
      loginResourceId: resourceId,
      login,
    };
  },
  proxy(login: Login): ServerClaims {
    const [found] = proxies;
    if (!found) throw new Error('There is no proxy.');
    const { accountId, region, resourceId, endpoint } = found;
    return {
      resourceId: `arn:aws:rds:${region}:${accountId}:db-proxy:${resourceId}`,
      service: 'rds-proxy',
      engine: 'postgres',
      region,
      allowed: NO_RULES,
      target: { ...endpoint, database: 'shop' },
      name: found.name,
      loginResourceId: resourceId,
      login,
    };
  },
  aurora(use: 'writer' | 'reader', login: Login): ServerClaims {
    const [found] = clusters;
    const place = found?.[use];
    if (!place) throw new Error('There is no cluster.');
    const { accountId, region, resourceId, identifier } = found;
    return {
      resourceId: `arn:aws:rds:${region}:${accountId}:cluster:${identifier}`,
      service: 'aurora',
      engine: 'postgres',
      region,
      allowed: NO_RULES,
      target: { ...place, database: identifier },
      loginResourceId: resourceId,
      login,
    };
  },
  warehouse(login: Login): ServerClaims {
    const [found] = redshiftClusters;
    if (!found) throw new Error('There is no cluster of Redshift.');
    const { accountId, region, identifier, endpoint, database } = found;
    return {
      resourceId: `arn:aws:redshift:${region}:${accountId}:cluster:${identifier}`,
      service: 'redshift',
      engine: 'redshift',
      region,
      allowed: NO_RULES,
      target: { ...endpoint, database },
      login,
    };
  },
  workgroup(login: Login): ServerClaims {
    const [found] = workgroups;
    if (!found) throw new Error('There is no workgroup.');
    const { accountId, region, id, name, endpoint, database } = found;
    return {
      resourceId: `arn:aws:redshift-serverless:${region}:${accountId}:workgroup/${id}`,
      service: 'redshift-serverless',
      engine: 'redshift',
      region,
      allowed: NO_RULES,
      target: { ...endpoint, database },
      name,
      login,
    };
  },
  dsql(login: Login): ServerClaims {
    const [found] = dsqlClusters;
    if (!found) throw new Error('There is no cluster of Aurora DSQL.');
    const { accountId, region, id, endpoint } = found;
    return {
      resourceId: `arn:aws:dsql:${region}:${accountId}:cluster/${id}`,
      service: 'dsql',
      engine: 'dsql',
      region,
      allowed: NO_RULES,
      target: { ...endpoint, database: 'postgres' },
      login,
    };
  },
});
