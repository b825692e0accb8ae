import { AppError } from '#contract/errors.ts';
import type { Guard, Session } from '../http/handler.ts';
import type { Clock } from '../ports/clock.ts';
import type { DataKeys } from '../ports/data-keys.ts';
import type { Instance, Store } from '../ports/store.ts';
import { refuseForeignAccount } from './account.ts';
import { readToken } from './cookies.ts';
import { demandProof } from './origin.ts';
import { openSession } from './session-token.ts';

/** Opens the sessions of requests and knows the roles of users. */
export function guard({
  dataKeys,
  store,
  clock,
}: {
  readonly dataKeys: DataKeys;
  readonly store: Store;
  readonly clock: Clock;
}): Guard {
  return {
    async open(request) {
      const carried = readToken(request.headers);
      if (!carried) throw new AppError('SESSION_MISSING');
      if (carried.by === 'cookie') demandProof(request);
      return openSession(dataKeys, carried.token, clock(), { tenant: request.tenant });
    },

    async role(session, told) {
      // A stream asks again while it runs, and a session may end meanwhile.
      if (session.expiresAt <= clock()) throw new AppError('SESSION_EXPIRED');
      // Read anew for each request: a role taken away, or sessions ended, count at once and everywhere.
      const standing = await store.standing(session.user.id);
      told?.(standing);
      const { user: known, instance } = standing;
      if (known?.blockedAt) throw new AppError('USER_BLOCKED');
      if (!known) return refuseUnknown(session, instance);
      if (known.sessionsEndedAt && session.issuedAt <= new Date(known.sessionsEndedAt))
        throw new AppError('SESSION_EXPIRED', { message: 'An administrator has ended your sessions. Sign in again.' });
      return known.role;
    },
  };
}

/**
 * Whoever has no record has no role: nothing is stored before the claim, so that somebody who signed in before it signs in
 * again, and is then seen, given a role by the rules, and can be blocked. Whoever signed in after it had one: it was taken away.
 */
function refuseUnknown(session: Session, instance: Instance | undefined): never {
  if (!instance) throw new AppError('NOT_CLAIMED');
  refuseForeignAccount(session.user.id, instance);
  const isOlder = session.issuedAt <= new Date(instance.claimedAt);
  const message = 'This instance has been claimed since you signed in. Sign in again.';
  throw new AppError('SESSION_EXPIRED', isOlder ? { message } : {});
}
