import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SECRETS_KEY_ARN } from '#core/local/account/principals.ts';
import { secretsManager } from '#core/local/aws/secrets-manager.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry } from './sdk.ts';

const [FIRST, SECOND] = ['0'.repeat(32), '1'.repeat(32)] as const;
const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-AbCdEf`;
const secretCalled = (name: string) => ({
  accountId: '111122223333',
  region: 'eu-central-1',
  arn: arnOf(name),
  name,
  tags: {},
  versions: [
    { id: FIRST, stages: ['AWSPREVIOUS'], value: 'before' },
    { id: SECOND, stages: ['AWSCURRENT'], value: 'now' },
  ],
});
const config = endpointWith(
  secretsManager([
    secretCalled('rds!shop'),
    { ...secretCalled('rds!bookings'), kmsKeyArn: SECRETS_KEY_ARN },
    { ...secretCalled('bytes'), versions: [{ id: FIRST, stages: ['AWSCURRENT'], value: new Uint8Array([1, 2, 255]) }] },
  ]),
);
const read = (SecretId: string, changes: Partial<GetSecretValueCommandInput> = {}, as: Credentials = ada) =>
  new SecretsManagerClient(config(as)).send(new GetSecretValueCommand({ SecretId, ...changes }));

test.each([
  ['its ARN', arnOf('rds!shop')],
  ['a part of its ARN', arnOf('rds!shop').slice(0, -7)],
  ['its name', 'rds!shop'],
])('a secret is read by %s, as it is now', async (_title, id) => {
  expect(await read(id)).toMatchObject({
    ARN: arnOf('rds!shop'),
    Name: 'rds!shop',
    SecretString: 'now',
    VersionId: SECOND,
    VersionStages: ['AWSCURRENT'],
  });
});

test.each([
  [{ VersionStage: 'AWSPREVIOUS' }],
  [{ VersionId: FIRST }],
  [{ VersionId: FIRST, VersionStage: 'AWSPREVIOUS' }],
])('an earlier version is read by %j', async (changes) => {
  expect(await read('rds!shop', changes)).toMatchObject({ SecretString: 'before', VersionId: FIRST });
});

test('bytes come as bytes', async () => {
  const { SecretBinary, SecretString } = await read('bytes');
  expect([...(SecretBinary ?? [])]).toEqual([1, 2, 255]);
  expect(SecretString).toBeUndefined();
});

test.each([
  ['a secret that does not exist', 'nothing', {}, 'ResourceNotFoundException', "can't find the specified secret."],
  ['a version that does not', 'rds!shop', { VersionId: '9'.repeat(32) }, 'ResourceNotFoundException', 'VersionId: 99'],
  ['a stage that does not', 'rds!shop', { VersionStage: 'NONE' }, 'ResourceNotFoundException', 'staging label: NONE'],
  [
    'a version of another stage',
    'rds!shop',
    { VersionId: FIRST, VersionStage: 'AWSCURRENT' },
    'InvalidRequestException',
    'not associated',
  ],
  ['a version id of two characters', 'rds!shop', { VersionId: '12' }, 'ValidationException', 'VersionId'],
])('refuses %s', async (_title, id, changes, name, message) => {
  expect(await refusal(read(id, changes))).toEqual([name, 400, expect.stringContaining(message)]);
});

test("another account's secret is not read by its name", async () => {
  const [name] = await refusal(read('rds!shop', {}, registry.longTerm('erin')));
  expect(name).toBe('ResourceNotFoundException');
});

test('names the action and the ARN where it may not be read', async () => {
  const [name, , message] = await refusal(read('rds!shop', {}, registry.longTerm('ben')));
  expect(name).toBe('AccessDeniedException');
  expect(message).toContain(`secretsmanager:GetSecretValue on resource: ${arnOf('rds!shop')}`);
});

test("a secret under the account's own key is read by who may decrypt with it", async () => {
  const cleo = registry.longTerm('cleo');
  expect((await read('rds!shop', {}, cleo)).SecretString).toBe('now');
  expect(await refusal(read('rds!bookings', {}, cleo))).toEqual([
    'AccessDeniedException',
    400,
    'Access to KMS is not allowed',
  ]);
  expect((await read('rds!bookings')).SecretString).toBe('now');
});

test('a secret says which key it is under to who may look at it, and never what is in it', async () => {
  const look = (as: Credentials, SecretId = 'rds!bookings') =>
    new SecretsManagerClient(config(as)).send(new DescribeSecretCommand({ SecretId }));
  const { $metadata: _, ...seen } = await look(registry.longTerm('cleo'));
  expect(seen).toMatchObject({ ARN: arnOf('rds!bookings'), KmsKeyId: SECRETS_KEY_ARN });
  expect(JSON.stringify(seen)).not.toContain('now');
  expect((await look(ada, 'rds!shop')).KmsKeyId).toBeUndefined();
  const [, , message] = await refusal(look(registry.longTerm('ben')));
  expect(message).toContain(`secretsmanager:DescribeSecret on resource: ${arnOf('rds!bookings')}`);
});
