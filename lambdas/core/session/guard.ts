import { AppError } from '#contract/errors.ts';
import type { Role } from '#contract/roles.ts';
import type { Guard, Session } from '../http/handler.ts';
import type { Clock, DataKeys, Instance, Store, UserRecord } from '../ports.ts';
import { refuseForeignAccount } from './account.ts';
import { Cache } from './cache.ts';
import { readToken } from './cookies.ts';
import { demandProof } from './origin.ts';
import { openSession } from './session-token.ts';

/** How long a user's record is believed: a role taken away, or sessions ended, count after so many milliseconds. */
const RECORD_MS = 5_000;

/** Opens the sessions of requests and knows the roles of users. One for a function's instance: it remembers records. */
export function guard({
  dataKeys,
  store,
  clock,
}: {
  readonly dataKeys: DataKeys;
  readonly store: Store;
  readonly clock: Clock;
}): Guard {
  const records = new Cache<UserRecord>({ size: 1_000, ttlMs: RECORD_MS, clock });

  const record = async (id: string): Promise<UserRecord | undefined> => {
    const held = records.get(id);
    if (held) return held;
    const read = await store.user(id);
    if (read) records.set(id, read);
    return read;
  };

  return {
    async open(request) {
      const carried = readToken(request.headers);
      if (!carried) throw new AppError('SESSION_MISSING');
      if (carried.by === 'cookie') demandProof(request);
      return openSession(dataKeys, carried.token, clock());
    },

    async role(session) {
      const known = await record(session.user.id);
      if (!known) return newcomer(session, await store.instance());
      if (known.sessionsEndedAt && session.issuedAt <= new Date(known.sessionsEndedAt))
        throw new AppError('SESSION_EXPIRED', { message: 'An administrator has ended your sessions. Sign in again.' });
      return known.role;
    },
  };
}

/**
 * The role of a user without a record. Nothing is stored before the claim, so whoever signed in before it has none until
 * the next sign-in, and reads meanwhile. Whoever signed in after it had one: it was taken away.
 */
function newcomer(session: Session, instance: Instance | undefined): Role {
  if (!instance) throw new AppError('NOT_CLAIMED');
  refuseForeignAccount(session.user.id, instance);
  if (session.issuedAt > new Date(instance.claimedAt)) throw new AppError('SESSION_EXPIRED');
  return 'reader';
}
