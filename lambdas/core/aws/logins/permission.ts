/** What a login needs of IAM, with the ARN to put into a policy: the contract's table, filled in. */
import { fillArn, LOGIN_NEEDS } from '#contract/login-needs.ts';
import type { ServerClaims } from '../../session/connection-token.ts';

export interface Permission {
  readonly action: string;
  readonly resource: string;
}

/** Undefined: the login needs none, or a secret's, which its own reader names. */
export function permissionOf(claims: ServerClaims): Permission | undefined {
  const { resourceId, region, loginResourceId, target, login } = claims;
  const needs = LOGIN_NEEDS[login.method]?.[claims.service] ?? [];
  const need = needs.find(({ only }) => only === login.user) ?? needs.find(({ only }) => only === undefined);
  if (!need) return undefined;
  const [, partition, , , account] = resourceId.split(':');
  return {
    action: need.action,
    resource: fillArn(need.resource, {
      partition,
      region,
      account,
      name: lastOf(resourceId),
      loginResource: loginResourceId,
      user: login.user,
      database: target.database,
    }),
  };
}

/** The administrator's token of Aurora DSQL is another one than everybody else's. */
export const isDsqlAdmin = (user: string): boolean => user === 'admin';

/** The name at the end of an ARN, such as a cluster's. */
export const lastOf = (arn: string): string => arn.split(/[:/]/).at(-1) ?? '';
