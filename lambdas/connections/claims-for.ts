/** From what somebody fills in to what a connection is made of, and how its database is reached. */
import type { ConnectRequest } from '#contract/connecting.ts';
import type { Reach } from '#contract/resources.ts';
import { narrowedDiscovery } from '#core/access/narrowed-discovery.ts';
import { scopeOf } from '#core/aws/scope.ts';
import { claimsOf, standingAt } from '#core/databases/claims-of.ts';
import type { UserSession } from '#core/http/handler.ts';
import { reachOf } from '#core/networks/reach.ts';
import type { ConnectionClaims } from '#core/session/connection-token.ts';
import type { ConnectionPorts } from './connections.ts';

/**
 * The resource is found again with the user's own keys, so that host and port come from discovery, never from the browser.
 * Errors: RESOURCE_NOT_FOUND, ENGINE_UNSUPPORTED, LOGIN_FAILED, DATABASE_UNREACHABLE, INPUT_INVALID, AWS_DENIED.
 */
export async function claimsFor(
  wanted: ConnectRequest,
  session: UserSession,
  { discovery, roles, networks, store }: ConnectionPorts,
  signal: AbortSignal,
): Promise<{ claims: ConnectionClaims; reach: Reach }> {
  const { role } = session;
  const [scope, { narrowings, revision }] = await Promise.all([
    scopeOf(session, wanted.assume, { roles, signal }),
    store.access(),
  ]);
  const resource = await narrowedDiscovery(discovery, { narrowings, role }).find(wanted.resourceId, scope);
  const reach = reachOf(standingAt(resource, wanted.endpoint), networks);
  return { claims: claimsOf(resource, reach, wanted, { revision, role }), reach };
}
