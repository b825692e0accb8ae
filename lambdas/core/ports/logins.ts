import type { User } from '#contract/people.ts';
import type { Assume } from '#contract/resources.ts';
import type { Login } from '../engines/engine.ts';
import type { Session } from '../http/handler.ts';
import type { ServerClaims } from '../session/connection-token.ts';
import type { Credentials } from './identity.ts';

/**
 * What a database takes as a login, made at the last moment with the user's keys: a token that is signed, a password of
 * minutes, a secret that is read. Errors: AWS_DENIED naming the action and the ARN; LOGIN_FAILED; THROTTLED;
 * AWS_UNAVAILABLE.
 */
export interface DatabaseLogins {
  make(claims: ServerClaims, credentials: Credentials, signal: AbortSignal): Promise<Login>;
}

/** Whoever has keys until then: the session of a user, or a run that has taken on its role. */
export type KeyHolder = Pick<Session, 'id' | 'credentials' | 'expiresAt'> & {
  readonly user: Pick<User, 'id' | 'arn' | 'name'>;
};

/** Takes on a role, so that databases of other accounts can be reached. */
export interface Roles {
  /** The holder's own keys where no role is named. Errors: AWS_DENIED (details.action, .resource), and those of AWS. */
  credentials(holder: KeyHolder, assume: Assume | undefined, signal: AbortSignal): Promise<Credentials>;
}
