/** A token of Aurora DSQL: a presigned request of the service dsql whose action says whether it is the administrator's. */
import { allows } from '../account/policy.ts';
import type { Registry } from '../account/registry.ts';
import { readToken } from './presigned-token.ts';
import type { Verifier } from './verifier.ts';

/** The cluster that a token must be for. */
export interface DsqlAudience {
  readonly accountId: string;
  readonly region: string;
  readonly id: string;
  /** Without a port, which is not signed. */
  readonly host: string;
}

/** One week (Aurora DSQL User Guide, "Generating an authentication token"). */
const LIFE_SECONDS = 604_800;
const ADMIN = 'admin';

/** Undefined: the token lets its bearer in as `user`. Else why not. */
export const dsqlRefusal = (
  token: string,
  user: string,
  { accountId, region, id, host }: DsqlAudience,
  registry: Registry,
  now: number,
): string | undefined => {
  const action = user === ADMIN ? 'DbConnectAdmin' : 'DbConnect';
  const demanded = { service: 'dsql', region, address: host, says: { Action: action }, lifeSeconds: LIFE_SECONDS };
  const read = readToken(token, demanded, registry, now);
  if ('refusal' in read) return read.refusal;
  const { principal } = read.key;
  const resource = `arn:aws:dsql:${region}:${accountId}:cluster/${id}`;
  if (principal.accountId !== accountId) return 'The key belongs to another account.';
  return allows(principal.allows, `dsql:${action}`, resource)
    ? undefined
    : `dsql:${action} is not allowed on ${resource}.`;
};

/** Lets everybody in by a token, and by nothing else. */
export const dsqlTokens = (audience: DsqlAudience, registry: Registry): Verifier => ({
  knows: () => true,
  admit: ({ user, password, now }) =>
    dsqlRefusal(password, user, audience, registry, now) === undefined ? { role: user } : undefined,
  refusal: () => 'unable to accept connection, access denied',
});
