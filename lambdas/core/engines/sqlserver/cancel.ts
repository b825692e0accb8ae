/** Stops what another connection runs, by its handle. */
import { AppError } from '#contract/errors.ts';
import { quoteText, type Session } from './session.ts';

/** A time as style 126 of CONVERT prints it. */
const HANDLE = /^(\d{1,5})\.(\d{4}-\d\d-\d\dT[\d:.]{8,16})$/;

const ALLOWED = `
SELECT HAS_PERMS_BY_NAME(NULL, NULL, N'ALTER ANY CONNECTION'), HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE')`;

const busy = (id: string, since: string): string => `
SELECT 1 FROM sys.dm_exec_sessions AS s JOIN sys.dm_exec_requests AS r ON r.session_id = s.session_id
WHERE s.session_id = ${id} AND CONVERT(nvarchar(30), s.login_time, 126) = ${quoteText(since)}
  AND s.original_login_name = ORIGINAL_LOGIN()`;

/**
 * True: its session has been ended, for from outside SQL Server can end no less; what it had open is rolled back. False:
 * nothing was running by then. Errors: STATEMENT_FAILED where the login may not end sessions, not even its own.
 */
export async function cancelSession(session: Session, handle: string): Promise<boolean> {
  const [, id, since] = HANDLE.exec(handle) ?? [];
  if (!id || !since) return false;
  const [allowed] = await session.query(ALLOWED);
  if (allowed?.some((each) => each !== '1')) throw forbidden(session.about.user);
  const [running] = await session.query(busy(id, since));
  if (!running) return false;
  await session.query(`KILL ${id}`);
  return true;
}

const forbidden = (user: string): AppError =>
  new AppError('STATEMENT_FAILED', {
    message: `The login “${user}” may not end sessions, so the statement goes on until it ends or its time is over.`,
    details: { hint: 'GRANT ALTER ANY CONNECTION and VIEW SERVER STATE to the login lets it stop its own statements.' },
  });
