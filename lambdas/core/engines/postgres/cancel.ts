/** Stops what another connection runs, by its handle. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../pg-wire/session.ts';

/** Looks ten times in half a second: a script may just be between two statements, where a cancel would pass unseen. */
const LOOKS = 10;
const BETWEEN_LOOKS = 50;

/**
 * The start of the backend keeps one that has got the same pid from being hit; the name of the application is not asked
 * for, since a script may change it.
 */
const WHICH = `pid = $1 and usename = session_user and to_char(backend_start at time zone 'UTC', 'YYYYMMDDHH24MISSUS') = $2`;
const CANCEL = `
select state, wait_event, case when state = 'active' then pg_catalog.pg_cancel_backend(pid) end
from pg_catalog.pg_stat_activity where ${WHICH}`;
const TERMINATE = `select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where ${WHICH}`;

type Look = [state: string | null, waitEvent: string | null, cancelled: boolean | null];

/**
 * True: the statement has been stopped. False: nothing was running by then. A backend that waits for its client to read
 * takes no cancel, so its connection is ended.
 */
export async function cancelBackend(session: Session, handle: string): Promise<boolean> {
  const [pid, start] = handle.split('.');
  if (!pid || !start || !/^\d{1,9}$/.test(pid)) return false;
  let cancelled = false;
  let waitEvent: string | null = null;
  for (let look = 0; look < LOOKS; look += 1) {
    const [row] = await session.query<Look>(CANCEL, [pid, start]);
    if (!row || (cancelled && row[0] !== 'active')) return cancelled;
    cancelled ||= row[2] === true;
    waitEvent = row[1];
    await sleep(BETWEEN_LOOKS);
  }
  if (cancelled && waitEvent === 'ClientWrite') await session.query(TERMINATE, [pid, start]);
  return cancelled;
}
