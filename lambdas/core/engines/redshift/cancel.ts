/** Stops what another session runs, by its handle: seen in the SYS views, which clusters and workgroups both have. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../pg-wire/session.ts';

/** Looks ten times in half a second: a script may just be between two statements, where a cancel would pass unseen. */
const LOOKS = 10;
const BETWEEN_LOOKS = 50;

/**
 * A user sees nobody else's rows (SYS_SESSION_HISTORY, SYS_QUERY_HISTORY). The handle's time is that of the login in whole
 * seconds, so that a session of the same pid that began later is another one.
 */
const STATUS = `
select q.status
from pg_catalog.sys_session_history s
left join pg_catalog.sys_query_history q on q.session_id = s.session_id
  and q.status in ('planning', 'queued', 'running', 'returning')
where s.session_id = $1 and s.status = 'active'
  and s.start_time < $2::timestamp + interval '1 second'`;
/** Leader-node functions may not stand beside those views: "Leader node–only functions". */
const CANCEL = 'select pg_cancel_backend($1)';
const TERMINATE = 'select pg_terminate_backend($1)';

/**
 * True: the statement has been stopped. False: nothing was running by then. One that goes on giving rows to a client that
 * does not read takes no cancel, so its session is ended.
 */
export async function cancelSession(session: Session, handle: string): Promise<boolean> {
  const [pid, start] = handle.split('.');
  if (!pid || !start || !/^\d{1,10}$/.test(pid) || !/^\d{14}$/.test(start)) return false;
  const time = start.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3 $4:$5:$6');
  let cancelled = false;
  let status: string | undefined;
  for (let look = 0; look < LOOKS; look += 1) {
    const rows = await session.query<[string | null]>(STATUS, [pid, time]);
    status = rows.find(([each]) => each !== null)?.[0]?.trim();
    if (rows.length === 0 || (cancelled && !status)) return cancelled;
    if (status) {
      await session.query(CANCEL, [pid]);
      cancelled = true;
    }
    await sleep(BETWEEN_LOOKS);
  }
  if (status === 'returning') await session.query(TERMINATE, [pid]);
  return cancelled;
}
