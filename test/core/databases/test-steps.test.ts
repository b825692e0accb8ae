import { AppError } from '#contract/errors.ts';
import type { ConnectorEvent } from '#core/connectors/connector.ts';
import { databases } from '#core/databases/databases.ts';
import type { DatabaseLogins } from '#core/ports/logins.ts';
import { fakeConnection, ownKeys, plainLogins, shopClaims, tableClaims } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';

const { signal } = new AbortController();
const session = sessionOf('reader');
const step = (name: 'name' | 'port', state: 'passed' | 'failed'): ConnectorEvent => ({
  type: 'step',
  step: name,
  state,
  elapsedMs: 1,
});

function reaching(events: readonly ConnectorEvent[], logins: DatabaseLogins = plainLogins) {
  return databases({
    connector: () => ({
      async *perform() {
        yield* events;
      },
    }),
    services: {
      dynamodb: {
        connect: async () =>
          fakeConnection(
            { version: '1', user: 'u', database: 'd' },
            { children: () => (events.length > 0 ? Promise.reject(new AppError('AWS_DENIED')) : Promise.resolve([])) },
          ),
      },
    },
    logins,
    roles: ownKeys,
  });
}

describe('testing a connection', () => {
  it('begins with the credentials, and goes on with what the connector sees', async () => {
    const seen = [step('name', 'passed'), step('port', 'failed')];
    const steps = await Array.fromAsync(reaching(seen).test({ claims: shopClaims, session, signal }));
    expect(steps.map((one) => [one.step, one.state])).toEqual([
      ['credentials', 'passed'],
      ['name', 'passed'],
      ['port', 'failed'],
    ]);
  });

  it('makes the role and the login once, and tries what it made', async () => {
    const made: string[] = [];
    const tried: unknown[] = [];
    const logging = databases({
      connector: () => ({
        async *perform({ login }) {
          tried.push(login);
          yield step('name', 'passed');
        },
      }),
      logins: {
        async make() {
          made.push('login');
          return { user: 'app', password: `made as number ${made.length}` };
        },
      },
      roles: {
        async credentials(of) {
          made.push('role');
          return of.credentials;
        },
      },
    });
    await Array.fromAsync(logging.test({ claims: shopClaims, session, signal }));
    expect(made).toEqual(['role', 'login']);
    expect(tried).toEqual([{ user: 'app', password: 'made as number 2' }]);
  });

  it('ends where the login cannot be made, and says why', async () => {
    const denied = new AppError('AWS_DENIED', { details: { action: 'secretsmanager:GetSecretValue' } });
    const reach = reaching([step('name', 'passed')], { make: () => Promise.reject(denied) });
    expect(await Array.fromAsync(reach.test({ claims: shopClaims, session, signal }))).toEqual([
      expect.objectContaining({
        step: 'credentials',
        state: 'failed',
        error: expect.objectContaining({ code: 'AWS_DENIED', details: { action: 'secretsmanager:GetSecretValue' } }),
      }),
    ]);
  });

  it('shows nothing of an error that nobody expected', async () => {
    const reach = reaching([], { make: () => Promise.reject(new Error('secret inside')) });
    const steps = await Array.fromAsync(reach.test({ claims: shopClaims, session, signal }));
    expect(steps[0]).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
    expect(JSON.stringify(steps)).not.toContain('secret inside');
  });

  it.each([
    ['passes', [], 'passed'],
    ['fails', [step('name', 'passed')], 'failed'],
  ] as const)('of a service is one call, which %s', async (_says, events, state) => {
    const steps = await Array.fromAsync(reaching(events).test({ claims: tableClaims, session, signal }));
    expect(steps.map((one) => [one.step, one.state])).toEqual([
      ['credentials', 'passed'],
      ['login', state],
    ]);
  });
});
