/**
 * STS's AssumeRole: who calls must be allowed to by their own policy, unless a role of their own account names them, and
 * the role must trust them. Source: STS API reference, AssumeRole; IAM User Guide, "Cross-account policy evaluation logic".
 */
import { allows } from '../account/policy.ts';
import type { Principal } from '../account/principals.ts';
import type { Registry } from '../account/registry.ts';
import { ROLES, type Role, type RoleName, roleArn, roleSession } from '../account/roles.ts';
import { checkedParameter } from './checked-parameter.ts';
import { Fault } from './fault.ts';
import type { Caller, QueryService } from './service.ts';
import { credentialsElement, invalidParameter } from './sts-elements.ts';

/** Bounds and default of a session, in seconds; one that a role's session begins lasts an hour at most. */
const DURATION = { least: 900, most: 43_200, usual: 3_600, chained: 3_600 } as const;

export const assumeRole =
  (registry: Registry): QueryService['operations'][string] =>
  (parameters, caller) => {
    const arn = checkedParameter(parameters, 'RoleArn', { least: 20, most: 2_048, pattern: '[\\s\\S]*' });
    const session = checkedParameter(parameters, 'RoleSessionName', { least: 2, most: 64, pattern: '[\\w+=,.@-]*' });
    const externalId = parameters.has('ExternalId')
      ? checkedParameter(parameters, 'ExternalId', { least: 2, most: 1_224, pattern: '[\\w+=,.@:\\/-]*' })
      : undefined;
    const seconds = durationOf(parameters.get('DurationSeconds'));
    if (caller.key.principal.kind === 'root') throw new Fault('denied', 'Roles may not be assumed by root accounts.');
    const name = roleFor(arn, externalId, caller);
    checkDuration(seconds, ROLES[name], caller);
    const { arn: Arn, userId } = roleSession(ROLES[name], session);
    return {
      Credentials: credentialsElement(registry.assume(name, session, seconds)),
      AssumedRoleUser: { AssumedRoleId: userId, Arn },
    };
  };

/** A role that does not exist is refused in the same words as one that trusts somebody else. */
const roleFor = (arn: string, externalId: string | undefined, { key: { principal } }: Caller): RoleName => {
  const found = Object.entries(ROLES as Record<RoleName, Role>).find(([, role]) => roleArn(role) === arn);
  if (found && mayAssume(found[1], externalId, principal)) return found[0] as RoleName;
  throw new Fault('denied', `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`);
};

const mayAssume = (role: Role, externalId: string | undefined, principal: Principal): boolean => {
  if (role.externalId !== undefined && role.externalId !== externalId) return false;
  const isNamed = role.trusts.includes(principal.arn);
  const isTrusted = isNamed || role.trusts.includes(`arn:aws:iam::${principal.accountId}:root`);
  const isAllowed = allows(principal.allows, 'sts:AssumeRole', roleArn(role));
  return isTrusted && (isAllowed || (isNamed && role.accountId === principal.accountId));
};

const durationOf = (text: string | undefined): number => {
  if (text === undefined) return DURATION.usual;
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const wrong = (constraint: string) => invalidParameter('durationSeconds', text, constraint);
  if (!(seconds >= DURATION.least)) throw wrong(`Member must have value greater than or equal to ${DURATION.least}`);
  if (seconds > DURATION.most) throw wrong(`Member must have value less than or equal to ${DURATION.most}`);
  return seconds;
};

const checkDuration = (seconds: number, { maxSeconds }: Role, { key }: Caller): void => {
  if (key.origin === 'assumed-role' && seconds > DURATION.chained) {
    const message = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new Fault('invalid', message);
  }
  if (seconds > maxSeconds)
    throw new Fault('invalid', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
};
