/** A run's failure as its callers get it, and as its history keeps it. */
import { AppError, ERRORS, type ErrorCode, type ErrorDetails } from '#contract/errors.ts';
import { RUN_ERRORS } from '#contract/run-script.ts';

type RunCode = keyof typeof RUN_ERRORS;

/** A state holds more; a person reads no more. */
const LONGEST = 1_000;

/** Step Functions matches `name`, and shows the sentence as the cause. */
export class RunFailure extends Error {
  override readonly name: string;
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
    this.name = RUN_ERRORS[isKnown(code) ? code : 'INTERNAL'].name;
    // Lambda sends the stack along, and a state machine keeps it in its history.
    this.stack = `${this.name}: ${message}`;
  }
}

/** Whatever was thrown. What nobody meant is INTERNAL, and says nothing of itself. */
export function failureOf(error: unknown): RunFailure {
  if (error instanceof RunFailure) return error;
  if (!(error instanceof AppError)) return new RunFailure('INTERNAL', ERRORS.INTERNAL[1], error);
  return new RunFailure(error.code, wordsOf(error).slice(0, LONGEST).toWellFormed(), error.cause);
}

const isKnown = (code: ErrorCode): code is RunCode => Object.hasOwn(RUN_ERRORS, code);

/** One or two sentences: what happened, which fields are wrong, and what to do about it. */
function wordsOf({ code, message, details = {} }: AppError): string {
  const { fields = [], native, statement, hint, action, resource } = details;
  const wrong = fields.map((field) => `${field.path.replace(/^body\./, '')} ${field.message}`).join('; ');
  const sentence = code === 'AWS_DENIED' && action ? deniedWords(action, resource, message) : quiet(message, native);
  const where = statement ? ` (statement ${statement + 1} of the script)` : '';
  return [sentence + where, wrong && `${wrong}.`, hint].filter(Boolean).join(' ');
}

/** The same error as one of the role: whoever reads it has other keys. */
export const saidOfRole = (error: AppError): AppError => {
  const { code, message, details, cause } = error;
  if (code !== 'AWS_DENIED' || !details?.action) return error;
  return new AppError(code, { message: deniedWords(details.action, details.resource, message), details, cause });
};

/** The keys are nobody's but the role's. */
const deniedWords = (action: string, resource: string | undefined, message: string): string =>
  message.startsWith('Your keys') ? `The role does not allow ${action}${resource ? ` on ${resource}` : ''}.` : message;

/** Classes of SQLSTATE whose messages quote names: syntax and access rules, databases and schemas that are not there. */
const ABOUT_NAMES = /(?:^|\W)(?:42|3D|3F)[0-9A-Z]{3}\b/;

/**
 * A database quotes what it stumbled over, which may be a value of a row: then the quotation is left out. Its words are
 * kept where they are about names.
 */
const quiet = (message: string, native: ErrorDetails['native']): string =>
  !native || ABOUT_NAMES.test(native.code ?? '') ? message : message.replace(/"[^"]*"|'[^']*'/g, '“…”');
