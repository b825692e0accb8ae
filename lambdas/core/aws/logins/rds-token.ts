import { Signer } from '@aws-sdk/rds-signer';
import type { MakeLogin } from './logins.ts';

/** RDS IAM tokens: a presigned `rds-db:connect`, valid for 15 minutes (RDS User Guide, IAM database authentication). */
export const rdsToken: MakeLogin = async ({ target: { host, port }, region, login: { user } }, credentials) => ({
  user,
  password: await new Signer({ hostname: host, port, region, username: user, credentials }).getAuthToken(),
});
