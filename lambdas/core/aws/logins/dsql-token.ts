import { DsqlSigner } from '@aws-sdk/dsql-signer';
import type { MakeLogin } from './logins.ts';
import { isDsqlAdmin } from './permission.ts';

/** Tokens of Aurora DSQL: a presigned `DbConnect`, or `DbConnectAdmin` for the user `admin`; valid for 15 minutes. */
export const dsqlToken: MakeLogin = async ({ target: { host }, region, login: { user } }, credentials) => {
  const signer = new DsqlSigner({ hostname: host, region, credentials });
  const token = isDsqlAdmin(user) ? signer.getDbConnectAdminAuthToken() : signer.getDbConnectAuthToken();
  return { user, password: await token };
};
