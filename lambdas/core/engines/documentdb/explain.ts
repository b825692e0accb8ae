/** Turns what DocumentDB, the driver, TLS and the network say into Lodge's errors: a code, a sentence, and what to do. */
import { AppError, type ErrorCode } from '#contract/errors.ts';
import { refusalIn } from '../dial/dial.ts';
import type { Login, Target } from '../engine.ts';
import { type Explanation, explainReach, TIMED_OUT } from '../sql/explain-reach.ts';

interface ServerError {
  readonly code: number;
  readonly codeName?: string;
  readonly message: string;
}

/** Codes of MongoDB's (its source, `error_codes.yml`) that mean more than a statement that fails. */
const CODES: Readonly<Record<number, { readonly code: ErrorCode; readonly hint?: string; readonly message?: string }>> =
  {
    13: {
      code: 'STATEMENT_FAILED',
      hint: 'The database user lacks a role for this. An administrator of the database can grant it.',
    },
    50: { code: 'STATEMENT_TIMEOUT' },
    262: { code: 'STATEMENT_TIMEOUT' },
    11601: { code: 'STATEMENT_CANCELLED' },
    11600: { code: 'DATABASE_LOST' },
    91: { code: 'DATABASE_LOST' },
    10107: {
      code: 'READ_ONLY',
      message: 'This endpoint only reads: it is not the writer of the cluster.',
      hint: 'Connect to the writer’s endpoint.',
    },
    238: {
      code: 'STATEMENT_FAILED',
      hint: 'The server does not have this. DocumentDB’s Developer Guide lists what it has.',
    },
  };
const LOST_HINT =
  'Run it again. If it happens again, look at the events of the cluster in AWS: it may be failing over.';
const IDENTITY_HINT =
  'The cluster needs a user of $external whose name is the ARN of your IAM user or role, and an instance-based cluster of version 5.0 or later.';
const PASSWORD_HINT = 'Check the user and the password.';

/** An error of `connect`. `timedOut`: Lodge itself stopped waiting. */
export function explainConnect(error: unknown, { host }: Target, login: Login, timedOut: boolean): AppError {
  const refusal = refusalIn(error);
  if (refusal) return refusal;
  if (error instanceof AppError) return error;
  const said = serverError(error);
  if (said?.code === 18 || said?.code === 8000 || said?.code === 11)
    return worded(
      {
        code: 'LOGIN_FAILED',
        step: 'login',
        message: `The database refused this login: ${said.message}`,
        hint: login.keys ? IDENTITY_HINT : PASSWORD_HINT,
      },
      said,
    );
  const cause = deepest(error);
  if (timedOut && !codeOf(cause)) return worded(TIMED_OUT, undefined);
  return worded(explainReach(codeOf(cause), String((cause as Error)?.message ?? ''), host), said);
}

/** An error of a statement or of the catalogue: the database's own sentence, with all it says beside it. */
export function explainStatement(error: unknown, signal?: AbortSignal): AppError {
  if (error instanceof AppError) return error;
  if (signal?.aborted && signal.reason instanceof AppError) return signal.reason;
  const said = serverError(error);
  if (!said) return new AppError('DATABASE_LOST', { details: { hint: LOST_HINT }, cause: causeOf(error) });
  const known = CODES[said.code];
  return new AppError(known?.code ?? 'STATEMENT_FAILED', {
    message: known?.message ?? said.message,
    details: { native: nativeOf(said), ...(known?.hint && { hint: known.hint }) },
    cause: causeOf(error),
  });
}

/** What a server said of a command, where it answered at all. */
const serverError = (error: unknown): ServerError | undefined => {
  const { code, codeName, name, message } = Object(error) as Record<string, unknown>;
  // Where types are kept, the code is one of BSON's classes, too.
  const number = typeof code === 'object' && code !== null ? Number(code) : code;
  if (typeof number !== 'number' || !String(name).startsWith('Mongo')) return undefined;
  return { code: number, message: String(message), ...(typeof codeName === 'string' && { codeName }) };
};

const nativeOf = ({ code, codeName }: ServerError) => ({ code: codeName ? `${code} (${codeName})` : String(code) });

const worded = ({ code, message, hint, step }: Explanation, said: ServerError | undefined): AppError =>
  new AppError(code, {
    ...(message && { message }),
    details: { ...(said && { native: nativeOf(said) }), ...(step && { step }), ...(hint && { hint }) },
  });

/** What Node said is under what the driver says. */
function deepest(error: unknown): unknown {
  let found = error;
  for (let depth = 0; depth < 8; depth += 1) {
    const { cause } = Object(found) as { cause?: unknown };
    if (!cause) break;
    found = cause;
  }
  return found;
}

const codeOf = (error: unknown): string => {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : '';
};

/** What the log may know: an error's own message can quote a document. */
const causeOf = (error: unknown): unknown => {
  const { name, code } = Object(error) as { name?: unknown; code?: unknown };
  return { name, code };
};
