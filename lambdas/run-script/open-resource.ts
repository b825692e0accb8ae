/** The way from a plan to what a connection is made of, with the keys of the plan's role and no others. */
import type { RunPlan } from '#contract/automations.ts';
import { ENGINES, LOGIN_METHODS } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import { matchesPattern } from '#contract/patterns.ts';
import type { Reach, Resource } from '#contract/resources.ts';
import { filledIn, safestLogin } from '#contract/run-login.ts';
import { claimsOf, standingAt } from '#core/databases/claims-of.ts';
import type { At } from '#core/databases/databases.ts';
import { reachOf } from '#core/networks/reach.ts';
import type { RoleKeys } from '#core/ports/runs.ts';
import type { Instance } from '#core/ports/store.ts';
import type { RunPorts } from './run-script.ts';

/** What a role is taken on for. */
export interface Taking {
  /** Names it in CloudTrail. */
  readonly session: string;
  /** So long its keys must last. */
  readonly remainingMs: number;
  readonly signal: AbortSignal;
}

/** Errors: ROLE_NOT_ALLOWED, ROLE_NOT_ASSUMABLE, THROTTLED, AWS_UNAVAILABLE. */
export async function takeRole(
  { roleArn }: Pick<RunPlan, 'roleArn'>,
  { automation }: Instance,
  { session, remainingMs, signal }: Taking,
  { roles }: Pick<RunPorts, 'roles'>,
): Promise<RoleKeys> {
  if (!automation.roles.some((pattern) => matchesPattern(pattern, roleArn)))
    throw new AppError('ROLE_NOT_ALLOWED', { details: { resource: roleArn } });
  return roles.take(roleArn, { session, seconds: remainingMs / 1_000, signal });
}

/**
 * With its tags, where these may name the database user that is to log in. Errors: RESOURCE_NOT_FOUND, AWS_DENIED, and
 * those of AWS.
 */
export async function findResource(
  { resourceId, roleArn, login }: Pick<RunPlan, 'resourceId' | 'roleArn' | 'login'>,
  { credentials }: RoleKeys,
  signal: AbortSignal,
  { discovery }: Pick<RunPorts, 'discovery'>,
): Promise<Resource> {
  const [, partition = 'aws', , , accountId = ''] = roleArn.split(':');
  const scope = { partition, accountId, credentials, signal };
  const resource = await discovery.find(resourceId, scope);
  if (resource.tags || login?.user || !mayNameUser(resource)) return resource;
  // Whose tags may not be read has to be told a login in the plan.
  const tags = await discovery.tags(resource.id, scope).catch(() => undefined);
  return tags ? { ...resource, tags } : resource;
}

const mayNameUser = ({ engine }: Resource): boolean =>
  engine !== undefined &&
  ENGINES[engine].logins.some((method) => LOGIN_METHODS[method].asksUser && !LOGIN_METHODS[method].asksPassword);

type Place = Pick<RunPlan, 'roleArn' | 'login' | 'database' | 'endpoint' | 'readOnly'>;

/**
 * Where a run stands: as a reader does, unless it may write. What scans is limited, for nobody looks on.
 * Errors: ENGINE_UNSUPPORTED, LOGIN_FAILED, DATABASE_UNREACHABLE, INPUT_INVALID.
 */
export function standAt(
  resource: Resource,
  { roleArn, login, database, endpoint, readOnly }: Place,
  { keys, session, instance, signal }: { keys: RoleKeys; session: string; instance: Instance; signal: AbortSignal },
  { networks }: Pick<RunPorts, 'networks'>,
): { at: At; reach: Reach } {
  const role = readOnly ? 'reader' : 'editor';
  const made = login ? filledIn(login, resource) : safestLogin(resource);
  if (!made)
    throw new AppError('LOGIN_FAILED', {
      message: `${resource.name} offers no login that a run can use by itself.`,
      details: {
        step: 'login',
        hint: 'Name a login: the database user that IAM logins are for, or the ARN of a secret.',
      },
    });
  const reach = reachOf(standingAt(resource, endpoint), networks);
  const request = {
    resourceId: resource.id,
    login: made,
    ...(database && { database }),
    ...(endpoint && { endpoint }),
  };
  const claims = claimsOf(resource, reach, request, { revision: 0, role });
  const user = { id: roleArn, arn: roleArn, name: roleArn.split('/').at(-1) ?? roleArn };
  const holder = { id: session, user, role, ...keys } as const;
  return { at: { claims, session: holder, unattended: true, limits: instance.limits, signal }, reach };
}
