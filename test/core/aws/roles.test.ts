import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { clientConfig } from '#core/aws/clients.ts';
import { createRoles, sessionName } from '#core/aws/roles.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import type { Service } from '#core/local/aws/service.ts';
import { sts } from '#core/local/aws/sts.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { localSession } from '../../support/local-databases.ts';
import { startLocalEndpoint } from '../../support/local-endpoint.ts';

const registry = createRegistry(Buffer.alloc(32, 22));
const roleArn = 'arn:aws:iam::444455556666:role/LodgeDatabases';
const assume = { roleArn, externalId: 'lodge-demo' };
const { signal } = new AbortController();

/** What was asked of AssumeRole, call by call. */
const asked: ReadonlyMap<string, string>[] = [];
let endpoint: AsyncDisposable;
beforeAll(async () => {
  endpoint = await startLocalEndpoint(registry, [noting(sts(registry))]);
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => endpoint[Symbol.asyncDispose]());

function noting(service: Service): Service {
  if (service.protocol !== 'query') return service;
  const { AssumeRole } = service.operations;
  return {
    ...service,
    operations: {
      ...service.operations,
      AssumeRole(parameters, caller) {
        asked.push(parameters);
        return AssumeRole?.(parameters, caller) ?? {};
      },
    },
  };
}

/** Roles whose clock runs ahead of the machine's as a test wants it. */
const rolesAt = (start = Date.now()) => {
  const clock = { now: start };
  return { roles: createRoles(() => new Date(clock.now)), clock };
};
const minutes = (count: number) => count * 60_000;
const whoIs = async (credentials: Credentials) =>
  (await new STSClient(clientConfig(credentials)).send(new GetCallerIdentityCommand({}))).Arn;
const ada = localSession(registry, 'ada');

describe('roles', () => {
  it('are not needed: the keys are those of the session', async () => {
    const { roles } = rolesAt();
    expect(await roles.credentials(ada, undefined, signal)).toBe(ada.credentials);
    expect(asked).toEqual([]);
  });

  it('are taken on with the keys of the session, in the name of the user', async () => {
    const { roles } = rolesAt();
    const credentials = await roles.credentials(ada, assume, signal);
    expect(await whoIs(credentials)).toBe('arn:aws:sts::444455556666:assumed-role/LodgeDatabases/ada');
  });

  it('are waited for no longer by whoever gives up, and still made for the others', async () => {
    const { roles } = rolesAt();
    const gone = new Error('gone');
    const left = roles.credentials(ada, assume, AbortSignal.abort(gone));
    const others = roles.credentials(ada, assume, signal);
    await expect(left).rejects.toBe(gone);
    expect(await whoIs(await others)).toContain('assumed-role/LodgeDatabases');
    expect(asked).toHaveLength(1);
  });

  it('are taken on once for calls that come together or soon after, and anew before the keys end', async () => {
    const { roles, clock } = rolesAt();
    const [one, other] = await Promise.all([1, 2].map(() => roles.credentials(ada, assume, signal)));
    clock.now += minutes(14);
    expect(one).toBe(other);
    expect(await roles.credentials(ada, assume, signal)).toBe(one);
    clock.now += minutes(2);
    expect(await roles.credentials(ada, assume, signal)).not.toBe(one);
    expect(asked.map((parameters) => parameters.get('DurationSeconds'))).toEqual(['1800', '1800']);
  });

  it('are taken on by each session for itself, and with each external id', async () => {
    const { roles } = rolesAt();
    const another = { ...ada, id: 'another-session' };
    const mine = await roles.credentials(ada, assume, signal);
    expect(await roles.credentials(another, assume, signal)).not.toBe(mine);
    await expect(roles.credentials(ada, { ...assume, externalId: 'wrong' }, signal)).rejects.toMatchObject({
      code: 'AWS_DENIED',
    });
    expect(asked).toHaveLength(3);
  });

  it('last no longer than the session, save that AWS gives no less than a quarter of an hour', async () => {
    const { roles } = rolesAt();
    const ending = (count: number) => ({
      ...ada,
      id: `ends-in-${count}`,
      expiresAt: new Date(Date.now() + minutes(count)),
    });
    for (const count of [20, 3]) await roles.credentials(ending(count), assume, signal);
    const [twenty = 0, three] = asked.map((parameters) => Number(parameters.get('DurationSeconds')));
    expect(Math.round(twenty / 10)).toBe(120);
    expect(three).toBe(900);
  });

  it('are forgotten at the end of the session', async () => {
    const { roles, clock } = rolesAt();
    const short = { ...ada, expiresAt: new Date(clock.now + minutes(5)) };
    await roles.credentials(short, assume, signal);
    clock.now += minutes(4);
    await roles.credentials(short, assume, signal);
    expect(asked).toHaveLength(1);
    clock.now += minutes(1);
    await roles.credentials(short, assume, signal);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['whose own policy does not lead there', 'ben', assume],
    ['with another external id', 'ada', { roleArn, externalId: 'wrong' }],
    ['without one', 'ada', { roleArn }],
  ] as const)('refused to somebody %s, name what may be missing and whom to trust', async (_title, who, wanted) => {
    const { roles } = rolesAt();
    const failure = await roles.credentials(localSession(registry, who), wanted, signal).catch((error) => error);
    expect(failure).toMatchObject({
      code: 'AWS_DENIED',
      details: { action: 'sts:AssumeRole', resource: roleArn, hint: expect.stringContaining('external id') },
    });
    const policy = JSON.parse(failure.details.hint.replace(/^[^{]*/, ''));
    expect(policy.Statement[0].Principal).toEqual({ AWS: `arn:aws:iam::111122223333:user/${who}` });
    expect(policy.Statement[0].Condition?.StringEquals['sts:ExternalId']).toBe(
      'externalId' in wanted ? wanted.externalId : undefined,
    );
  });

  it('that could not be taken on are tried again at the next call', async () => {
    const { roles } = rolesAt();
    const wrong = { roleArn, externalId: 'wrong' };
    for (const _ of [1, 2]) await roles.credentials(ada, wrong, signal).catch(() => undefined);
    expect(asked).toHaveLength(2);
  });
});

test.each([
  ['maria', 'maria'],
  ['dana@example.com', 'dana@example.com'],
  ['Zoë Müller', 'Zoe-Muller'],
  ['x', 'x-'],
  ['', '--'],
  ['多摩', '-'.padEnd(2, '-')],
  ['n'.repeat(80), 'n'.repeat(64)],
])('the session of %j is named %j', (name, session) => {
  expect(sessionName(name)).toBe(session);
  expect(sessionName(name)).toMatch(/^[\w+=,.@-]{2,64}$/);
});
