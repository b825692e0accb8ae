/**
 * Every error that Lodge answers with: one row a code. The HTTP status and the default sentence stand here and nowhere
 * else; `serve()` is the only place that turns an AppError into an answer.
 */
import * as z from 'zod';

/** `CODE → [HTTP status, the sentence shown when the thrower has none that is more exact]`. */
export const ERRORS = {
  INPUT_INVALID: [400, 'The request is not valid: see the fields named in the details.'],
  BODY_NOT_JSON: [400, 'The body of the request is not valid JSON.'],
  KEYS_INVALID: [400, 'AWS does not accept these keys.'],
  KEYS_EXPIRED: [400, 'These temporary keys have expired. Get new ones and sign in again.'],
  CLOCK_SKEW: [400, 'AWS refused the signature because of its time. Check the clock and try again.'],
  STATEMENT_FAILED: [400, 'The database refused the statement.'],
  PARAMETER_INVALID: [400, 'A parameter of the script has no valid value: see the fields named in the details.'],
  LOGIN_FAILED: [400, 'The database refused this login.'],
  ENGINE_UNSUPPORTED: [400, 'Lodge has no engine for this resource yet.'],
  SESSION_MISSING: [401, 'Sign in first.'],
  SESSION_INVALID: [401, 'This session is not valid. Sign in again.'],
  SESSION_EXPIRED: [401, 'This session has ended. Sign in again.'],
  CONNECTION_INVALID: [409, 'This connection belongs to another session. Connect again.'],
  ORIGIN_REFUSED: [403, 'The request does not come from the pages of this instance.'],
  CONNECTION_STALE: [409, 'The rules of this instance have changed since. Connect again.'],
  ADDRESS_REFUSED: [403, 'Lodge does not connect to this address: it is not that of a database.'],
  USER_BLOCKED: [403, 'An administrator has blocked this user.'],
  ROLE_REQUIRED: [403, 'Your role does not allow this.'],
  ACCOUNT_REFUSED: [403, 'This instance serves another AWS account.'],
  ROOT_REFUSED: [403, 'The root user may not sign in. Use an IAM user or a role.'],
  NOT_CLAIMED: [403, 'This instance has not been claimed yet.'],
  REGION_DISABLED: [
    403,
    'This region is not enabled for the account, or has no such service, or these temporary keys are not valid in it.',
  ],
  ROLE_NOT_ALLOWED: [403, 'Automations may not use this role. An administrator decides which ones may be used.'],
  ROLE_NOT_ASSUMABLE: [403, 'AWS does not let Lodge take on this role.'],
  AUTOMATION_REFUSED: [403, 'Your role does not allow to automate. An administrator decides who may.'],
  AWS_DENIED: [403, 'AWS does not allow this with your keys.'],
  ROUTE_NOT_FOUND: [404, 'There is no such route.'],
  USER_NOT_FOUND: [404, 'There is no such user. Users exist from their first sign-in on.'],
  RESOURCE_NOT_FOUND: [404, 'There is no such resource, or you may not see it.'],
  OBJECT_NOT_FOUND: [404, 'There is no such object in the database.'],
  SCRIPT_NOT_FOUND: [404, 'There is no such script, or its owner keeps it private.'],
  AUTOMATION_NOT_FOUND: [404, 'There is no such automation.'],
  RUN_NOT_FOUND: [404, 'There is no such run, or it is no longer kept.'],
  METHOD_NOT_ALLOWED: [405, 'This route does not take that method.'],
  LAST_ADMINISTRATOR: [409, 'This is the last administrator. Make somebody else one first.'],
  CHANGED_MEANWHILE: [409, 'Somebody else has changed this meanwhile. Look at it again, and then change it.'],
  AUTOMATION_PAUSED: [409, 'This automation is paused.'],
  RUN_IN_PROGRESS: [409, 'This run is being done already.'],
  ALREADY_CLAIMED: [409, 'Somebody has claimed this instance already.'],
  STATEMENT_CANCELLED: [409, 'The statement was cancelled.'],
  STATEMENT_TIMEOUT: [408, 'The statement ran longer than it may and was stopped.'],
  BODY_TOO_LARGE: [413, 'The body of the request is too large.'],
  READ_ONLY: [403, 'This connection only reads: the database refused to change anything.'],
  TOO_MANY_ATTEMPTS: [429, 'Too many attempts to sign in. Wait some minutes, then try again.'],
  TOO_MANY_STATEMENTS: [429, 'As many of your statements run as may at once. Wait for one, or cancel it.'],
  THROTTLED: [429, 'AWS asks to slow down. Try again in a moment.'],
  INTERNAL: [500, 'Something went wrong in Lodge. The request id leads to its log line.'],
  DATABASE_UNREACHABLE: [502, 'The database cannot be reached.'],
  DATABASE_LOST: [502, 'The database closed the connection.'],
  OUTCOME_UNKNOWN: [502, 'The database closed the connection of a run that may write: what it did is not known.'],
  OUTPUT_FAILED: [502, 'The result could not be written to S3. Nothing of it is left there.'],
  CONNECTOR_FAILED: [502, 'The connector of this network failed. The database was not at fault.'],
  AWS_UNAVAILABLE: [502, 'An AWS service did not answer as it should. Try again.'],
  AUDIT_FAILED: [503, 'The record of this could not be written, so it was not done. Try again.'],
  DATABASE_TIMEOUT: [504, 'The database did not answer in time.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** What an error may add to its sentence. Everything here is shown to the user: never a key, a password, a row. */
export const ErrorDetails = z.object({
  /** The wrong fields of an input: where, and what is wrong with it. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** The role that the route needs. */
  role: z.string().optional(),
  /** The IAM action that is missing, and on what. */
  action: z.string().optional(),
  resource: z.string().optional(),
  /** The database's own words about a statement. `position` counts characters of the statement from 1. */
  native: z
    .object({
      code: z.string().optional(),
      severity: z.string().optional(),
      detail: z.string().optional(),
      hint: z.string().optional(),
      where: z.string().optional(),
      position: z.number().int().positive().optional(),
    })
    .optional(),
  /** Which statement of a script failed, counted from 0. */
  statement: z.number().int().nonnegative().optional(),
  /** Which step of reaching a database failed; see `contract/connecting.ts`. */
  step: z.enum(['credentials', 'name', 'route', 'port', 'tls', 'login']).optional(),
  /** When it is worth trying again; the header `retry-after` says it too. */
  retryAfterSeconds: z.number().int().positive().optional(),
  /** What to do about it, as a sentence. */
  hint: z.string().optional(),
});
export type ErrorDetails = z.infer<typeof ErrorDetails>;

/** The body of every answer that is not 2xx, and of the `error` record of a stream. */
export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string(),
  details: ErrorDetails.optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** The one error that Lodge throws on purpose. `cause` goes to the log (name and code only), never into an answer. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, options: { message?: string; details?: ErrorDetails; cause?: unknown } = {}) {
    super(options.message ?? ERRORS[code][1], { cause: options.cause });
    this.code = code;
    this.status = ERRORS[code][0];
    this.details = options.details;
  }

  /** The answer's body: the same shape on every route and in every stream. */
  body(requestId: string): ErrorBody {
    const body = { code: this.code, message: this.message, requestId };
    return this.details ? { ...body, details: this.details } : body;
  }
}
