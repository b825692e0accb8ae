/** Turns what Oracle, oracledb, TLS and the network say into Lodge's errors: a code, a sentence, and what to do. */
import { AppError, type ErrorDetails } from '#contract/errors.ts';
import { refusalIn } from '../dial/dial.ts';
import type { Target } from '../engine.ts';
import type { BoundText } from '../sql/bind-text.ts';
import { type Explanation, explainReach, TIMED_OUT } from '../sql/explain-reach.ts';

const TLS_HINT =
  'RDS for Oracle speaks TLS only where its option group has the option SSL, at the port of that option: 2484, unless another was chosen.';
const NO_TLS: Explanation = {
  code: 'DATABASE_UNREACHABLE',
  step: 'tls',
  message: 'The database and Lodge agree on no TLS.',
  hint: TLS_HINT,
};
const REFUSED: Explanation = { code: 'LOGIN_FAILED', step: 'login', hint: 'Check the user and the password.' };
const NO_DATABASE: Explanation = {
  code: 'LOGIN_FAILED',
  step: 'login',
  message: 'The listener knows no database of this name.',
  hint: 'Give the SID or the service name, such as ORCL: in AWS it stands as the “DB name”.',
};
const FULL: Explanation = {
  code: 'DATABASE_UNREACHABLE',
  step: 'login',
  hint: 'Close other connections, or raise “processes” and “sessions”.',
};
const locked = (hint: string): Explanation => ({ code: 'LOGIN_FAILED', step: 'login', hint });

/** By the driver's code or Oracle's (Oracle Database Error Messages; node-oracledb, lib/errors.js). */
const CONNECTING: Readonly<Record<string, Explanation>> = {
  'NJS-510': TIMED_OUT,
  'NJS-511': {
    code: 'DATABASE_UNREACHABLE',
    step: 'login',
    message: 'The listener of the database refused the connection.',
  },
  'NJS-518': NO_DATABASE,
  'NJS-519': NO_DATABASE,
  'NJS-530': explainReach('ENOTFOUND', '', ''),
  'ORA-00018': FULL,
  'ORA-00020': FULL,
  'ORA-01005': REFUSED,
  'ORA-01017': REFUSED,
  'ORA-01045': locked('The user needs CREATE SESSION.'),
  'ORA-12505': NO_DATABASE,
  'ORA-12514': NO_DATABASE,
  'ORA-12516': FULL,
  'ORA-12519': FULL,
  'ORA-12520': FULL,
  'ORA-28000': locked('The account is locked.'),
  'ORA-28001': locked('The password has expired: set a new one first.'),
};

/** What Node says stands in the driver's sentence alone; these are its words, and those of OpenSSL. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'ECONNREFUSED'],
  [/EHOSTUNREACH/, 'EHOSTUNREACH'],
  [/ENETUNREACH/, 'ENETUNREACH'],
  [/ETIMEDOUT/, 'ETIMEDOUT'],
  [/ENOTFOUND|EAI_AGAIN/, 'ENOTFOUND'],
  [/has expired/, 'CERT_HAS_EXPIRED'],
  [/NJS-50[78]|DN match/i, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [/self-signed|unable to (get|verify)|signature failure|not trusted/, 'CERT_UNTRUSTED'],
];

export const isUnknownSid = (error: unknown): boolean => ['NJS-519', 'ORA-12505'].includes(saidBy(error).code);

/** An error of `connect`. */
export function explainConnect(error: unknown, { host }: Target): AppError {
  const refusal = refusalIn(error);
  if (refusal) return refusal;
  if (error instanceof AppError) return error;
  const said = saidBy(error);
  const node = SENTENCES.find(([sentence]) => sentence.test(said.message))?.[1];
  const known = CONNECTING[said.code] ?? (node ? explainReach(node, '', host) : fallback(said, host));
  const message =
    known.message ?? (known.step === 'login' ? `The database refused this login: ${said.message}` : undefined);
  return new AppError(known.code, {
    ...(message && { message }),
    details: {
      ...(said.code && { native: { code: said.code } }),
      ...(known.step && { step: known.step }),
      ...(known.hint && { hint: known.hint }),
    },
    cause: causeOf(said),
  });
}

function fallback({ code, message }: Said, host: string): Explanation {
  if (/^NJS-50[56]$/.test(code)) return NO_TLS;
  return code.startsWith('ORA-') ? { code: 'LOGIN_FAILED', step: 'login' } : explainReach(code, message, host);
}

const LOST: Explanation = {
  code: 'DATABASE_LOST',
  hint: 'Run it again. If it happens again, look at the events of the database in AWS: it may be restarting or failing over.',
};
const OVERTIME: Explanation = { code: 'STATEMENT_TIMEOUT' };
const READ_ONLY: Explanation = { code: 'READ_ONLY' };

const STATEMENTS: Readonly<Record<string, Explanation>> = {
  'NJS-123': OVERTIME,
  'NJS-500': LOST,
  'NJS-501': LOST,
  'NJS-521': LOST,
  'NJS-098': {
    code: 'STATEMENT_FAILED',
    hint: 'A script declares what it binds: write the values in their places, or declare names such as :since.',
  },
  'ORA-00028': { code: 'DATABASE_LOST', message: 'The session was ended in the database, by an administrator.' },
  'ORA-01013': { code: 'STATEMENT_CANCELLED' },
  'ORA-01031': { code: 'STATEMENT_FAILED', hint: 'The user lacks a privilege for this.' },
  'ORA-01456': READ_ONLY,
  'ORA-03156': OVERTIME,
  'ORA-16000': { code: 'READ_ONLY', hint: 'The database itself is read-only: it may be a replica.' },
};

export interface StatementContext {
  readonly text: string;
  /** Its place in the script. */
  readonly statement?: number;
  /** Why Lodge itself has stopped it. */
  readonly stopped?: AppError | undefined;
  /** As it was sent, where parameters were bound. */
  readonly bound?: BoundText;
}

/** An error of a statement: the database's own sentence, with all it says beside it. */
export function explainStatement(error: unknown, context: StatementContext): AppError {
  const place = context.statement === undefined ? {} : { statement: context.statement };
  const ours = context.stopped ?? error;
  if (ours instanceof AppError)
    return new AppError(ours.code, { message: ours.message, details: { ...ours.details, ...place } });
  const said = saidBy(error);
  const known = STATEMENTS[said.code];
  const details: ErrorDetails = {
    ...place,
    native: nativeOf(said, context),
    ...(known?.hint && { hint: known.hint }),
  };
  const message = known?.message ?? (known?.code === 'DATABASE_LOST' ? undefined : said.message);
  return new AppError(known?.code ?? 'STATEMENT_FAILED', {
    ...(message && { message }),
    details,
    cause: causeOf(said),
  });
}

interface Said {
  /** `ORA-00942`, `NJS-506`, or Node's. */
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

function saidBy(error: unknown): Said {
  const { code, message = '', offset = 0 } = Object(error) as { code?: string; message?: string; offset?: number };
  const text = message.replace(/\nHelp: https:\S+$/, '');
  return { code: code ?? /^[A-Z]{3}-\d{3,5}/.exec(text)?.[0] ?? '', message: text, offset };
}

/** Oracle counts from the statement's first byte; 0 is what it says of an error without a place. */
function nativeOf({ code, offset }: Said, { text: written, bound }: StatementContext) {
  const text = bound?.text ?? written;
  const original = (at: number): number => bound?.original(at) ?? at;
  const before = Buffer.from(text).subarray(0, offset).toString();
  return {
    ...(code && { code }),
    ...(offset > 0 && offset < text.length && { position: original(before.length) + 1 }),
  };
}

/** What the log may know: an error's own message can quote a row. */
const causeOf = ({ code }: Said): unknown => ({ name: 'OracleError', code });
