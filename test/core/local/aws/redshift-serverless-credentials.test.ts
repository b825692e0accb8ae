import { GetCredentialsCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { temporaryPasswords } from '#core/local/account/temporary-passwords.ts';
import { redshiftServerless } from '#core/local/aws/redshift-serverless.ts';
import { redshiftServerlessCredentials } from '#core/local/aws/redshift-serverless-credentials.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry, seed } from './sdk.ts';
import { WORKGROUP_ARN, workgroup } from './warehouses.ts';

const passwords = temporaryPasswords(seed);
const config = endpointWith(redshiftServerless(redshiftServerlessCredentials([workgroup], passwords)));
const get = (as: Credentials, changes: { workgroupName?: string; durationSeconds?: number } = {}) =>
  new RedshiftServerlessClient(config(as)).send(
    new GetCredentialsCommand({ workgroupName: 'adhoc', dbName: 'dev', ...changes }),
  );

test('an identity gets a password for its own database user', async () => {
  const { dbUser, dbPassword = '', expiration } = await get(ada);
  expect(dbUser).toBe('IAM:ada');
  const end = expiration?.getTime() ?? 0;
  expect(passwords.read(dbPassword, end - 1)).toMatchObject({ warehouse: WORKGROUP_ARN, role: 'IAM:ada' });
  expect(passwords.read(dbPassword, end)).toBeUndefined();
});

test('a missing permission is named with the ARN of the workgroup', async () => {
  const [name, , message] = await refusal(get(registry.longTerm('ben')));
  expect(name).toBe('AccessDeniedException');
  expect(message).toContain(`redshift-serverless:GetCredentials on resource: ${WORKGROUP_ARN}`);
});

test.each([
  ['a workgroup that does not exist', { workgroupName: 'nothing' }, 'ResourceNotFoundException'],
  ['a name of two characters', { workgroupName: 'ab' }, 'ValidationException'],
  ['more than an hour', { durationSeconds: 3_601 }, 'ValidationException'],
])('refuses %s', async (_title, changes, name) => {
  expect((await refusal(get(ada, changes)))[0]).toBe(name);
});
