import type { Assume } from '#contract/resources.ts';
import type { Session } from '../http/handler.ts';
import type { Scope } from '../ports/discovery.ts';
import type { Roles } from '../ports/logins.ts';

/** Whose account is read: the session's own, or that of the role which is taken on first. Errors: those of `Roles`. */
export async function scopeOf(
  session: Session,
  assume: Assume | undefined,
  { roles, signal }: { readonly roles: Roles; readonly signal: AbortSignal },
): Promise<Scope> {
  const credentials = await roles.credentials(session, assume, signal);
  const [, partition = 'aws', , , accountId = session.account.id] = assume?.roleArn.split(':') ?? [];
  if (assume) return { partition, accountId, credentials, signal };
  return { partition: session.user.id.split(':')[0] ?? 'aws', accountId: session.account.id, credentials, signal };
}
