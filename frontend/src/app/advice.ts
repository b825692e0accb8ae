/** What to do about an error, in one sentence: shown under the error's own sentence, wherever it is shown. */
import type { ErrorCode, ErrorDetails } from '#contract/errors.ts';
import { ApiError } from '../api.ts';
import { policyStatement } from './policy.ts';

/** Codes that the client makes itself, beside those of the contract. */
type ClientCode = 'NETWORK' | 'STREAM_CUT' | 'UNEXPECTED';

/** Where nothing stands here, the error's own sentence says it all. */
const ADVICE: Partial<Record<ErrorCode | ClientCode, string>> = {
  KEYS_INVALID: 'Check that the secret belongs to this access key ID, and that the key is active in IAM.',
  KEYS_EXPIRED: 'Copy new keys from your access portal, or make new ones with the AWS CLI, and paste them here.',
  CLOCK_SKEW: 'AWS refuses requests whose time is off by more than five minutes. Set the clock, then try again.',
  ACCOUNT_REFUSED: 'Sign in with keys of the account that this instance serves.',
  ROOT_REFUSED: 'Make an IAM user or a role for this work, and sign in with its keys.',
  AWS_UNAVAILABLE: 'This is on the side of AWS. Try again in a moment.',
  THROTTLED: 'Wait a few seconds, then try again.',
  NOT_CLAIMED: 'Sign in again, and finish the claim first.',
  ALREADY_CLAIMED: 'Go on to the instance as it is now.',
  AWS_DENIED: 'Ask whoever manages your permissions to allow this action.',
  LOGIN_FAILED: 'Check the user, the password, and whether this user may log in this way.',
  DATABASE_UNREACHABLE: 'It may be stopped, or stand in a network that Lodge cannot enter. Check its security group.',
  DATABASE_TIMEOUT: 'It may be busy or stand behind a firewall. Try again, or check its security group.',
  DATABASE_LOST: 'Run it again: Lodge connects anew.',
  CONNECTOR_FAILED: 'Try again. If it stays, ask an administrator of this instance to look at its connectors.',
  CONNECTION_INVALID: 'Connect again.',
  CONNECTION_STALE: 'Connect again.',
  ADDRESS_REFUSED: 'Ask whoever runs the network why the name of the database leads there.',
  SESSION_MISSING: 'Sign in, then try again.',
  SESSION_INVALID: 'Sign in again. Your tabs and texts stay.',
  SESSION_EXPIRED: 'Sign in again. Your tabs and texts stay.',
  ROLE_REQUIRED: 'Ask an administrator of this instance for the role.',
  ORIGIN_REFUSED: 'Reload the page and try again.',
  INTERNAL: 'Try again. If it stays, give the request id to an administrator.',
  NETWORK: 'Nothing is lost. Try again once the network is back.',
  STREAM_CUT: 'Try again.',
  UNEXPECTED: 'Try again. If it stays, ask an administrator of this instance.',
};

/** An error as a screen shows it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly advice: string | undefined;
  readonly requestId: string | undefined;
  /** What is not allowed, and the statement that would allow it. */
  readonly policy?: { readonly action: string; readonly resource: string; readonly statement: string };
}

/** Turns whatever was thrown into what a screen shows. The server's own hint comes before the general advice. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError))
    return {
      code: 'UNEXPECTED',
      message: 'Something went wrong on this page.',
      advice: 'Try again. If it stays, reload the page: your tabs and texts stay.',
      requestId: undefined,
    };
  const { code, message, requestId, details } = error;
  const advice = details?.hint ?? ADVICE[code as ErrorCode];
  return { code, message, requestId, advice, ...policyOf(details) };
}

/** Without a resource the answer knows only which action was refused, so that the statement is for all of them. */
function policyOf({ action, resource = '*' }: ErrorDetails = {}): Pick<Problem, 'policy'> {
  return action ? { policy: { action, resource, statement: policyStatement([action], resource) } } : {};
}

/** The messages of an error's wrong fields, by the last part of their paths: `body.name` → `name`. */
export function fieldErrors(error: unknown): Record<string, string> {
  const fields = error instanceof ApiError ? (error.details?.fields ?? []) : [];
  return Object.fromEntries(fields.map(({ path, message }) => [path.split('.').at(-1) ?? path, message]));
}
