import {
  GetClusterCredentialsCommand,
  GetClusterCredentialsWithIAMCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import type { ServerClaims } from '../../session/connection-token.ts';
import { explainAwsError } from '../aws-errors.ts';
import { clientConfig } from '../clients.ts';
import { given } from '../given.ts';
import type { MakeLogin } from './logins.ts';
import { lastOf, permissionOf } from './permission.ts';

/** The least that Redshift gives, in seconds: a password is used at once (Redshift API reference). */
export const LIFE_SECONDS = 900;

/** A password for the database user that the AWS identity itself is; Redshift says who that is, and makes it. */
export const ownClusterCredentials: MakeLogin = async (claims, credentials, signal) => {
  const client = new RedshiftClient(clientConfig(credentials, claims.region));
  const answer = await client
    .send(new GetClusterCredentialsWithIAMCommand(wanted(claims)), { abortSignal: signal })
    .catch(refused(claims));
  return { user: given(answer.DbUser), password: given(answer.DbPassword) };
};

/** A password for a database user that is named, and must be there already. */
export const namedClusterCredentials: MakeLogin = async (claims, credentials, signal) => {
  const client = new RedshiftClient(clientConfig(credentials, claims.region));
  const input = { ...wanted(claims), DbUser: claims.login.user, AutoCreate: false };
  const answer = await client
    .send(new GetClusterCredentialsCommand(input), { abortSignal: signal })
    .catch(refused(claims));
  return { user: given(answer.DbUser), password: given(answer.DbPassword) };
};

const wanted = ({ resourceId, target }: ServerClaims) => ({
  ClusterIdentifier: lastOf(resourceId),
  DbName: target.database,
  DurationSeconds: LIFE_SECONDS,
});

const refused =
  (claims: ServerClaims) =>
  (error: unknown): never => {
    throw explainAwsError(error, permissionOf(claims) ?? { action: 'redshift:GetClusterCredentials' });
  };
