/** How each login is made: a row a method, and below it a row an engine where they differ. */
import type { EngineName, LoginMethod } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Login } from '../../engines/engine.ts';
import type { Credentials, DatabaseLogins } from '../../ports.ts';
import type { ServerClaims } from '../../session/connection-token.ts';
import { rdsToken } from './rds-token.ts';

export type MakeLogin = (claims: ServerClaims, credentials: Credentials, signal: AbortSignal) => Promise<Login>;

const password: MakeLogin = async ({ login: { user, password = '' } }) => ({ user, password });

const LOGINS: Partial<Record<LoginMethod, MakeLogin | Partial<Record<EngineName, MakeLogin>>>> = {
  iam: { postgres: rdsToken, mysql: rdsToken },
  password,
};

export const databaseLogins: DatabaseLogins = {
  async make(claims, credentials, signal) {
    const row = LOGINS[claims.login.method];
    const make = typeof row === 'function' ? row : row?.[claims.engine];
    if (!make) throw new AppError('ENGINE_UNSUPPORTED', { message: 'Lodge cannot log in so yet.' });
    return make(claims, credentials, signal);
  },
};
