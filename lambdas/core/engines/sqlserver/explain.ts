/** Turns what SQL Server, tedious, TLS and the network say into Lodge's errors: a code, a sentence, and what to do. */
import { AppError, type ErrorDetails } from '#contract/errors.ts';
import { refusalIn } from '../dial/dial.ts';
import type { Target } from '../engine.ts';
import { type Explanation, explainReach, TIMED_OUT } from '../sql/explain-reach.ts';

/** Lodge's own code for a server that would talk in the clear. */
export const NO_TLS = 'LODGE_NO_TLS';

const LOST: Explanation = {
  code: 'DATABASE_LOST',
  hint: 'Run it again. If it happens again, look at the events of the database in AWS: it may be restarting or failing over.',
};
const ENDED: Explanation = {
  code: 'STATEMENT_CANCELLED',
  message: 'The session was ended in the database: by a cancel or by an administrator.',
};
const DENIED: Explanation = { code: 'STATEMENT_FAILED', hint: 'Ask for the permission that the message names.' };
const READ_ONLY: Explanation = { code: 'READ_ONLY', hint: 'The database itself is read-only: it may be a replica.' };

/** By error number (SQL Server, "Database Engine events and errors"; sys.messages). */
const NUMBERS: Readonly<Record<number, Explanation>> = {
  229: DENIED,
  230: DENIED,
  262: DENIED,
  596: ENDED,
  1205: { code: 'STATEMENT_FAILED', hint: 'It waited for another, which waited for it. Run it again.' },
  1222: { code: 'STATEMENT_TIMEOUT', hint: 'Another transaction holds a lock on what it needs.' },
  3906: READ_ONLY,
  3908: READ_ONLY,
  6005: { code: 'DATABASE_LOST', message: 'The database is shutting down.' },
};

const NO_DATABASE: Explanation = { code: 'LOGIN_FAILED', hint: 'Check the name of the database.' };
const LOGIN_NUMBERS: Readonly<Record<number, Explanation>> = {
  916: { code: 'LOGIN_FAILED', hint: 'The login needs a user in this database.' },
  4060: NO_DATABASE,
  4064: NO_DATABASE,
  17809: { code: 'DATABASE_UNREACHABLE', hint: 'Close other connections, or raise “user connections”.' },
  18452: { code: 'LOGIN_FAILED', hint: 'Windows logins are not supported: use one of SQL Server’s own.' },
  18456: { code: 'LOGIN_FAILED', hint: 'Check the user and the password.' },
  18470: { code: 'LOGIN_FAILED', hint: 'The login is disabled.' },
  18486: { code: 'LOGIN_FAILED', hint: 'The login is locked.' },
  18487: { code: 'LOGIN_FAILED', hint: 'The password has expired: set a new one first.' },
  18488: { code: 'LOGIN_FAILED', hint: 'The password must be changed first.' },
};

/** By the driver's code, or Lodge's. */
const CODES: Readonly<Record<string, Explanation>> = {
  ETIMEOUT: TIMED_OUT,
  [NO_TLS]: {
    code: 'DATABASE_UNREACHABLE',
    step: 'tls',
    message: 'The database offers no TLS, so no password was sent.',
    hint: 'Check that the host is the one that AWS gives the database.',
  },
};

/** An error of `connect`. */
export function explainConnect(error: unknown, { host }: Target, signal: AbortSignal): AppError {
  const refusal = refusalIn(error);
  if (refusal) return refusal;
  if (error instanceof AppError) return error;
  if (signal.reason instanceof AppError) return signal.reason;
  const said = innermost(error);
  const known = CODES[said.code] ?? explainReach(said.code, said.message, host);
  return said.number === undefined ? worded(known, said) : refused(said, LOGIN_NUMBERS[said.number]);
}

function refused(said: Said, known: Explanation | undefined): AppError {
  const { code = 'LOGIN_FAILED', hint } = known ?? {};
  const message = `The database refused this login: ${said.message}`;
  return worded({ code, message, step: 'login', ...(hint && { hint }) }, said);
}

function worded({ code, message, hint, step }: Explanation, said: Said): AppError {
  const native = said.number === undefined ? {} : { native: { code: String(said.number) } };
  return new AppError(code, {
    ...(message && { message }),
    details: { ...native, ...(step && { step }), ...(hint && { hint }) },
    cause: causeOf(said),
  });
}

export interface StatementContext {
  readonly text: string;
  /** Its place in the script. */
  readonly statement?: number;
  /** Why Lodge itself has stopped it. */
  readonly stopped?: AppError | undefined;
}

/** An error of a statement: the database's own sentence, with all it says beside it. */
export function explainStatement(error: unknown, context: StatementContext): AppError {
  const place = context.statement === undefined ? {} : { statement: context.statement };
  const ours = context.stopped ?? error;
  if (ours instanceof AppError)
    return new AppError(ours.code, { message: ours.message, details: { ...ours.details, ...place } });
  const said = firstOf(error);
  if (said.number === undefined) return lost(said, place);
  const known = NUMBERS[said.number];
  const details = { ...place, native: nativeOf(said, context.text), ...(known?.hint && { hint: known.hint }) };
  const message = known?.message ?? said.message;
  return new AppError(known?.code ?? 'STATEMENT_FAILED', { message, details, cause: causeOf(said) });
}

const lost = (said: Said, place: ErrorDetails): AppError =>
  new AppError('DATABASE_LOST', { details: { ...place, ...(LOST.hint && { hint: LOST.hint }) }, cause: causeOf(said) });

/** What the driver's errors hold, of the network, of TLS and of the server. */
interface Said {
  readonly code: string;
  readonly message: string;
  readonly number?: number | undefined;
  readonly class?: number | undefined;
  readonly state?: number | undefined;
  readonly procName?: string | undefined;
  readonly lineNumber?: number | undefined;
}

/** The errors of a batch, in their order: a batch may go on behind one. */
export const errorsOf = (error: unknown): unknown[] => (error instanceof AggregateError ? error.errors : [error]);

const firstOf = (error: unknown): Said => saidBy(errorsOf(error)[0]);

const saidBy = (error: unknown): Said => {
  const { code = '', message = '', ...rest } = Object(error) as Partial<Said>;
  const { number, class: severity, state, procName, lineNumber } = rest;
  return { code: String(code), message: String(message), number, class: severity, state, procName, lineNumber };
};

/** The driver wraps what Node says, in causes and in lists of what it has tried. */
function innermost(error: unknown): Said {
  const first = errorsOf(error)[0];
  const { cause } = Object(first) as { cause?: unknown };
  return cause === undefined ? saidBy(first) : innermost(cause);
}

/** A line of a batch is all that the server says of a place; lines of a procedure are none of the batch's. */
function nativeOf({ number, class: severity, state, procName, lineNumber }: Said, text: string) {
  const line = procName ? undefined : lineNumber;
  return {
    code: String(number),
    ...(severity !== undefined && { severity: String(severity) }),
    ...(state !== undefined && { detail: `State ${state}` }),
    ...(procName && { where: `${procName}, line ${lineNumber}` }),
    ...(line && { position: beginOf(text, line) }),
  };
}

/** Where a line begins, in characters from 1. */
function beginOf(text: string, line: number): number {
  const before = text
    .split('\n')
    .slice(0, line - 1)
    .join('\n');
  const begin = line > 1 ? before.length + 1 : 0;
  const blank = /^\s*/.exec(text.slice(begin))?.[0].length ?? 0;
  return Math.min(begin + blank, Math.max(0, text.length - 1)) + 1;
}

/** What the log may know: an error's own message can quote a row. */
const causeOf = ({ code, number }: Said): unknown => ({ name: 'SqlServerError', code: number ? String(number) : code });
