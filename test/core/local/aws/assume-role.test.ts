import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { sts } from '#core/local/aws/sts.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry, temporary } from './sdk.ts';

const config = endpointWith(sts(registry));
const PARTNER = 'arn:aws:iam::444455556666:role/LodgeDatabases';
const AUDITOR = 'arn:aws:iam::111122223333:role/Auditor';
const ben = registry.longTerm('ben');

const assume = (credentials: Credentials, changes: Partial<AssumeRoleCommandInput> = {}) =>
  new STSClient(config(credentials)).send(
    new AssumeRoleCommand({ RoleArn: PARTNER, RoleSessionName: 'ada', ExternalId: 'lodge-demo', ...changes }),
  );
const keysOf = async (answer: ReturnType<typeof assume>) => {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = (await answer).Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
};
const deniedTo = (arn: string, role: string) => [
  'AccessDenied',
  403,
  `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
];

test('gives keys of the role, whose session bears the name that was asked for', async () => {
  const answer = await assume(ada, { RoleSessionName: 'ada@lodge' });
  const arn = 'arn:aws:sts::444455556666:assumed-role/LodgeDatabases/ada@lodge';
  expect(answer.AssumedRoleUser).toEqual({ AssumedRoleId: 'AROALODGEDEMOPARTNER0:ada@lodge', Arn: arn });
  const client = new STSClient(config(await keysOf(Promise.resolve(answer))));
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: arn, Account: '444455556666' });
});

test.each([
  ['another external id', { ExternalId: 'somebody-else' }],
  ['none', { ExternalId: undefined }],
])('refuses %s where the role demands one', async (_title, changes) => {
  expect(await refusal(assume(ada, changes))).toEqual(deniedTo('arn:aws:iam::111122223333:user/ada', PARTNER));
});

test('refuses a role that does not exist as one that trusts somebody else', async () => {
  const RoleArn = 'arn:aws:iam::444455556666:role/Nothing';
  expect(await refusal(assume(ada, { RoleArn }))).toEqual(deniedTo('arn:aws:iam::111122223333:user/ada', RoleArn));
});

test("to another account's role, the caller's own policy must lead too", async () => {
  expect(await refusal(assume(ben))).toEqual(deniedTo('arn:aws:iam::111122223333:user/ben', PARTNER));
});

test('a role of the same account that names somebody is enough, and trusts nobody else', async () => {
  const changes = { RoleArn: AUDITOR, ExternalId: undefined };
  expect((await assume(ben, changes)).AssumedRoleUser?.Arn).toContain(':assumed-role/Auditor/ada');
  expect(await refusal(assume(ada, changes))).toEqual(deniedTo('arn:aws:iam::111122223333:user/ada', AUDITOR));
});

test('the root user takes on no role', async () => {
  expect(await refusal(assume(registry.longTerm('root')))).toEqual([
    'AccessDenied',
    403,
    'Roles may not be assumed by root accounts.',
  ]);
});

test.each([
  ['a name of one character', { RoleSessionName: 'a' }, /'roleSessionName'.*length greater than or equal to 2/],
  [
    'a name of 65 characters',
    { RoleSessionName: 'a'.repeat(65) },
    /'roleSessionName'.*length less than or equal to 64/,
  ],
  ['a name with a space', { RoleSessionName: 'ada l' }, /'roleSessionName'.*regular expression pattern/],
  ['an external id with a space', { ExternalId: 'a b' }, /'externalId'.*regular expression pattern/],
  ['fourteen minutes', { DurationSeconds: 899 }, /'durationSeconds'.*greater than or equal to 900/],
  ['thirteen hours', { DurationSeconds: 46_800 }, /'durationSeconds'.*less than or equal to 43200/],
  ['more than the role gives', { DurationSeconds: 3_601 }, /exceeds the MaxSessionDuration set for this role/],
])('refuses %s', async (_title, changes, message) => {
  expect(await refusal(assume(ada, changes))).toEqual(['ValidationError', 400, expect.stringMatching(message)]);
});

test("a role's session takes on another role for an hour at most", async () => {
  const dana = temporary(registry.issue('dana', 'assumed-role', 900));
  expect(await refusal(assume(dana, { DurationSeconds: 3_601 }))).toEqual([
    'ValidationError',
    400,
    expect.stringContaining('1 hour session limit'),
  ]);
  expect((await assume(dana, { DurationSeconds: 3_600 })).Credentials?.AccessKeyId).toMatch(/^ASIA/);
});
