/** Stops what another connection runs, by its handle. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from './session.ts';

/** Looks ten times in half a second: a script may just be between two statements, where a cancel would pass unseen. */
const LOOKS = 10;
const BETWEEN_LOOKS = 50;
/** How many seconds the start of a server may seem to differ, as it is reckoned from two clocks. */
const CLOCK = 3;

/**
 * True: the statement has been stopped. False: nothing was running by then. Numbers of threads begin anew with each
 * server and each start of it, so a handle says both. A thread that waits for its client to read takes no KILL QUERY, so
 * its connection is ended. `settled` says that it has stopped by itself.
 */
export async function cancelThread(session: Session, handle: string, settled?: AbortSignal): Promise<boolean> {
  const [id = '', place, started] = handle.split('.');
  const { server } = session;
  if (!/^\d{1,10}$/.test(id) || place !== server.place || !(Math.abs(Number(started) - server.started) <= CLOCK))
    return false;
  let cancelled = false;
  for (let look = 0; look < LOOKS; look += 1) {
    const [row] = await session.query(`SELECT COMMAND FROM information_schema.PROCESSLIST WHERE ID = ${id}`);
    const busy = row !== undefined && row[0] !== 'Sleep';
    if (!row || (cancelled && !busy) || settled?.aborted) return cancelled;
    if (busy && !cancelled) cancelled = await kill(session, `KILL QUERY ${id}`);
    await sleep(BETWEEN_LOOKS);
  }
  if (cancelled) await kill(session, `KILL CONNECTION ${id}`);
  return cancelled;
}

/** False: there is no such thread any more, or it is somebody else's. */
async function kill(session: Session, text: string): Promise<boolean> {
  return session.command(text).then(
    () => true,
    () => false,
  );
}
