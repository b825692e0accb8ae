import { GetCredentialsCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { explainAwsError } from '../aws-errors.ts';
import { clientConfig } from '../clients.ts';
import { given } from '../given.ts';
import { LIFE_SECONDS } from './cluster-credentials.ts';
import type { MakeLogin } from './logins.ts';
import { lastOf, permissionOf } from './permission.ts';

/** A password for the database user that the AWS identity itself is, at Redshift Serverless. */
export const workgroupCredentials: MakeLogin = async (claims, credentials, signal) => {
  const { region, name, resourceId, target } = claims;
  // A workgroup's ARN ends with an id, and the call wants the name.
  const input = { workgroupName: name ?? lastOf(resourceId), dbName: target.database, durationSeconds: LIFE_SECONDS };
  const answer = await new RedshiftServerlessClient(clientConfig(credentials, region))
    .send(new GetCredentialsCommand(input), { abortSignal: signal })
    .catch((error: unknown) => {
      throw explainAwsError(error, permissionOf(claims) ?? { action: 'redshift-serverless:GetCredentials' });
    });
  return { user: given(answer.dbUser), password: given(answer.dbPassword) };
};
