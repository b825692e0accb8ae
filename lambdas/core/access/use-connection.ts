import type { Narrowing, ResourceMatch } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import { narrowingOf, tableOf } from '#contract/patterns.ts';
import type { At } from '../databases/databases.ts';
import type { UserSession } from '../http/handler.ts';
import type { Standing } from '../ports/store.ts';
import { type ConnectionClaims, openConnection } from '../session/connection-token.ts';

interface Using {
  readonly session: UserSession;
  readonly standing: Pick<Standing, 'access'>;
  readonly signal: AbortSignal;
}

/**
 * Opens a connection token for one use, under the rules as they are now: they are read with each request, so that a change
 * counts at once. Errors: CONNECTION_INVALID; CONNECTION_STALE where the rules, or the user's role, are not those
 * that it was allowed under. (Cancelling does not ask: whatever runs may be stopped.)
 */
export async function useConnection(token: string, { session, standing, signal }: Using): Promise<At> {
  const { revision, narrowings } = standing.access;
  const claims = await openConnection(session, token);
  const { allowed } = claims;
  if (allowed.role !== session.role)
    throw new AppError('CONNECTION_STALE', { message: 'Your role has changed since. Connect again.' });
  if (allowed.revision !== revision) throw new AppError('CONNECTION_STALE');
  const own = narrowings.filter(({ role }) => role === session.role);
  return { claims, session, signal, ...tablesOf(claims, own, session) };
}

/** A region of DynamoDB is one resource, and its tables may be narrowed one by one: by what they are called, or by tags. */
function tablesOf(claims: ConnectionClaims, own: readonly Narrowing[], { role }: UserSession): Pick<At, 'tableAccess'> {
  if (claims.service !== 'dynamodb' || !own.some(({ where }) => mayMeanTables(where, claims))) return {};
  const region = { ...claims, id: claims.resourceId };
  return { tableAccess: (table, tags) => narrowingOf(own, role, tableOf(region, table, tags)) };
}

/** What names neither an ARN nor a tag means whole regions, and has been decided. */
const mayMeanTables = ({ arn, tag, service, region }: ResourceMatch, place: ConnectionClaims): boolean =>
  (arn !== undefined || tag !== undefined) &&
  (service ?? place.service) === place.service &&
  (region ?? place.region) === place.region;
