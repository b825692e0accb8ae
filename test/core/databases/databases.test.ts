import type { Operation } from '#contract/connector.ts';
import { ENGINES } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import { Limits } from '#contract/settings.ts';
import type { Connector, ConnectorEvent } from '#core/connectors/connector.ts';
import { type At, databases } from '#core/databases/databases.ts';
import type { ServiceEngine } from '#core/engines/engine.ts';
import type { Credentials } from '#core/ports/identity.ts';
import type { DatabaseLogins, Roles } from '#core/ports/logins.ts';
import { fakeConnection, ownKeys, shopClaims, tableClaims } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';

const { signal } = new AbortController();
const about = { version: '18.1', user: 'app_iam', database: 'shop' };
const opened = { type: 'opened', about } as const;
const options = { maxRows: 5, timeoutSeconds: 7 };

interface Changes {
  readonly events?: readonly ConnectorEvent[];
  readonly fails?: unknown;
  readonly roles?: Roles;
  readonly logins?: DatabaseLogins;
  readonly opensFirst?: true;
}

function setup({ events = [opened], fails, roles = ownKeys, logins, opensFirst }: Changes = {}) {
  const asked: { network: string | undefined; operation: Operation }[] = [];
  const made: { claims: unknown; credentials: Credentials }[] = [];
  const left = { count: 0 };
  const connector = (network: string | undefined): Connector => ({
    ...(opensFirst && { opensFirst }),
    async *perform(operation) {
      asked.push({ network, operation });
      try {
        yield* events;
        if (fails) throw fails;
      } finally {
        left.count += 1;
      }
    },
  });
  const making: DatabaseLogins = {
    make: async (claims, credentials) => {
      made.push({ claims, credentials });
      return { user: claims.login.user, password: 'made a moment ago' };
    },
  };
  return { reach: databases({ connector, logins: logins ?? making, roles }), asked, made, left };
}

const at = (changes: Partial<At> = {}): At => ({
  claims: shopClaims,
  session: sessionOf('reader'),
  signal,
  ...changes,
});

describe('reaching a database', () => {
  it("makes the login with the session's credentials, and hands the connector what one operation needs", async () => {
    const { reach, asked, made } = setup();
    expect(await reach.about(at())).toEqual(about);
    expect(made).toEqual([{ claims: shopClaims, credentials: sessionOf('reader').credentials }]);
    expect(asked).toEqual([
      {
        network: undefined,
        operation: {
          engine: 'postgres',
          target: shopClaims.target,
          login: { user: 'app_iam', password: 'made a moment ago' },
          readOnly: true,
          work: { do: 'open' },
        },
      },
    ]);
  });

  it('takes on the role of the connection first, and makes the login with its keys', async () => {
    const assume = { roleArn: 'arn:aws:iam::444455556666:role/lodge' };
    const theirs = { accessKeyId: 'ASIAOFTHEROLE0000001', secretAccessKey: 'of the role', sessionToken: 'of a test' };
    const roles: Roles = {
      credentials: async (session, role) => (role === assume ? theirs : session.credentials),
    };
    const { reach, made } = setup({ roles });
    await reach.about(at({ claims: { ...shopClaims, assume } }));
    expect(made[0]?.credentials).toBe(theirs);
  });

  it('calls the connector of the network that serves the resource', async () => {
    const { reach, asked } = setup();
    await reach.about(at({ claims: { ...shopClaims, network: 'private' } }));
    expect(asked[0]?.network).toBe('private');
  });

  it.each([
    ['reader', true],
    ['editor', false],
    ['administrator', false],
  ] as const)('makes the connection of a %s read only: %s', async (role, readOnly) => {
    const { reach, asked } = setup();
    await reach.about(at({ session: sessionOf(role) }));
    expect(asked[0]?.operation.readOnly).toBe(readOnly);
  });

  it.each(['reader', 'editor', 'administrator'] as const)(
    'of a %s that the rules let only read, only reads',
    async (role) => {
      const { reach, asked } = setup();
      await reach.about(at({ session: sessionOf(role), claims: { ...shopClaims, readOnly: true } }));
      expect(asked[0]?.operation.readOnly).toBe(true);
    },
  );

  it('asks nobody where the login cannot be made', async () => {
    const denied = new AppError('AWS_DENIED');
    const { reach, asked } = setup({ logins: { make: () => Promise.reject(denied) } });
    await expect(reach.about(at())).rejects.toBe(denied);
    expect(asked).toEqual([]);
  });
});

describe('one answer', () => {
  const path = [{ kind: 'schema' as const, name: 'shop' }];
  const answering = () => setup({ events: [opened, { type: 'answer', value: 'the answer' }] });
  it.each([
    ['children', path, { do: 'children', path }],
    ['names', undefined, { do: 'names' }],
    ['describe', path, { do: 'describe', path }],
    ['cancel', '42.1', { do: 'cancel', handle: '42.1' }],
    ['plan', 'select 1', { do: 'plan', script: 'select 1' }],
  ] as const)('comes of %s', async (name, argument, work) => {
    const { reach, asked, left } = answering();
    const ask = reach[name] as (at: At, argument: unknown) => Promise<unknown>;
    expect(await ask(at(), argument)).toBe('the answer');
    expect(asked[0]?.operation.work).toEqual(work);
    expect(left.count).toBe(1);
  });

  it('is missed where a connector ends without it', async () => {
    const { reach } = setup();
    await expect(reach.names(at())).rejects.toMatchObject({ code: 'DATABASE_LOST' });
  });
});

describe('running', () => {
  const done = { type: 'done', statement: 0, command: 'SELECT', rows: 0, truncated: false, elapsedMs: 1 } as const;

  it('streams what comes after the login', async () => {
    const { reach, asked } = setup({ events: [opened, done] });
    const events = await reach.run(at(), 'select 1', options);
    expect(await Array.fromAsync(events)).toEqual([done]);
    expect(asked[0]?.operation.work).toEqual({ do: 'run', script: 'select 1', ...options });
  });

  it('hands parameters to an engine that binds them, and refuses them to one that would not', async () => {
    const parameters = [{ name: 'since', type: 'date', value: '2026-11-24' }] as const;
    const { reach, asked } = setup();
    await Array.fromAsync(await reach.run(at(), 'select :since', { ...options, parameters }));
    expect(asked.map(({ operation: { work } }) => work)).toMatchObject([{ parameters }]);
    const cannot = jest.replaceProperty(ENGINES.oracle, 'can', { ...ENGINES.oracle.can, parameters: false });
    const oracle = at({ claims: { ...shopClaims, engine: 'oracle' } });
    await expect(reach.run(oracle, 'select :since from dual', { ...options, parameters })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
    });
    cannot.restore();
    expect(asked).toHaveLength(1);
  });

  it('says that a login is refused before there is a stream', async () => {
    const refused = new AppError('LOGIN_FAILED');
    const { reach } = setup({ events: [], fails: refused });
    await expect(reach.run(at(), 'select 1', options)).rejects.toBe(refused);
  });

  it('passes on what fails later, inside the stream', async () => {
    const failed = new AppError('STATEMENT_FAILED');
    const { reach } = setup({ fails: failed });
    const events = await reach.run(at(), 'select 1', options);
    await expect(Array.fromAsync(events)).rejects.toBe(failed);
  });

  it.each([
    ['made ahead of what allows the script, where nothing else leaves with it', true, 1],
    ['made with the script, once it is allowed, by a connector elsewhere', undefined, 0],
  ] as const)('has a login %s', async (_where, opensFirst, early) => {
    const { reach, asked, made } = setup({ events: [opened, done], ...(opensFirst && { opensFirst }) });
    const allowed = Promise.withResolvers<void>();
    const running = reach.run(at(), 'select 1', options, { allowed: allowed.promise });
    await new Promise(setImmediate);
    expect([made.length, asked.length]).toEqual([1, early]);
    allowed.resolve();
    expect(await Array.fromAsync(await running)).toEqual([done]);
    expect(asked).toHaveLength(1);
  });

  it('leaves the connector of a script that is not allowed, and never calls one elsewhere', async () => {
    const refused = new AppError('TOO_MANY_STATEMENTS');
    for (const opensFirst of [true, undefined] as const) {
      const { reach, asked, left } = setup({ events: [opened, done], ...(opensFirst && { opensFirst }) });
      const running = reach.run(at(), 'select 1', options, { allowed: Promise.reject(refused) });
      await expect(running).rejects.toBe(refused);
      expect(left.count).toBe(asked.length);
      if (!opensFirst) expect(asked).toEqual([]);
    }
  });

  it('leaves the connector when its reader leaves', async () => {
    const { reach, left } = setup({ events: [opened, done, done] });
    for await (const _event of await reach.run(at(), 'select 1', options)) break;
    expect(left.count).toBe(1);
  });
});

describe('an AWS service', () => {
  const found = { ...about, user: 'maria', database: 'eu-central-1' };

  it("is called with the session's own keys, and no login is made", async () => {
    const calls: unknown[][] = [];
    const service: ServiceEngine = {
      connect: async (...given) => {
        calls.push(given);
        return fakeConnection(found);
      },
    };
    const reach = databases({
      connector: () => ({ perform: () => Promise.reject(new Error('not asked for')) as never }),
      services: { dynamodb: service },
      logins: { make: () => Promise.reject(new Error('not asked for')) },
      roles: ownKeys,
    });
    const session = sessionOf('reader');
    const limits = Limits.parse({ scanItems: 5, scanMegabytes: 7 });
    const tableAccess = () => undefined;
    expect(await reach.about(at({ claims: tableClaims, session, limits, tableAccess }))).toEqual(found);
    const { resourceId, region } = tableClaims;
    const target = { resourceId, region, user: session.user.name };
    const scanLimits = { items: 5, bytes: 7_000_000 };
    expect(calls).toEqual([
      [target, session.credentials, { readOnly: true, scans: 'limited', scanLimits, tableAccess, signal }],
    ]);
    await reach.about(at({ claims: { ...tableClaims, readOnly: true }, session: sessionOf('editor') }));
    expect(calls[1]?.[2]).toMatchObject({ readOnly: true, scans: 'free' });
    await reach.about(at({ claims: tableClaims, session: sessionOf('editor'), unattended: true }));
    expect(calls[2]?.[2]).toMatchObject({ readOnly: false, scans: 'limited' });
    await reach.about(at({ claims: tableClaims, session: sessionOf('administrator'), unattended: false }));
    expect(calls[3]?.[2]).toMatchObject({ readOnly: false, scans: 'free' });
  });

  it('is refused by its title where it is not here', async () => {
    const { reach } = setup();
    await expect(reach.about(at({ claims: tableClaims }))).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('DynamoDB'),
    });
  });
});
