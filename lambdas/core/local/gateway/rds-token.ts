/** An RDS IAM token, verified as RDS does: a presigned request of the service rds-db whose host is the instance. */
import { allows } from '../account/policy.ts';
import type { Registry } from '../account/registry.ts';
import { readToken } from './presigned-token.ts';
import type { Verifier } from './verifier.ts';

/** What a token must be for: an instance, a cluster or a proxy. */
export interface TokenAudience {
  readonly accountId: string;
  readonly region: string;
  /** `db-…`, `cluster-…` or `prx-…` */
  readonly resourceId: string;
  readonly host: string;
  readonly port: number;
}

/** A token lives for 15 minutes. */
const LIFE_SECONDS = 900;

/** Undefined: the token lets its bearer in as `user`. Else why not. */
export const refusalOf = (
  token: string,
  user: string,
  audience: TokenAudience,
  registry: Registry,
  now: number,
): string | undefined => {
  const { accountId, region, resourceId, host, port } = audience;
  const says = { Action: 'connect', DBUser: user };
  const demanded = { service: 'rds-db', region, address: `${host}:${port}`, says, lifeSeconds: LIFE_SECONDS };
  const read = readToken(token, demanded, registry, now);
  if ('refusal' in read) return read.refusal;
  const { principal } = read.key;
  const resource = `arn:aws:rds-db:${region}:${accountId}:dbuser:${resourceId}/${user}`;
  if (principal.accountId !== accountId) return 'The key belongs to another account.';
  return allows(principal.allows, 'rds-db:connect', resource)
    ? undefined
    : `rds-db:connect is not allowed on ${resource}.`;
};

/** Lets members of rds_iam in by a token. */
export const rdsTokens = (audience: Omit<TokenAudience, 'port'>, registry: Registry): Verifier => ({
  knows: (user, users) => users.usesIam(user),
  admit: ({ user, password, port, now }) =>
    refusalOf(password, user, { ...audience, port }, registry, now) === undefined ? { role: user } : undefined,
  refusal: (user) => `PAM authentication failed for user "${user}"`,
});
