/**
 * IAM logins cannot be asked for in advance: a token is signed whether or not it will be taken, and then the database says
 * no more than that it refused. Here its refusal gets what may be missing: the action and the ARN to put into a policy.
 */
import { AppError, type ErrorDetails } from '#contract/errors.ts';
import { type Permission, permissionOf } from '../aws/logins/permission.ts';
import type { ConnectorEvent } from '../connectors/connector.ts';
import type { ServerClaims } from '../session/connection-token.ts';

/** The events as they come, with refusals explained. */
export async function* explainingRefusals(
  events: AsyncIterable<ConnectorEvent>,
  claims: ServerClaims,
): AsyncGenerator<ConnectorEvent> {
  // A call of AWS has made the other logins: what it needed was there.
  const permission = claims.login.method === 'iam' ? permissionOf(claims) : undefined;
  if (!permission) return yield* events;
  try {
    for await (const event of events) yield explained(event, permission);
  } catch (error) {
    if (!(error instanceof AppError) || !isRefusal(error)) throw error;
    const { code, message, details, cause } = error;
    throw new AppError(code, { message, details: { ...details, ...permission }, cause });
  }
}

function explained(event: ConnectorEvent, permission: Permission): ConnectorEvent {
  if (!('type' in event) || event.type !== 'step' || !event.error || !isRefusal(event.error)) return event;
  return { ...event, error: { ...event.error, details: { ...event.error.details, ...permission } } };
}

/**
 * Class 28 of SQLSTATE, which is about who somebody is: RDS's PAM and Aurora DSQL say 28000, MySQL 1045 with 28000. A
 * database that does not exist, or may not be opened, has other codes.
 */
const isRefusal = ({
  code,
  details,
}: {
  readonly code: string;
  readonly details?: ErrorDetails | undefined;
}): boolean => code === 'LOGIN_FAILED' && /\b28[0-9A-Z]{3}\b/.test(details?.native?.code ?? '');
