import { Signer } from '@aws-sdk/rds-signer';
import type { DatabaseTokens } from '../ports.ts';

/** RDS IAM tokens: a presigned `rds-db:connect`, valid for 15 minutes (RDS User Guide, IAM database authentication). */
export const databaseTokens: DatabaseTokens = {
  sign: ({ host, port, region, user }, credentials) =>
    new Signer({ hostname: host, port, region, username: user, credentials }).getAuthToken(),
};
