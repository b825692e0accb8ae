/**
 * The edges of Lodge as the use cases see them. Adapters over the AWS SDK stand in `aws/`; a test may hand in its own.
 * Every adapter throws AppError only: an SDK's error is explained where it is caught.
 */

import type { User } from '#contract/people.ts';
import type { Assume, Resource, Service } from '#contract/resources.ts';
import type { Role } from '#contract/roles.ts';
import type { Login } from './engines/engine.ts';
import type { Session } from './http/handler.ts';
import type { ServerClaims } from './session/connection-token.ts';

/** AWS credentials in the SDK's own shape. Without a session token they are long-term. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** STS: who somebody is, and temporary credentials for long-term ones. */
export interface Identity {
  /** Errors: KEYS_INVALID, KEYS_EXPIRED, CLOCK_SKEW, THROTTLED, AWS_UNAVAILABLE. */
  whoIs(keys: Credentials): Promise<{ arn: string; accountId: string; userId: string }>;
  /** Only for long-term keys of an IAM user. `seconds` is at least 900 and at most 129,600 (STS API reference). */
  exchange(keys: Credentials, seconds: number): Promise<{ credentials: Required<Credentials>; expiresAt: Date }>;
  /** The account's alias, best effort: undefined where there is none, or it may not be read, or IAM is slow. */
  alias(keys: Credentials): Promise<string | undefined>;
}

/** The data key of each session, wrapped by KMS (or by a local secret). The context is bound to the wrapped key. */
export interface DataKeys {
  generate(context: Record<string, string>): Promise<{ key: Uint8Array; wrapped: Uint8Array }>;
  /** Errors: SESSION_INVALID where the wrapped key or its context is not as it was made. */
  unwrap(wrapped: Uint8Array, context: Record<string, string>): Promise<Uint8Array>;
}

/** The instance once claimed. */
export interface Instance {
  readonly name: string;
  readonly partition: string;
  readonly accountId: string;
  readonly administratorArn: string;
  readonly regions: readonly string[];
  readonly claimedAt: string;
}

/** What is kept of a user: never a key. Times are ISO 8601. */
export interface UserRecord extends User {
  readonly role: Role;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Sessions sealed before this moment are over. */
  readonly sessionsEndedAt?: string;
}

/** The instance table. */
export interface Store {
  instance(): Promise<Instance | undefined>;
  /** Claims for `administrator`, in one conditional write. Errors: ALREADY_CLAIMED. */
  claim(instance: Instance, administrator: User): Promise<void>;
  user(id: string): Promise<UserRecord | undefined>;
  /** Notes a sign-in; a new user gets `role`, a known one keeps its own. */
  seen(user: User, role: Role): Promise<UserRecord>;
}

/** Whose account is read, and with whose credentials: always the user's own. */
export interface Scope {
  readonly partition: string;
  readonly accountId: string;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  /** Told of each answer of AWS, by calls that take several: who waits can tell a slow one from one that is silent. */
  answered?(): void;
}

/** What one service has in one region. */
export interface Found {
  readonly resources: Resource[];
  /** The actions that would have added details, and are denied. */
  readonly lacking: readonly string[];
}

/** What the account holds. */
export interface Discovery {
  /** All pages of one service in one region. Errors: AWS_DENIED (details.action), REGION_DISABLED, THROTTLED, AWS_UNAVAILABLE. */
  list(service: Service, region: string, scope: Scope): Promise<Found>;
  /**
   * Marks those of DynamoDB's tables that are global, where several of these resources have a table of that name; gives
   * the resources that have changed. It adds details only: what may not be described, or takes too long, stays unmarked.
   */
  markGlobalTables(regions: readonly Resource[], scope: Scope): Promise<Resource[]>;
  /** One resource by its ARN, read again. Errors: RESOURCE_NOT_FOUND, and those of `list`. */
  find(resourceId: string, scope: Scope): Promise<Resource>;
}

/**
 * What a database takes as a login, made at the last moment with the user's keys: a token that is signed, a password of
 * minutes, a secret that is read. Errors: AWS_DENIED naming the action and the ARN; LOGIN_FAILED; THROTTLED;
 * AWS_UNAVAILABLE.
 */
export interface DatabaseLogins {
  make(claims: ServerClaims, credentials: Credentials, signal: AbortSignal): Promise<Login>;
}

/** Takes on a role, so that databases of other accounts can be reached. */
export interface Roles {
  /** The session's own keys where no role is named. Errors: AWS_DENIED (details.action, .resource), and those of AWS. */
  credentials(session: Session, assume: Assume | undefined, signal: AbortSignal): Promise<Credentials>;
}

/** The time now; a test sets its own. */
export type Clock = () => Date;

/** One structured line a call. Only the fields named here may be logged; see `aws/log.ts`. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
export interface LogFields {
  readonly requestId?: string;
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  readonly elapsedMs?: number;
  readonly user?: string;
  /** Name, code and stack of an unexpected error: never its message, which may quote what a user sent. */
  readonly cause?: unknown;
}
