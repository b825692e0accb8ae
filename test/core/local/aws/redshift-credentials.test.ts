import {
  GetClusterCredentialsCommand,
  GetClusterCredentialsWithIAMCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import { PRINCIPALS } from '#core/local/account/principals.ts';
import { temporaryPasswords } from '#core/local/account/temporary-passwords.ts';
import { redshift } from '#core/local/aws/redshift.ts';
import { iamUser, redshiftCredentials } from '#core/local/aws/redshift-credentials.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry, seed, temporary } from './sdk.ts';
import { WAREHOUSE_ARN, warehouse } from './warehouses.ts';

const passwords = temporaryPasswords(seed);
const config = endpointWith(redshift(redshiftCredentials([warehouse], passwords)));
const ben = registry.longTerm('ben');
const dana = temporary(registry.issue('dana', 'assumed-role', 900));

const own = (as: Credentials, changes: { ClusterIdentifier?: string; DurationSeconds?: number } = {}) =>
  new RedshiftClient(config(as)).send(
    new GetClusterCredentialsWithIAMCommand({ ClusterIdentifier: 'warehouse', DbName: 'dev', ...changes }),
  );
const as = (credentials: Credentials, DbUser: string, AutoCreate = false) =>
  new RedshiftClient(config(credentials)).send(
    new GetClusterCredentialsCommand({ ClusterIdentifier: 'warehouse', DbName: 'dev', DbUser, AutoCreate }),
  );

test('an identity gets a password for its own database user', async () => {
  const answer = await own(ada);
  expect(answer).toMatchObject({ DbUser: 'IAM:ada', NextRefreshTime: answer.Expiration });
  expect(passwords.read(answer.DbPassword ?? '', Date.now())).toMatchObject({
    warehouse: WAREHOUSE_ARN,
    user: 'IAM:ada',
    role: 'IAM:ada',
    made: true,
    database: 'dev',
  });
});

test("a role's session has the role's database user", () => {
  expect(iamUser(PRINCIPALS.dana)).toBe('IAMR:AWSReservedSSO_DataEngineer_0123456789abcdef');
});

test('a password lives for a quarter of an hour unless asked otherwise', async () => {
  const { Expiration, DbPassword = '' } = await own(dana);
  const end = Expiration?.getTime() ?? 0;
  expect(passwords.read(DbPassword, end - 1)).toBeDefined();
  expect(passwords.read(DbPassword, end)).toBeUndefined();
});

test('a user that is named gets one, and stays who it is in the database', async () => {
  const { DbUser, DbPassword = '' } = await as(ben, 'analyst');
  expect(DbUser).toBe('IAM:analyst');
  expect(passwords.read(DbPassword, Date.now())).toMatchObject({ role: 'analyst', made: false });
});

test('a user that is made says so', async () => {
  expect((await as(ada, 'newcomer', true)).DbUser).toBe('IAMA:newcomer');
});

test.each([
  ['as oneself', () => own(ben), 'redshift:GetClusterCredentialsWithIAM', ':dbname:warehouse/dev'],
  ['as another', () => as(ben, 'owner'), 'redshift:GetClusterCredentials', ':dbuser:warehouse/owner'],
])('%s, a missing permission is named with its ARN', async (_title, call, action, resource) => {
  const [name, , message] = await refusal(call());
  expect(name).toBe('AccessDenied');
  expect(message).toContain(`${action} on resource: arn:aws:redshift:eu-central-1:111122223333${resource}`);
});

test('making a user is a permission of its own', async () => {
  const [, , message] = await refusal(as(ben, 'analyst', true));
  expect(message).toContain('redshift:CreateClusterUser');
});

test.each([
  ['a cluster that does not exist', { ClusterIdentifier: 'nothing' }, 'ClusterNotFoundFault', 404],
  ['fourteen minutes', { DurationSeconds: 899 }, 'InvalidParameterValue', 400],
  ['more than an hour', { DurationSeconds: 3_601 }, 'InvalidParameterValue', 400],
])('refuses %s', async (_title, changes, name, status) => {
  expect((await refusal(own(ada, changes))).slice(0, 2)).toEqual([name, status]);
});
