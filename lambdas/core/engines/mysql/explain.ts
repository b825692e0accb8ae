/** Turns what MySQL, MariaDB, mysql2, TLS and the network say into Lodge's errors: a code, a sentence, and what to do. */
import { AppError, type ErrorDetails } from '#contract/errors.ts';
import { refusalIn } from '../dial/dial.ts';
import type { Login, Target } from '../engine.ts';
import { type Explanation, explainReach, TIMED_OUT } from '../sql/explain-reach.ts';
import { ServerError } from './packets.ts';
import { placeOf } from './place.ts';

const LOST: Explanation = {
  code: 'DATABASE_LOST',
  hint: 'Run it again. If it happens again, look at the events of the database in AWS: it may be restarting or failing over.',
};
const ENDED: Explanation = {
  code: 'DATABASE_LOST',
  message: 'The connection was ended in the database: by a cancel, by an administrator or by a restart.',
};
const OVERTIME: Explanation = { code: 'STATEMENT_TIMEOUT' };
const KEPT_READING: Explanation = {
  code: 'READ_ONLY',
  message: 'This connection only reads: the database refused to change anything or to end the read-only transaction.',
  hint: 'A whole script is read in one transaction already: leave out BEGIN, COMMIT and ROLLBACK.',
};

/** By error number (MySQL "Server Error Message Reference"; MariaDB "MariaDB Error Code Reference"). */
const NUMBERS: Record<number, Explanation> = {
  1053: LOST,
  1290: { code: 'READ_ONLY', hint: 'The server itself is read-only: it may be a replica.' },
  1317: { code: 'STATEMENT_CANCELLED' },
  1792: { code: 'READ_ONLY' },
  1836: { code: 'READ_ONLY', hint: 'The server itself is read-only: it may be a replica.' },
  1927: ENDED,
  1969: OVERTIME,
  3024: OVERTIME,
  3169: ENDED,
};
/** XAER_RMFAIL: what a read-only script may not do in the transaction that it is kept in. */
const IN_TRANSACTION = 1399;

const REFUSED: Explanation = { code: 'LOGIN_FAILED', hint: 'Check the user and the password.' };
const NO_DATABASE: Explanation = { code: 'LOGIN_FAILED', hint: 'Check the name of the database.' };
const FULL: Explanation = {
  code: 'DATABASE_UNREACHABLE',
  message: 'The database has no connection left to give.',
  hint: 'Close other connections, or raise max_connections.',
};
const LOGIN_NUMBERS: Record<number, Explanation> = {
  1040: FULL,
  1044: { code: 'LOGIN_FAILED', hint: 'The user needs a privilege on this database.' },
  1045: REFUSED,
  1049: NO_DATABASE,
  1129: { code: 'DATABASE_UNREACHABLE', hint: 'Ask an administrator for FLUSH HOSTS.' },
  1130: { code: 'LOGIN_FAILED', hint: 'The user may not log in from where Lodge runs.' },
  1203: FULL,
  1226: FULL,
  1698: REFUSED,
  1820: { code: 'LOGIN_FAILED', hint: 'The password has expired: set a new one first.' },
  1862: { code: 'LOGIN_FAILED', hint: 'The password has expired: set a new one first.' },
  3118: { code: 'LOGIN_FAILED', hint: 'The account is locked.' },
  4151: { code: 'LOGIN_FAILED', hint: 'The account is locked.' },
};
const IAM_HINT =
  'For an IAM login the database user needs AWSAuthenticationPlugin, and your keys need rds-db:connect for that user.';

/** An error of `connect`. `timedOut`: Lodge itself stopped waiting. */
export function explainConnect(error: unknown, { host }: Target, login: Login, timedOut: boolean): AppError {
  const refusal = refusalIn(error);
  if (refusal) return refusal;
  if (error instanceof AppError) return error;
  if (timedOut) return reworded(TIMED_OUT, error);
  const number = (error as { errno?: unknown }).errno;
  const known = typeof number === 'number' ? LOGIN_NUMBERS[number] : undefined;
  if (known) {
    // A token is a signed URL.
    const hint = known === REFUSED && login.password.includes('X-Amz-Signature=') ? IAM_HINT : known.hint;
    const message = `The database refused this login: ${messageOf(error)}.`;
    return reworded({ message, ...known, ...(hint && { hint }) }, error);
  }
  if (codeOf(error).startsWith('AUTH_SWITCH'))
    return reworded({ ...REFUSED, message: 'The database asks for a way to log in that Lodge does not know.' }, error);
  return reworded(explainReach(codeOf(error), messageOf(error), host), error);
}

export interface StatementContext {
  readonly text: string;
  /** Its place in the script. */
  readonly statement?: number;
  /** Why Lodge itself has stopped it. */
  readonly stopped?: AppError | undefined;
  /** The statement ran in a reader's transaction. */
  readonly reading?: boolean;
}

/** An error of a statement: the database's own sentence, with all it says beside it. */
export function explainStatement(error: unknown, context: StatementContext): AppError {
  const place = context.statement === undefined ? {} : { statement: context.statement };
  const ours = context.stopped ?? error;
  if (ours instanceof AppError)
    return new AppError(ours.code, { message: ours.message, details: { ...ours.details, ...place } });
  if (!(error instanceof ServerError)) return lost(error, place);
  const kept = context.reading && error.errno === IN_TRANSACTION;
  const known = kept ? KEPT_READING : NUMBERS[error.errno];
  const native = { ...nativeOf(error), ...placeOf(error.message, context.text) };
  const details = { ...place, native, ...(known?.hint && { hint: known.hint }) };
  const message = known?.message ?? error.message;
  return new AppError(known?.code ?? 'STATEMENT_FAILED', { message, details, cause: causeOf(error) });
}

const nativeOf = ({ errno, state }: ServerError) => ({ code: state ? `${errno} (${state})` : String(errno) });

function lost(error: unknown, place: ErrorDetails): AppError {
  return new AppError('DATABASE_LOST', {
    details: { ...place, ...(LOST.hint && { hint: LOST.hint }) },
    cause: causeOf(error),
  });
}

function reworded({ code, message, hint, step }: Explanation, error: unknown): AppError {
  const { errno, sqlState } = error as { errno?: unknown; sqlState?: unknown };
  const native =
    typeof errno === 'number' && errno > 0 ? { native: nativeOf({ errno, state: sqlState } as ServerError) } : {};
  return new AppError(code, {
    ...(message && { message }),
    details: { ...native, ...(step && { step }), ...(hint && { hint }) },
    cause: causeOf(error),
  });
}

const codeOf = (error: unknown): string => {
  const code = String((error as { code?: unknown } | undefined)?.code ?? '');
  // mysql2 covers what TLS said with a code of its own, and keeps nothing but the sentence.
  return code === 'HANDSHAKE_SSL_ERROR' ? tlsCode(messageOf(error)) : code;
};
const messageOf = (error: unknown): string => String((error as { message?: unknown } | undefined)?.message ?? '');

/** OpenSSL's sentences for the codes that Node gives (crypto/x509/x509_txt.c). */
const tlsCode = (message: string): string =>
  TLS_SENTENCES.find(([sentence]) => sentence.test(message))?.[1] ?? 'ERR_SSL_HANDSHAKE';
const TLS_SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/has expired/, 'CERT_HAS_EXPIRED'],
  [/altnames|does not match/, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [/self-signed|unable to (get|verify)|signature failure|not trusted/, 'CERT_UNTRUSTED'],
];

/** What the log may know: an error's own message can quote a row. */
const causeOf = (error: unknown): unknown => ({
  name: error instanceof Error ? error.name : typeof error,
  code: error instanceof ServerError ? String(error.errno) : codeOf(error),
});
