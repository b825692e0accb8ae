/** How each login is made: a row a method, and below it a row a service where they differ. */
import type { LoginMethod } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Service } from '#contract/resources.ts';
import type { Login } from '../../engines/engine.ts';
import type { Credentials } from '../../ports/identity.ts';
import type { DatabaseLogins } from '../../ports/logins.ts';
import type { ServerClaims } from '../../session/connection-token.ts';
import { namedClusterCredentials, ownClusterCredentials } from './cluster-credentials.ts';
import { dsqlToken } from './dsql-token.ts';
import { rdsToken } from './rds-token.ts';
import { secret } from './secret.ts';
import { workgroupCredentials } from './workgroup-credentials.ts';

export type MakeLogin = (claims: ServerClaims, credentials: Credentials, signal: AbortSignal) => Promise<Login>;

const password: MakeLogin = async ({ login: { user, password = '' } }) => ({ user, password });

/** The protocol itself proves who somebody is (MONGODB-AWS): it signs a call of STS with these keys, and sends no secret. */
const ownKeys: MakeLogin = async (_claims, keys) => ({ user: '', password: '', keys });

const LOGINS: Partial<Record<LoginMethod, MakeLogin | Partial<Record<Service, MakeLogin>>>> = {
  iam: { rds: rdsToken, aurora: rdsToken, 'rds-proxy': rdsToken, dsql: dsqlToken },
  identity: {
    redshift: ownClusterCredentials,
    'redshift-serverless': workgroupCredentials,
    documentdb: ownKeys,
  },
  temporary: { redshift: namedClusterCredentials },
  secret,
  password,
};

export const databaseLogins: DatabaseLogins = {
  async make(claims, credentials, signal) {
    const row = LOGINS[claims.login.method];
    const make = typeof row === 'function' ? row : row?.[claims.service];
    if (!make) throw new AppError('ENGINE_UNSUPPORTED', { message: 'This resource offers no such login.' });
    return make(claims, credentials, signal);
  },
};
