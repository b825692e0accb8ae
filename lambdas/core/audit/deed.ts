/** What is known of a deed before it is done. */
import type { AuditKind } from '#contract/audit.ts';
import { AuditSettings } from '#contract/settings.ts';
import type { Session } from '../http/handler.ts';
import type { Deed } from '../ports/audit.ts';
import type { Instance } from '../ports/store.ts';
import type { ConnectionClaims } from '../session/connection-token.ts';

/** What a handler knows of its request. */
export interface Circumstances {
  readonly session?: (Session & { readonly role?: Deed['role'] | undefined }) | undefined;
  readonly requestId: string;
  readonly address: string;
}

/** Who does it, and from where. */
export function deedOf(kind: AuditKind, { session, requestId, address }: Circumstances): Deed {
  if (!session) return { kind, requestId, address };
  const { id, user, role } = session;
  return { kind, requestId, address, user, session: id, ...(role && { role }) };
}

/** Where a connection leads, and as whom. Never its password. */
export function placeOf(
  claims: ConnectionClaims,
): Pick<Deed, 'resource' | 'database' | 'databaseUser' | 'login' | 'assumed'> {
  const { resourceId: id, engine, region, assume, login } = claims;
  return {
    resource: { id, engine, region },
    login: login.method,
    ...('target' in claims && { database: claims.target.database }),
    ...('user' in login && login.user && { databaseUser: login.user }),
    ...(assume && { assumed: assume.roleArn }),
  };
}

/** How records are kept: as the instance says, and as an instance begins before it is claimed. */
export const keptAs = (instance: Instance | undefined): AuditSettings => instance?.audit ?? AuditSettings.parse({});
