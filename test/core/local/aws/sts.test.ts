import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { PRINCIPALS } from '#core/local/account/principals.ts';
import { sts } from '#core/local/aws/sts.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry, temporary } from './sdk.ts';

const config = endpointWith(sts(registry));
const whoIs = (credentials: Credentials) => new STSClient(config(credentials)).send(new GetCallerIdentityCommand({}));
const exchange = async (credentials: Credentials, DurationSeconds?: number) =>
  new STSClient(config(credentials)).send(new GetSessionTokenCommand({ ...(DurationSeconds && { DurationSeconds }) }));

test.each(['ada', 'cleo', 'erin', 'root', 'service'] as const)(
  'says who %s is, which needs no permission',
  async (name) => {
    const { arn, userId, accountId } = PRINCIPALS[name];
    expect(await whoIs(registry.longTerm(name))).toMatchObject({ Arn: arn, UserId: userId, Account: accountId });
  },
);

test('says who the holder of temporary keys is', async () => {
  const answer = await whoIs(temporary(registry.issue('dana', 'assumed-role', 900)));
  expect(answer.Arn).toBe(PRINCIPALS.dana.arn);
  expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('exchanges long-term keys for temporary ones of the same user', async () => {
  const { Credentials: made } = await exchange(ada, 1_800);
  const credentials = {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  };
  expect((await whoIs(credentials)).Arn).toBe(PRINCIPALS.ada.arn);
  const seconds = ((made?.Expiration?.getTime() ?? 0) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(1_700);
  expect(seconds).toBeLessThanOrEqual(1_800);
});

test('exchanges no temporary keys', async () => {
  const credentials = temporary(registry.issue('dana', 'assumed-role', 900));
  expect(await refusal(exchange(credentials))).toEqual([
    'AccessDenied',
    403,
    'Cannot call GetSessionToken with session credentials',
  ]);
});

test.each([899, 129_601])('gives no session of %i seconds', async (seconds) => {
  expect(await refusal(exchange(ada, seconds))).toEqual([
    'ValidationError',
    400,
    expect.stringContaining(`Value '${seconds}' at 'durationSeconds'`),
  ]);
});

test('gives the root user an hour at most', async () => {
  const { Credentials: made } = await exchange(registry.longTerm('root'), 43_200);
  expect((made?.Expiration?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000);
});
