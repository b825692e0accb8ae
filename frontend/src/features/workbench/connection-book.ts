/**
 * Makes, keeps and renews connections. Tokens stay in memory: after a reload or a new session a login is made again without a
 * question, unless it asks for a password: that is kept nowhere.
 */
import { ENGINES, LOGIN_METHODS } from '#contract/engines.ts';
import type { Assume, Resource } from '#contract/resources.ts';
import type { CallInput, Returned } from '#contract/routes.ts';
import { ApiError } from '../../api.ts';
import { createStore, type Store } from '../../app/store.ts';
import type { LiveConnection, SavedConnection } from './connections.ts';

type ConnectBody = CallInput<'connect'>['body'];

/** What somebody fills in to connect. */
export interface ConnectRequest {
  readonly resource: Resource;
  readonly login: ConnectBody['login'];
  /** Options of the engine, by name: those the connect form showed. */
  readonly options: Partial<Pick<ConnectBody, 'database'>>;
  /** The host of one of the resource's endpoints; left out: its first. */
  readonly endpoint?: string | undefined;
  readonly assume?: Assume | undefined;
}

interface Edges {
  call(body: ConnectBody): Promise<Returned<'connect'>>;
  /** Opens the connect form with what is known; rejects when the user declines. */
  askLogin(connection: SavedConnection): Promise<LiveConnection>;
  /** What a call carries to take on a role: its external id is not kept with the connection. */
  assume(roleArn: string): Assume;
}

export interface ConnectionBook {
  readonly connections: Store<readonly LiveConnection[]>;
  find(key: string | undefined): LiveConnection | undefined;
  /** Tries a login and keeps the connection. */
  connect(request: ConnectRequest): Promise<LiveConnection>;
  /** The token of a kept connection, made anew where there is none or `fresh` says that it is no longer valid. */
  token(key: string, options?: { fresh?: boolean }): Promise<string>;
  /** Runs `act` with the token; once more with a fresh one where the server says that the first is not valid. */
  use<T>(key: string, act: (token: string) => Promise<T>): Promise<T>;
  forget(key: string): void;
  /** A new session: tokens of the old one open nothing any more. */
  dropTokens(): void;
}

/** The same login at the same database of the same resource, by the same way, is the same connection. */
const connectionKey = ({ resource, login, endpoint, assume }: ConnectRequest, database: string): string =>
  [
    resource.id,
    login.method,
    login.user ?? '',
    database,
    ...[login.secretArn, endpoint, assume?.roleArn].filter(Boolean),
  ]
    .map((part) => encodeURIComponent(part ?? ''))
    .join('|');

/** A token of another session, or one that was given under other rules or another role: a new one may do. */
const OVER: ReadonlySet<string> = new Set(['CONNECTION_INVALID', 'CONNECTION_STALE']);

/** True where connecting anew may help, and nothing was done yet. */
export const isOver = (error: unknown): boolean => error instanceof ApiError && OVER.has(error.code);

/** What the API is asked, to connect or to test. */
export const connectBody = ({ resource, login, options, endpoint, assume }: ConnectRequest): ConnectBody => ({
  resourceId: resource.id,
  login,
  ...options,
  ...(endpoint ? { endpoint } : {}),
  ...(assume ? { assume } : {}),
});

/** Opens the book with the connections saved before. */
export function openConnectionBook(saved: readonly SavedConnection[], edges: Edges): ConnectionBook {
  const connections = createStore<readonly LiveConnection[]>(saved);
  /** One renewal at a time for each connection: ten tabs that wake up together log in once. */
  const renewals = new Map<string, Promise<string>>();
  const find = (key: string | undefined) => connections.get().find((connection) => connection.key === key);

  async function connect(request: ConnectRequest): Promise<LiveConnection> {
    const { resource, login, endpoint, assume } = request;
    const { version, user, database, readOnly, connection: token } = await edges.call(connectBody(request));
    const engine = resource.engine;
    if (!engine) throw new ApiError({ code: 'ENGINE_UNSUPPORTED', message: 'Lodge has no engine for this resource.' });
    const { method, secretArn } = login;
    const key = connectionKey(request, database);
    const made: LiveConnection = {
      ...{ key, resource, engine, version, user, database, readOnly, token },
      login: { method, user: login.user ?? '', ...(secretArn ? { secretArn } : {}) },
      ...(endpoint ? { endpoint } : {}),
      ...(assume ? { assume: { roleArn: assume.roleArn } } : {}),
    };
    connections.set((all) =>
      all.some((one) => one.key === key) ? all.map((one) => (one.key === key ? made : one)) : [...all, made],
    );
    return made;
  }

  /** The same login at the same database, without a question. */
  function again({ resource, engine, login, database, endpoint, assume }: SavedConnection): Promise<LiveConnection> {
    const { method, user, secretArn } = login;
    const { asksUser, asksSecret } = LOGIN_METHODS[method];
    return connect({
      resource,
      login: { method, ...(asksUser ? { user } : {}), ...(asksSecret && secretArn ? { secretArn } : {}) },
      options: 'database' in ENGINES[engine].options.shape ? { database } : {},
      endpoint,
      assume: assume && edges.assume(assume.roleArn),
    });
  }

  async function renew(key: string): Promise<string> {
    const known = find(key);
    if (!known) throw new ApiError({ code: 'CONNECTION_INVALID', message: 'This connection is not known any more.' });
    const made = LOGIN_METHODS[known.login.method].asksPassword ? await edges.askLogin(known) : await again(known);
    if (!made.token) throw new ApiError({ code: 'CONNECTION_INVALID', message: 'The connection could not be made.' });
    return made.token;
  }

  function token(key: string, options: { fresh?: boolean } = {}): Promise<string> {
    const held = find(key)?.token;
    if (held && !options.fresh) return Promise.resolve(held);
    const running = renewals.get(key) ?? renew(key).finally(() => renewals.delete(key));
    renewals.set(key, running);
    return running;
  }

  async function use<T>(key: string, act: (token: string) => Promise<T>): Promise<T> {
    try {
      return await act(await token(key));
    } catch (error) {
      if (!isOver(error)) throw error;
      return act(await token(key, { fresh: true }));
    }
  }

  return {
    connections,
    find,
    connect,
    token,
    use,
    forget: (key) => connections.set((all) => all.filter((one) => one.key !== key)),
    dropTokens: () => connections.set((all) => all.map(({ token: _, ...rest }) => rest)),
  };
}
