import { databases } from '#core/databases/databases.ts';
import type { ConnectOptions, Engine, Login, ServiceEngine, Target } from '#core/engines/engine.ts';
import type { DatabaseTokens } from '#core/ports.ts';
import { fakeDatabases, shopClaims, tableClaims } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';

const signal = new AbortController().signal;

function setup() {
  const calls: { target: Target; login: Login; options: ConnectOptions }[] = [];
  const signed: unknown[] = [];
  const engine: Engine = {
    connect: async (target, login, options) => {
      calls.push({ target, login, options });
      return fakeDatabases({}).databases.connect(shopClaims, sessionOf('reader'), signal);
    },
  };
  const tokens: DatabaseTokens = {
    sign: async (to, credentials) => {
      signed.push({ to, credentials });
      return 'signed a moment ago';
    },
  };
  return { reach: databases({ engines: { postgres: engine }, tokens, authorities: () => 'PEM' }), calls, signed };
}

describe('reaching a database', () => {
  it("signs an IAM token with the session's credentials, for the host, port, region and user", async () => {
    const { reach, calls, signed } = setup();
    const session = sessionOf('reader');
    await reach.connect(shopClaims, session, signal);
    const to = { host: 'shop.test', port: 5432, region: 'eu-central-1', user: 'app_iam' };
    expect(signed).toEqual([{ to: expect.objectContaining(to), credentials: session.credentials }]);
    expect(calls[0]?.login).toEqual({ user: 'app_iam', password: 'signed a moment ago' });
  });

  it('takes the sealed password without signing anything', async () => {
    const { reach, calls, signed } = setup();
    const login = { method: 'password' as const, user: 'app', password: 'of a test' };
    await reach.connect({ ...shopClaims, login }, sessionOf('reader'), signal);
    expect(signed).toEqual([]);
    expect(calls[0]?.login).toEqual({ user: 'app', password: 'of a test' });
  });

  it('hands the engine the authorities to trust', async () => {
    const { reach, calls } = setup();
    await reach.connect(shopClaims, sessionOf('reader'), signal);
    expect(calls[0]?.target).toEqual({ host: 'shop.test', port: 5432, database: 'shop', ca: 'PEM' });
  });

  it.each([
    ['reader', true],
    ['editor', false],
    ['administrator', false],
  ] as const)('makes the connection of a %s read only: %s', async (role, readOnly) => {
    const { reach, calls } = setup();
    await reach.connect(shopClaims, sessionOf(role), signal);
    expect(calls[0]?.options).toEqual({ readOnly, signal });
  });

  it('refuses an engine that is not here, by its title', async () => {
    const { reach } = setup();
    const refused = reach.connect({ ...shopClaims, engine: 'mysql' }, sessionOf('reader'), signal);
    await expect(refused).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('MySQL'),
    });
  });

  it("hands a service the session's own keys, and signs nothing", async () => {
    const { calls: servers, signed } = setup();
    const calls: unknown[] = [];
    const service: ServiceEngine = {
      connect: async (...given) => {
        calls.push(given);
        return fakeDatabases({}).databases.connect(shopClaims, sessionOf('reader'), signal);
      },
    };
    const reach = databases({
      engines: {},
      services: { dynamodb: service },
      tokens: { sign: () => Promise.reject(new Error('not asked for')) },
      authorities: () => 'PEM',
    });
    const session = sessionOf('reader');
    await reach.connect(tableClaims, session, signal);
    const { resourceId, region } = tableClaims;
    const target = { resourceId, region, user: session.user.name };
    expect(calls).toEqual([[target, session.credentials, { readOnly: true, signal }]]);
    expect([servers, signed]).toEqual([[], []]);
  });

  it('refuses a service that is not here, by its title', async () => {
    const { reach } = setup();
    const refused = reach.connect(tableClaims, sessionOf('reader'), signal);
    await expect(refused).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('DynamoDB'),
    });
  });
});
