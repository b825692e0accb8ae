import {
  GetRoleCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListRoleTagsCommand,
  ListUserTagsCommand,
  type Role,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { awsIdentity } from '#core/aws/identity.ts';

const sts = mockClient(STSClient);
const iam = mockClient(IAMClient);
beforeEach(() => {
  sts.reset();
  iam.reset();
});

const keys = { accessKeyId: 'AKIATESTONLY00000001', secretAccessKey: 'secret-of-a-test' };
const failing = (name: string) => Object.assign(new Error('quoted'), { name });

test('STS says who somebody is, asked with their own keys', async () => {
  sts.on(GetCallerIdentityCommand).resolves({ Arn: 'arn:aws:iam::1:user/ada', Account: '1', UserId: 'AIDA' });
  expect(await awsIdentity.whoIs(keys)).toEqual({ arn: 'arn:aws:iam::1:user/ada', accountId: '1', userId: 'AIDA' });
  const client = sts.call(0).thisValue as STSClient;
  expect(await client.config.credentials()).toMatchObject(keys);
});

test('keys that AWS refuses are explained as keys that were typed', async () => {
  sts.on(GetCallerIdentityCommand).rejects(failing('InvalidClientTokenId'));
  await expect(awsIdentity.whoIs(keys)).rejects.toMatchObject({ code: 'KEYS_INVALID' });
  sts.on(GetCallerIdentityCommand).rejects(failing('ExpiredTokenException'));
  await expect(awsIdentity.whoIs(keys)).rejects.toMatchObject({ code: 'KEYS_EXPIRED' });
});

test('an answer without a name is none', async () => {
  sts.on(GetCallerIdentityCommand).resolves({});
  await expect(awsIdentity.whoIs(keys)).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
});

test('long-term keys are exchanged for temporary ones of the asked duration', async () => {
  const expiresAt = new Date('2026-11-23T11:00:00Z');
  sts.on(GetSessionTokenCommand).resolves({
    Credentials: { AccessKeyId: 'ASIA1', SecretAccessKey: 's', SessionToken: 't', Expiration: expiresAt },
  });
  expect(await awsIdentity.exchange(keys, 3_600)).toEqual({
    credentials: { accessKeyId: 'ASIA1', secretAccessKey: 's', sessionToken: 't' },
    expiresAt,
  });
  expect(sts.call(0).args[0].input).toEqual({ DurationSeconds: 3_600 });
});

test('an exchange that a policy forbids names its action', async () => {
  sts.on(GetSessionTokenCommand).rejects(failing('AccessDenied'));
  await expect(awsIdentity.exchange(keys, 900)).rejects.toMatchObject({
    code: 'AWS_DENIED',
    details: { action: 'sts:GetSessionToken' },
  });
});

test('an exchange that gives nothing is a failure of AWS', async () => {
  sts.on(GetSessionTokenCommand).resolves({});
  await expect(awsIdentity.exchange(keys, 900)).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
});

test("the account's alias is read, where there is one", async () => {
  iam
    .on(ListAccountAliasesCommand)
    .resolvesOnce({ AccountAliases: ['harbour'] })
    .resolves({ AccountAliases: [] });
  expect(await awsIdentity.alias(keys)).toBe('harbour');
  expect(await awsIdentity.alias(keys)).toBeUndefined();
});

test('an alias that may not be read does not matter, and is not asked for twice', async () => {
  iam.on(ListAccountAliasesCommand).rejects(failing('AccessDenied'));
  expect(await awsIdentity.alias(keys)).toBeUndefined();
  expect(iam.calls()).toHaveLength(1);
  expect(await (iam.call(0).thisValue as IAMClient).config.maxAttempts()).toBe(1);
  expect(iam.call(0).args).toHaveProperty('1.abortSignal');
});

describe('what rules look at', () => {
  test("a role's path is read", async () => {
    iam.on(GetRoleCommand, { RoleName: 'Analyst' }).resolves({ Role: { Path: '/data/' } as Role });
    expect(await awsIdentity.rolePath(keys, 'Analyst')).toBe('/data/');
    const client = iam.call(0).thisValue as IAMClient;
    expect(await client.config.credentials()).toMatchObject(keys);
  });

  test('all pages of the tags of a user and of a role are read', async () => {
    const Tags = [{ Key: 'team', Value: 'data' }];
    const more = [{ Key: '__proto__', Value: '' }];
    iam.on(ListUserTagsCommand).resolves({ Tags, IsTruncated: true, Marker: 'm' });
    iam.on(ListUserTagsCommand, { UserName: 'ada', Marker: 'm' }).resolves({ Tags: more, IsTruncated: false });
    const tags = await awsIdentity.tags(keys, { kind: 'user', name: 'ada' });
    expect(Object.entries(tags)).toEqual([
      ['team', 'data'],
      ['__proto__', ''],
    ]);
    iam.on(ListRoleTagsCommand, { RoleName: 'Analyst' }).resolves({ Tags });
    expect(await awsIdentity.tags(keys, { kind: 'role', name: 'Analyst' })).toEqual({ team: 'data' });
  });

  test.each([
    ['iam:GetRole', () => awsIdentity.rolePath(keys, 'Analyst')],
    ['iam:ListUserTags', () => awsIdentity.tags(keys, { kind: 'user', name: 'ada' })],
    ['iam:ListRoleTags', () => awsIdentity.tags(keys, { kind: 'role', name: 'Analyst' })],
  ])('a missing %s is named, and asked for with a bound', async (action, read) => {
    for (const command of [GetRoleCommand, ListUserTagsCommand, ListRoleTagsCommand])
      iam.on(command as typeof GetRoleCommand).rejects(failing('AccessDenied'));
    await expect(read()).rejects.toMatchObject({ code: 'AWS_DENIED', details: { action } });
    expect(iam.call(0).args).toHaveProperty('1.abortSignal');
  });
});
