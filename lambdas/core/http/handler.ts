/** The type of a route's handler, made from the route: a wrong return type or a missing handler does not compile. */
import type { Account, User } from '#contract/people.ts';
import type { Role } from '#contract/roles.ts';
import type { FunctionName } from '#contract/route.ts';
import type { Input, Returned, RouteName, Routes, RoutesOf, Streamed } from '#contract/routes.ts';
import type { Credentials } from '../ports/identity.ts';
import type { Standing } from '../ports/store.ts';
import type { HttpRequest } from './message.ts';

/** An opened session. Its credentials live as long as the request that carried them. */
export interface Session {
  readonly id: string;
  readonly user: User;
  readonly account: Account;
  readonly credentials: Credentials;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The session's own data key: seals and opens its connection tokens. */
  readonly key: Uint8Array;
}

/** A session whose user has a role here. */
export type UserSession = Session & { readonly role: Role };

/** Whom a handler serves: nobody known, somebody who may claim, a user (with a role once claimed), or a user with a role. */
type Caller<A> = A extends 'public'
  ? undefined
  : A extends 'claimant'
    ? Session
    : A extends 'user'
      ? Session & { readonly role: Role | undefined }
      : UserSession;

interface Context<N extends RouteName> {
  readonly session: Caller<Routes[N]['audience']>;
  /** The table's answer to who this is and what the instance says, as the request was let in. */
  readonly standing: Routes[N]['audience'] extends 'public' | 'claimant' ? undefined : Standing;
  readonly requestId: string;
  /** The IP address that the request came from. */
  readonly address: string;
  readonly signal: AbortSignal;
}

/** An answer with cookies to set. */
export class Reply<T> {
  readonly value: T;
  readonly cookies: readonly string[];
  constructor(value: T, cookies: readonly string[]) {
    this.value = value;
    this.cookies = cookies;
  }
}

type Answered<N extends RouteName> = Routes[N] extends { streams: unknown }
  ? AsyncIterable<Streamed<N> | Uint8Array>
  : Returned<N> | Reply<Returned<N>>;

/** What is thrown before a stream is returned has a status of its own; what is thrown inside it becomes its last record. */
export type Handler<N extends RouteName> = (input: Input<N>, context: Context<N>) => Promise<Answered<N>>;

/** The handlers of one function, or of several. */
export type Handlers<F extends FunctionName = FunctionName> = { readonly [N in RoutesOf<F>]: Handler<N> };

/** What `serve()` asks before a handler runs. Implemented in `session/guard.ts`. */
export interface Guard {
  /** Opens the session that a request carries. Errors: SESSION_*, ORIGIN_REFUSED. */
  open(request: Pick<HttpRequest, 'method' | 'headers' | 'tenant'>): Promise<Session>;
  /**
   * The user's role now; `told` hears first what else was read. Errors: NOT_CLAIMED, ACCOUNT_REFUSED, USER_BLOCKED,
   * SESSION_EXPIRED (or its sessions were ended).
   */
  role(session: Session, told?: (standing: Standing) => void): Promise<Role>;
}
