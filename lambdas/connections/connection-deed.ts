import type { ConnectRequest } from '#contract/connecting.ts';
import { type Circumstances, deedOf } from '#core/audit/deed.ts';
import type { Deed } from '#core/ports/audit.ts';

/** What is known of a connection before its resource is found: the ARN, which says the region, and what was asked for. */
export function connectionDeed(
  { resourceId: id, database, login, assume }: ConnectRequest,
  circumstances: Circumstances,
): Deed {
  return {
    ...deedOf('connection', circumstances),
    resource: { id, engine: '', region: id.split(':')[3] ?? '' },
    login: login.method,
    ...(database && { database }),
    ...(login.user && { databaseUser: login.user }),
    ...(assume && { assumed: assume.roleArn }),
  };
}
