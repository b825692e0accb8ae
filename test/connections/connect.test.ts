import type { Narrowing } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import type { Resource } from '#contract/resources.ts';
import { ROUTES } from '#contract/routes.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Discovery } from '#core/ports/discovery.ts';
import { openConnection } from '#core/session/connection-token.ts';
import { connect } from '../../lambdas/connections/connect.ts';
import {
  failingDatabases,
  fakeDatabases,
  noRules,
  noTags,
  ownKeys,
  shopClaims,
  tableClaims,
} from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { memoryAudit, standing } from '../support/ports.ts';
import { resource } from '../support/resources.ts';

const finding = (found: Resource): Pick<Discovery, 'find'> => ({ find: async () => found });

interface Wanted {
  readonly found?: Resource;
  readonly discovery?: Pick<Discovery, 'find'>;
  readonly databases?: Databases;
  readonly body?: object;
  readonly role?: 'reader' | 'editor';
  readonly audit?: Audit;
  readonly narrowings?: Narrowing[];
}

function attempt({
  found = resource(),
  discovery = finding(found),
  databases = fakeDatabases({}).databases,
  body = {},
  role = 'reader',
  narrowings,
  audit = memoryAudit().audit,
}: Wanted) {
  const store = narrowings ? { ...noRules, access: async () => ({ rules: [], narrowings, revision: 7 }) } : noRules;
  const input = ROUTES.connect.body.parse({
    resourceId: found.id,
    login: { method: 'iam', user: 'app_iam' },
    ...body,
  });
  const context = {
    session: sessionOf(role),
    standing,
    requestId: 'r-1',
    address: '192.0.2.1',
    signal: new AbortController().signal,
  };
  return connect({ discovery: { ...noTags, ...discovery }, databases, roles: ownKeys, store, audit })(
    { params: undefined, query: undefined, body: input },
    context,
  );
}

const password = { login: { method: 'password', user: 'app', password: 'only in this test' } };

describe('connecting', () => {
  it('answers with what the database says of the login, and closes the connection', async () => {
    const { databases, seen } = fakeDatabases({});
    const answer = await attempt({ databases });
    expect(answer).toMatchObject({
      engine: 'postgres',
      version: '18.1',
      user: 'app_iam',
      database: 'shop',
      readOnly: true,
    });
    expect(seen).toMatchObject({ opened: 1, closed: 1 });
  });

  it('seals host and port as discovery found them', async () => {
    const answer = await attempt({});
    const token = 'connection' in answer ? answer.connection : '';
    expect(await openConnection(sessionOf('reader'), token)).toEqual(shopClaims);
  });

  it('tells editors that they may write', async () => {
    expect(await attempt({ role: 'editor' })).toMatchObject({ readOnly: false });
  });

  it('opens the database that was asked for, else the one that the resource names, else the default', async () => {
    const { databases, seen } = fakeDatabases({});
    const { database: _none, ...unnamed } = resource();
    await attempt({ databases, body: { database: 'archive' } });
    await attempt({ databases });
    await attempt({ databases, found: unnamed });
    expect(seen.asked.map(({ claims }) => 'target' in claims && claims.target.database)).toEqual([
      'archive',
      'shop',
      'postgres',
    ]);
  });

  it('takes the writer of a cluster', async () => {
    const { databases, seen } = fakeDatabases({});
    const endpoints = [
      { host: 'writer.test', port: 5432, use: 'writer' as const },
      { host: 'reader.test', port: 5432, use: 'reader' as const },
    ];
    await attempt({ databases, found: resource({ endpoints }) });
    expect(seen.asked[0]?.claims).toMatchObject({ target: { host: 'writer.test' } });
  });

  it('takes the endpoint that is named', async () => {
    const { databases, seen } = fakeDatabases({});
    const endpoints = [
      { host: 'writer.test', port: 5432, use: 'writer' as const },
      { host: 'reader.test', port: 5433, use: 'reader' as const },
    ];
    await attempt({ databases, found: resource({ endpoints }), body: { endpoint: 'reader.test' } });
    expect(seen.asked[0]?.claims).toMatchObject({ target: { host: 'reader.test', port: 5433 } });
  });

  it("takes Oracle's port of TLS for the one in the clear, and any other as it is", async () => {
    const { databases, seen } = fakeDatabases({});
    const oracle = { awsEngine: 'oracle-ee', engine: 'oracle' as const };
    const body = { login: { method: 'password', user: 'admin', password: 'only in this test' } };
    for (const port of [1_521, 2_484, 1_600]) {
      const found = resource({ ...oracle, endpoints: [{ host: 'ledger.test', port, use: 'instance' }] });
      await attempt({ databases, found, body });
    }
    const ports = seen.asked.map(({ claims }) => 'target' in claims && claims.target.port);
    expect(ports).toEqual([2_484, 2_484, 1_600]);
  });

  it('seals the managed secret by its name, and the role that is taken on, but nothing that opens a door', async () => {
    const { databases, seen } = fakeDatabases({});
    const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-shop-AbCdEf';
    const assume = { roleArn: 'arn:aws:iam::444455556666:role/lodge', externalId: 'harbour' };
    const login = { method: 'secret', user: 'left out', password: 'left out' };
    await attempt({ databases, found: resource({ secretArn }), body: { login, assume } });
    expect(seen.asked[0]?.claims).toMatchObject({ login: { method: 'secret', user: '', secretArn }, assume });
    expect(seen.asked[0]?.claims.login).not.toHaveProperty('password');
  });

  it('keeps a password out of the answer', async () => {
    expect(JSON.stringify(await attempt({ body: password }))).not.toContain(password.login.password);
  });

  it('seals no token for IAM logins: it is signed anew at each use', async () => {
    const { databases, seen } = fakeDatabases({});
    await attempt({ databases });
    expect(seen.asked[0]?.claims.login).toEqual({ method: 'iam', user: 'app_iam' });
  });
});

describe('connecting where the rules narrow a role', () => {
  const narrowed = (effect: Narrowing['effect']): Narrowing[] => [
    { role: 'editor', where: { arn: '*:db:shop' }, effect },
  ];

  it('refuses what is hidden in the very words of what does not exist, and asks no database', async () => {
    const { databases, seen } = fakeDatabases({});
    const missing = { ...finding(resource()), find: () => Promise.reject(new AppError('RESOURCE_NOT_FOUND')) };
    const refused = (what: Promise<unknown>) => what.catch((error: AppError) => error.body('r-1'));
    const hidden = await refused(attempt({ databases, role: 'editor', narrowings: narrowed('hidden') }));
    expect(hidden).toEqual(await refused(attempt({ databases, discovery: missing })));
    expect(hidden).toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    expect(seen.opened).toBe(0);
  });

  it('only reads where it is read-only, and seals that with the rules and the role that said so', async () => {
    const { databases, seen } = fakeDatabases({});
    const answer = await attempt({ databases, role: 'editor', narrowings: narrowed('read-only') });
    expect(answer).toMatchObject({ readOnly: true });
    const token = 'connection' in answer ? answer.connection : '';
    const sealed = { readOnly: true, allowed: { revision: 7, role: 'editor' } };
    expect(await openConnection(sessionOf('editor'), token)).toMatchObject(sealed);
    expect(seen.asked[0]?.claims).toMatchObject(sealed);
  });

  it('leaves the others as they are', async () => {
    expect(await attempt({ role: 'reader', narrowings: narrowed('hidden') })).toMatchObject({ readOnly: true });
    const found = resource({ id: 'arn:aws:rds:eu-central-1:111122223333:db:other' });
    expect(await attempt({ found, role: 'editor', narrowings: narrowed('hidden') })).toMatchObject({ readOnly: false });
  });
});

describe("connecting with the session's own keys", () => {
  const { database: _none, ...tables } = resource({
    id: tableClaims.resourceId,
    name: 'DynamoDB eu-central-1',
    service: 'dynamodb',
    awsEngine: 'dynamodb',
    engine: 'dynamodb',
    endpoints: [],
  });
  const body = { login: { method: 'keys' } };

  it('asks nothing, and seals where the tables are and no key at all', async () => {
    const session = sessionOf('reader');
    const answer = await attempt({ found: tables, body });
    expect(answer).toMatchObject({ engine: 'dynamodb', user: session.user.name, database: 'eu-central-1' });
    const token = 'connection' in answer ? answer.connection : '';
    expect(await openConnection(session, token)).toEqual(tableClaims);
  });

  it('keeps out what somebody sends beside', async () => {
    const login = { method: 'keys', user: 'root', password: 'only in this test' };
    const { databases, seen } = fakeDatabases({});
    await attempt({ databases, found: tables, body: { login, database: 'other' } });
    expect(seen.asked[0]?.claims).toEqual(tableClaims);
  });

  it('is refused where the engine logs in otherwise, and the other way round', async () => {
    const wrong = (message: string) => ({
      code: 'INPUT_INVALID',
      details: { fields: [{ path: 'body.login.method', message }] },
    });
    await expect(attempt({ body })).rejects.toMatchObject(wrong('is none of iam, secret, password'));
    await expect(attempt({ found: tables })).rejects.toMatchObject(wrong('is none of keys'));
  });
});

describe('a connection is refused', () => {
  it('where a login lacks its user', async () => {
    await expect(attempt({ body: { login: { method: 'iam' } } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { fields: [{ path: 'body.login.user', message: 'is empty' }] },
    });
  });

  it('where Lodge has no engine', async () => {
    const { engine: _none, ...oracle } = resource({ awsEngine: 'oracle-ee' });
    await expect(attempt({ found: oracle })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('oracle-ee'),
    });
  });

  it('where the resource has no endpoint yet, naming its status', async () => {
    const found = resource({ endpoints: [], status: 'creating' });
    await expect(attempt({ found })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringContaining('creating'),
    });
  });

  it('where IAM login is not enabled, saying how to enable it', async () => {
    await expect(attempt({ found: resource({ iamLogin: false }) })).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('Switch on “IAM database authentication”'),
    });
  });

  it('where a secret is wanted, and the resource has none and none is named', async () => {
    await expect(attempt({ body: { login: { method: 'secret' } } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { fields: [{ path: 'body.login.secretArn', message: expect.stringContaining('no managed secret') }] },
    });
  });

  it('where an endpoint is named that the resource does not have', async () => {
    await expect(attempt({ body: { endpoint: 'elsewhere.test' } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { fields: [{ path: 'body.endpoint', message: 'is no endpoint of shop' }] },
    });
  });

  it('where a password login brings no password', async () => {
    await expect(attempt({ body: { login: { method: 'password', user: 'app' } } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { fields: [{ path: 'body.login.password', message: 'is empty' }] },
    });
  });

  it('where the database refuses it, in the words of the engine', async () => {
    const refused = new AppError('LOGIN_FAILED');
    const databases = failingDatabases(refused);
    await expect(attempt({ databases })).rejects.toBe(refused);
  });
});

describe('the record of a connection', () => {
  it('says where it leads and as whom, and holds no password', async () => {
    const { audit, entries } = memoryAudit();
    await attempt({ audit, body: password });
    expect(entries).toMatchObject([
      {
        kind: 'connection',
        outcome: 'succeeded',
        resource: { id: resource().id, engine: 'postgres', region: 'eu-central-1' },
        database: 'shop',
        databaseUser: 'app',
        login: 'password',
        user: sessionOf('reader').user,
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain(password.login.password);
  });

  it('is left also where the resource was not found, or the login failed', async () => {
    const { audit, entries } = memoryAudit();
    const missing = { find: () => Promise.reject(new AppError('RESOURCE_NOT_FOUND')) };
    await expect(attempt({ audit, discovery: missing })).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    const failing = failingDatabases(new AppError('LOGIN_FAILED'));
    await expect(attempt({ audit, databases: failing })).rejects.toMatchObject({ code: 'LOGIN_FAILED' });
    expect(entries).toMatchObject([
      { outcome: 'refused', code: 'RESOURCE_NOT_FOUND', resource: { id: resource().id, engine: '' } },
      { outcome: 'failed', code: 'LOGIN_FAILED', resource: { engine: 'postgres' } },
    ]);
  });

  it('that cannot be written lets nothing be asked', async () => {
    const { audit } = memoryAudit({ failing: true });
    const { databases, seen } = fakeDatabases({});
    const discovery = { find: jest.fn() };
    await expect(attempt({ audit, databases, discovery })).rejects.toMatchObject({ code: 'AUDIT_FAILED' });
    expect(discovery.find).not.toHaveBeenCalled();
    expect(seen.opened).toBe(0);
  });
});
