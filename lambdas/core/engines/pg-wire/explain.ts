/** Turns what the server, pg, TLS and the network say into Lodge's errors: a code, a sentence, and what to do. */
import { DatabaseError } from 'pg';
import { AppError, type ErrorDetails } from '#contract/errors.ts';
import { refusalIn } from '../dial/dial.ts';
import type { Login, Target } from '../engine.ts';
import type { BoundText } from '../sql/bind-text.ts';
import { type Explanation, explainReach, TIMED_OUT } from '../sql/explain-reach.ts';

/** What an engine says beside, or in place of, what all on this wire have in common. */
export interface Wording {
  /** Errors of statements, as in `STATES`. */
  readonly states?: Readonly<Record<string, Explanation>>;
  /** What only the words of an error of a statement tell. */
  read?(error: DatabaseError): Explanation | undefined;
  /** The words of a refused login where its state says something else. */
  readonly refused?: RegExp;
  /** What to do where this login was refused; undefined: no more than to check the user and the password. */
  loginHint(login: Login): string | undefined;
}

const LOST: Explanation = {
  code: 'DATABASE_LOST',
  hint: 'Run it again. If it happens again, look at the events of the database in AWS: it may be restarting or failing over.',
};

/** By SQLSTATE, or by its class where the last three characters are left out (PostgreSQL documentation, appendix A). */
const STATES: Record<string, Explanation> = {
  '25006': { code: 'READ_ONLY' },
  '25P03': { ...LOST, message: 'The database ended the connection because its transaction was idle for too long.' },
  '25P04': { code: 'STATEMENT_TIMEOUT' },
  '57P01': {
    code: 'DATABASE_LOST',
    message: 'The connection was ended in the database: by a cancel, by an administrator or by a restart.',
  },
  '57P02': LOST,
  '57P05': LOST,
  '08': LOST,
};

const NOT_SHARED: Explanation = { code: 'LOGIN_FAILED', hint: 'Check the user and the password.' };
const LOGIN_STATES: Record<string, Explanation> = {
  '3D000': { code: 'LOGIN_FAILED', hint: 'Check the name of the database.' },
  '42501': { code: 'LOGIN_FAILED', hint: 'The user needs the CONNECT privilege on this database.' },
  '53300': {
    code: 'DATABASE_UNREACHABLE',
    message: 'The database has no connection left to give.',
    hint: 'Close other connections, or raise max_connections.',
  },
  '57P03': { code: 'DATABASE_UNREACHABLE', message: 'The database is starting or stopping.', hint: 'Try again soon.' },
};

interface ConnectContext {
  readonly target: Target;
  readonly login: Login;
  /** Lodge itself stopped waiting. */
  readonly timedOut: boolean;
}

/** An error of `connect`. */
export function explainConnect(
  error: unknown,
  wording: Wording,
  { target, login, timedOut }: ConnectContext,
): AppError {
  const refusal = refusalIn(error);
  if (refusal) return refusal;
  if (error instanceof AppError) return error;
  if (timedOut) return reworded(TIMED_OUT, error);
  if (error instanceof DatabaseError) return explainLogin(error, wording, login);
  // pg's own words about SCRAM: an empty password, or a server that does not know it either.
  if (messageOf(error).startsWith('SASL')) return reworded(NOT_SHARED, error);
  return reworded(explainReach(codeOf(error), messageOf(error), target.host), error);
}

function explainLogin(error: DatabaseError, wording: Wording, login: Login): AppError {
  const state = error.code ?? '';
  const refused = state.startsWith('28') || wording.refused?.test(error.message) === true;
  const known = refused ? NOT_SHARED : (LOGIN_STATES[state] ?? LOGIN_STATES[state.slice(0, 2)]);
  if (!known) return explainStatement(error, wording, { text: '' });
  // pg_hba's rejections and PAM's refusals (RDS asks PAM) both come as class 28.
  const hint = (refused && wording.loginHint(login)) || known.hint;
  return reworded(
    { message: `The database refused this login: ${error.message}.`, ...known, ...(hint && { hint }) },
    error,
  );
}

export interface StatementContext {
  /** As it was written. */
  readonly text: string;
  /** As it was sent, where parameters were bound. */
  readonly bound?: Pick<BoundText, 'text' | 'original'> | undefined;
  /** Its place in the script. */
  readonly statement?: number;
  /** Why Lodge itself has stopped it. */
  readonly stopped?: AppError | undefined;
}

/** An error of a statement: the database's own sentence, with all it says beside it. */
export function explainStatement(error: unknown, wording: Wording, context: StatementContext): AppError {
  const place = context.statement === undefined ? {} : { statement: context.statement };
  const ours = context.stopped ?? error;
  if (ours instanceof AppError)
    return new AppError(ours.code, { message: ours.message, details: { ...ours.details, ...place } });
  if (!(error instanceof DatabaseError)) return lost(error, place);
  const state = error.code ?? '';
  const states = { ...STATES, ...wording.states };
  const known = wording.read?.(error) ?? states[state] ?? states[state.slice(0, 2)] ?? cancelled(error);
  const details = { ...place, native: nativeOf(error, context), ...(known?.hint && { hint: known.hint }) };
  const message = known?.message ?? error.message;
  return new AppError(known?.code ?? 'STATEMENT_FAILED', { message, details, cause: causeOf(error) });
}

/** The code of both is 57014; the sentence tells them apart, where messages are in English. */
function cancelled(error: DatabaseError): Explanation | undefined {
  if (error.code !== '57014') return undefined;
  return { code: /timeout/i.test(error.message) ? 'STATEMENT_TIMEOUT' : 'STATEMENT_CANCELLED' };
}

function lost(error: unknown, place: ErrorDetails): AppError {
  const hint = LOST.hint ? { hint: LOST.hint } : {};
  return new AppError('DATABASE_LOST', { details: { ...place, ...hint }, cause: causeOf(error) });
}

function reworded({ code, message, hint, step }: Explanation, error: unknown): AppError {
  const native = error instanceof DatabaseError && error.code ? { native: { code: error.code } } : {};
  return new AppError(code, {
    ...(message && { message }),
    details: { ...native, ...(step && { step }), ...(hint && { hint }) },
    cause: causeOf(error),
  });
}

function nativeOf(error: DatabaseError, { text, bound }: StatementContext): NonNullable<ErrorDetails['native']> {
  const said = {
    code: error.code,
    severity: error.severity,
    detail: error.detail,
    hint: error.hint,
    where: error.where,
  };
  const position = Number(error.position);
  const written = bound?.original ?? ((offset: number) => offset);
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    ...(position > 0 && { position: written(unitsBefore(bound?.text ?? text, position - 1)) + 1 }),
  };
}

/** The server counts characters, JavaScript UTF-16 code units. */
function unitsBefore(text: string, characters: number): number {
  let units = 0;
  for (let i = 0; i < characters && units < text.length; i += 1)
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units;
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** What the log may know: an error's own message and detail can quote a row. */
const causeOf = (error: unknown): unknown => ({
  name: error instanceof Error ? error.name : typeof error,
  code: codeOf(error),
});
