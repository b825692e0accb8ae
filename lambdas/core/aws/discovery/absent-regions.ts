/** Where a region or a service is not there for an account, which AWS says in words that mean something else elsewhere. */
import { AppError } from '#contract/errors.ts';

/**
 * The regions that every account has. All others must be enabled, and whatever AWS opens from now on too (Account
 * Management Reference Guide, "Enable or disable AWS Regions"), so that this list need not grow.
 */
const ALWAYS_ENABLED = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['us-gov-east-1', 'us-gov-west-1', 'cn-north-1', 'cn-northwest-1'],
]);

/** An account that has not subscribed to a service, or not been let into it, is told so by these names. */
const NOT_SUBSCRIBED = /^(OptInRequired|SubscriptionRequired|NotSignedUp)/;

/** Credentials do not exist in a region that is not enabled: the same names as those of keys that nobody has. */
const UNKNOWN_KEY = /^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|AuthFailure|InvalidToken)/;

/** REGION_DISABLED where an error says that; undefined where it means what it says. */
export function explainAbsence(region: string, error: unknown): AppError | undefined {
  const cause = error instanceof AppError ? error.cause : error;
  const { name, code } = Object(cause) as { name?: unknown; code?: unknown };
  // A service has no address in a region where it is not. EAI_AGAIN, a name server that fails, is another matter.
  const isAbsent =
    code === 'ENOTFOUND' ||
    NOT_SUBSCRIBED.test(String(name)) ||
    (UNKNOWN_KEY.test(String(name)) && !ALWAYS_ENABLED.has(region));
  return isAbsent ? new AppError('REGION_DISABLED', { cause }) : undefined;
}
