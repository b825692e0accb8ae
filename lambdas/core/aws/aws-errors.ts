/** What an AWS SDK's error means to a user. The SDK's own sentence is never passed on: it may quote a signed request. */
import { AppError, type ErrorCode } from '#contract/errors.ts';

export interface AwsCall {
  /** The IAM action of the call, such as `rds:DescribeDBInstances`. */
  readonly action: string;
  readonly resource?: string;
  /** `typed`: keys somebody just entered. Left out: the keys of a session, whose end means to sign in again. */
  readonly keys?: 'typed' | 'session';
}

type Explain = (call: AwsCall, cause: unknown) => AppError;

/** The first row whose pattern matches the error's name explains it. */
const MEANINGS: readonly (readonly [RegExp, Explain])[] = [
  [/^ExpiredToken|^RequestExpired$|^TokenRefreshRequired$/, (call, cause) => expired(call, cause)],
  [/^RequestTimeTooSkewed$|^RequestInTheFuture$/, (_call, cause) => new AppError('CLOCK_SKEW', { cause })],
  [
    /^(InvalidSignature|SignatureDoesNotMatch|IncompleteSignature)/,
    (call, cause) => (isAboutTime(cause) ? new AppError('CLOCK_SKEW', { cause }) : wrongSecret(call, cause)),
  ],
  [
    /^(InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|InvalidToken|AuthFailure|MissingAuthenticationToken)/,
    (call, cause) => unknownKey(call, cause),
  ],
  [/^AccessDenied|^Unauthorized|^NotAuthorized|^OptInRequired$|^Forbidden/, (call, cause) => denied(call, cause)],
  [/Throttl|^TooManyRequests|^RequestLimitExceeded$|^SlowDown$|^LimitExceeded/, (_call, cause) => slow(cause)],
];

/**
 * Turns what an SDK client threw into our error: KEYS_INVALID, KEYS_EXPIRED (or SESSION_INVALID, SESSION_EXPIRED for a
 * session's keys), CLOCK_SKEW, AWS_DENIED with `details.action`, THROTTLED, and AWS_UNAVAILABLE for all the rest. Names
 * are those of the services' "Common errors" pages, in the XML and the JSON protocols' spellings.
 */
export function explainAwsError(error: unknown, call: AwsCall): AppError {
  if (error instanceof AppError) return error;
  const name = nameOf(error);
  const explain = MEANINGS.find(([pattern]) => pattern.test(name))?.[1];
  if (explain) return explain(call, error);
  return new AppError('AWS_UNAVAILABLE', { cause: error, details: { action: call.action } });
}

/**
 * What befell a call that Lodge makes with its own permissions: THROTTLED, AWS_UNAVAILABLE where the service or the way to
 * it failed, and INTERNAL for the rest, for a missing permission or table is a fault of this instance, not of its user.
 */
export function explainOwnError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { $fault, $metadata } = Object(error) as { $fault?: unknown; $metadata?: { httpStatusCode?: number } };
  if (/Throttl|ProvisionedThroughput|^TooManyRequests|^RequestLimitExceeded$|^LimitExceeded/.test(nameOf(error)))
    return slow(error);
  const refused = $fault === 'client' && ($metadata?.httpStatusCode ?? 0) < 500;
  return new AppError(refused ? 'INTERNAL' : 'AWS_UNAVAILABLE', { cause: error });
}

const nameOf = (error: unknown): string => {
  const { name, Code, code } = Object(error) as { name?: unknown; Code?: unknown; code?: unknown };
  return String((name === 'Error' ? (Code ?? code) : name) ?? '');
};

/** AWS says "Signature expired" and "Signature not yet current" with the name of a wrong signature (IAM User Guide). */
const isAboutTime = (error: unknown): boolean =>
  /signature expired|not yet current/i.test(String((error as { message?: unknown }).message));

const keysError = (call: AwsCall, typed: ErrorCode, session: ErrorCode, message: string, cause: unknown): AppError =>
  call.keys === 'typed'
    ? new AppError(typed, { message, cause })
    : new AppError(session, { message: "AWS no longer accepts this session's keys. Sign in again.", cause });

const unknownKey: Explain = (call, cause) =>
  keysError(
    call,
    'KEYS_INVALID',
    'SESSION_INVALID',
    'AWS does not know this access key. Check that it is whole and active, and that its session token belongs to it.',
    cause,
  );

const wrongSecret: Explain = (call, cause) =>
  keysError(
    call,
    'KEYS_INVALID',
    'SESSION_INVALID',
    'The secret access key does not belong to this access key. Copy both again.',
    cause,
  );

const expired: Explain = (call, cause) =>
  keysError(
    call,
    'KEYS_EXPIRED',
    'SESSION_EXPIRED',
    'These temporary keys have expired. Get new ones and sign in again.',
    cause,
  );

const denied: Explain = ({ action, resource: asked }, cause) => {
  const resource = resourceIn(cause) ?? asked;
  const details = resource ? { action, resource } : { action };
  return new AppError('AWS_DENIED', { message: `Your keys do not allow ${action}.`, details, cause });
};

/** AWS's sentence names the very ARN that it looked for in the policies: `… is not authorized to perform: … on resource: …`. */
const resourceIn = (error: unknown): string | undefined =>
  /\bon resource: "?(arn:[\w-]+:[\w-]+:[\w-]*:\d*:[\w!:/+=,.@*$-]+)/.exec(
    String((error as { message?: unknown }).message),
  )?.[1];

const slow = (cause: unknown): AppError => new AppError('THROTTLED', { cause });
