import {
  GetRoleCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListRoleTagsCommand,
  ListUserTagsCommand,
} from '@aws-sdk/client-iam';
import { iam } from '#core/local/aws/iam.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry, temporary } from './sdk.ts';

const config = endpointWith(iam);
const aliases = (credentials: Credentials) =>
  new IAMClient(config(credentials)).send(new ListAccountAliasesCommand({}));

test('says the alias of the caller’s own account', async () => {
  expect((await aliases(ada)).AccountAliases).toEqual(['lodge-demo']);
  expect((await aliases(registry.longTerm('erin'))).AccountAliases).toEqual(['somebody-else']);
});

test('does not take keys of GetSessionToken, and takes those of a role', async () => {
  const session = temporary(registry.issue('ada', 'session-token', 900));
  expect(await refusal(aliases(session))).toEqual(['InvalidClientTokenId', 403, expect.any(String)]);
  const role = temporary(registry.issue('dana', 'assumed-role', 900));
  expect((await aliases(role)).AccountAliases).toEqual(['lodge-demo']);
});

test('refuses whoever may not ask', async () => {
  expect(await refusal(aliases(registry.longTerm('service')))).toEqual([
    'AccessDenied',
    403,
    expect.stringContaining('is not authorized to perform: iam:ListAccountAliases'),
  ]);
});

const role = 'AWSReservedSSO_DataEngineer_0123456789abcdef';
const finn = registry.longTerm('finn');
const send = (credentials: Credentials) => {
  const client = new IAMClient(config(credentials));
  return {
    role: (RoleName: string) => client.send(new GetRoleCommand({ RoleName })),
    userTags: (UserName: string, page: { MaxItems?: number; Marker?: string } = {}) =>
      client.send(new ListUserTagsCommand({ UserName, ...page })),
    roleTags: (RoleName: string) => client.send(new ListRoleTagsCommand({ RoleName })),
  };
};

test('tells a role with its path, whom it trusts, and its tags by their keys', async () => {
  const { Role } = await send(ada).role(role);
  expect(Role).toMatchObject({
    Path: '/aws-reserved/sso.amazonaws.com/eu-central-1/',
    RoleName: role,
    RoleId: 'AROALODGEDEMODATAENG0',
    Arn: `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/${role}`,
    MaxSessionDuration: 43_200,
    CreateDate: expect.any(Date),
  });
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).Statement[0].Action).toBe(
    'sts:AssumeRoleWithSAML',
  );
  const tags = [
    { Key: 'cost-center', Value: '4711' },
    { Key: 'team', Value: 'data' },
  ];
  expect(Role?.Tags).toEqual(tags);
  expect(await send(ada).roleTags(role)).toMatchObject({ Tags: tags, IsTruncated: false });
  expect((await send(ada).roleTags('Auditor')).Tags).toEqual([]);
});

test('tells the tags of a user page by page', async () => {
  const first = await send(finn).userTags('finn', { MaxItems: 1 });
  expect(first).toMatchObject({ Tags: [{ Key: 'stage', Value: 'production' }], IsTruncated: true });
  const second = await send(finn).userTags('finn', { MaxItems: 1, Marker: String(first.Marker) });
  expect(second).toMatchObject({ Tags: [{ Key: 'team', Value: 'platform' }], IsTruncated: false });
  expect((await send(ada).userTags('ben')).Tags).toEqual([]);
  expect(await refusal(send(finn).userTags('finn', { MaxItems: 0 }))).toEqual([
    'ValidationError',
    400,
    expect.any(String),
  ]);
  expect((await refusal(send(finn).userTags('finn', { Marker: 'x' })))[0]).toBe('ValidationError');
});

test('authorizes by the ARN, path and all, and names the resource as IAM does', async () => {
  const dana = send(temporary(registry.issue('dana', 'assumed-role', 900)));
  expect((await dana.role(role)).Role?.RoleName).toBe(role);
  expect(await refusal(dana.roleTags(role))).toEqual([
    'AccessDenied',
    403,
    expect.stringContaining(`is not authorized to perform: iam:ListRoleTags on resource: role ${role} because`),
  ]);
  expect((await refusal(dana.role('Auditor')))[0]).toBe('AccessDenied');
  expect((await refusal(send(registry.longTerm('cleo')).userTags('cleo')))[2]).toContain(
    'on resource: user cleo because',
  );
});

test('knows nobody of another account, and tells only those who may ask', async () => {
  expect(await refusal(send(registry.longTerm('erin')).role(role))).toEqual([
    'NoSuchEntityException',
    404,
    `The role with name ${role} cannot be found.`,
  ]);
  expect((await refusal(send(ada).userTags('erin')))[2]).toBe('The user with name erin cannot be found.');
  expect((await refusal(send(registry.longTerm('ben')).userTags('nobody')))[0]).toBe('AccessDenied');
});

test('takes names as IAM writes them, and no keys of GetSessionToken', async () => {
  for (const name of ['', 'a/b', 'x'.repeat(65)])
    expect((await refusal(send(ada).role(name)))[0]).toBe('ValidationError');
  const session = send(temporary(registry.issue('finn', 'session-token', 900)));
  for (const call of [session.userTags('finn'), session.role(role), session.roleTags(role)])
    expect(await refusal(call)).toEqual(['InvalidClientTokenId', 403, expect.any(String)]);
});
