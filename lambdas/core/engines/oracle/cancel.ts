/** Stops what another connection runs, by its handle. */
import { AppError } from '#contract/errors.ts';
import type { Session } from './session.ts';

const HANDLE = /^(\d{1,10})\.(\d{1,20})$/;

const RUNNING = `
SELECT sid, serial#, status FROM v$session WHERE sid = :id AND audsid = :audit AND username = USER`;

/** RDS keeps ALTER SYSTEM for itself, and gives this in its place (RDS User Guide, "Canceling a SQL statement in a session"). */
const byRds = (sid: string, serial: string): string =>
  `BEGIN rdsadmin.rdsadmin_util.cancel(sid => ${sid}, serial => ${serial}); END;`;
const byOracle = (sid: string, serial: string): string => `ALTER SYSTEM CANCEL SQL '${sid}, ${serial}'`;

/** No such table or package, or no privilege for it. */
const NOT_ALLOWED = /^(ORA-00942|ORA-01031|ORA-04043|ORA-06550|ORA-41900)/;

/**
 * True: the statement has been told to stop. False: nothing was running by then. Errors: STATEMENT_FAILED where the user may
 * not see or stop sessions, not even its own.
 */
export async function cancelSession(session: Session, handle: string): Promise<boolean> {
  const [, id, audit] = HANDLE.exec(handle) ?? [];
  if (!id || !audit) return false;
  const [found] = await allowed(session, () => session.query(RUNNING, { id, audit }));
  const [sid, serial, status] = found ?? [];
  if (!sid || !serial || status !== 'ACTIVE') return false;
  await allowed(session, () =>
    session.query(byRds(sid, serial)).catch((error: unknown) => {
      if (!isNotAllowed(error)) throw error;
      return session.query(byOracle(sid, serial));
    }),
  );
  return true;
}

const isNotAllowed = (error: unknown): boolean =>
  error instanceof AppError && NOT_ALLOWED.test(error.details?.native?.code ?? '');

async function allowed<T>({ about }: Session, doing: () => Promise<T>): Promise<T> {
  try {
    return await doing();
  } catch (error) {
    if (!isNotAllowed(error)) throw error;
    throw new AppError('STATEMENT_FAILED', {
      message: `The user “${about.user}” may not stop statements, so it goes on until it ends or its time is over.`,
      details: {
        hint: 'SELECT on V_$SESSION and EXECUTE on RDSADMIN.RDSADMIN_UTIL (elsewhere ALTER SYSTEM) let it stop its own.',
      },
    });
  }
}
