/**
 * The way from a connection's claims to what a database answers: takes on the role, makes the login, and hands the
 * connector only what one operation needs. AWS services are called from this process, with the user's own keys.
 */
import type { TestRecord } from '#contract/connecting.ts';
import type { Work } from '#contract/connector.ts';
import { ENGINES, type EngineName } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Names, Node, NodePath, ObjectDescription } from '#contract/objects.ts';
import type { StatementPlan } from '#contract/plans.ts';
import type { Limits } from '#contract/settings.ts';
import type { Connector, ConnectorEvent } from '../connectors/connector.ts';
import { unsupported } from '../connectors/in-process.ts';
import { perform } from '../connectors/perform.ts';
import type { About, ResultEvent, RunOptions, ServiceEngine, TableAccess } from '../engines/engine.ts';
import { heeding } from '../heeding.ts';
import type { UserSession } from '../http/handler.ts';
import type { DatabaseLogins, KeyHolder, Roles } from '../ports/logins.ts';
import type { ConnectionClaims, ServerClaims, ServiceClaims } from '../session/connection-token.ts';
import { explainingRefusals } from './refused-logins.ts';
import { testSteps } from './test-steps.ts';

/** Which connection, for whom, and until when. A reader's, and one that the rules narrow, only reads, enforced by the database. */
export interface At {
  readonly claims: ConnectionClaims;
  /** A user's, or that of a run: it stands here as a reader does, unless it may write. */
  readonly session: KeyHolder & Pick<UserSession, 'role'>;
  /** True where nobody looks on: what scans is limited then, as a reader's is. */
  readonly unattended?: boolean;
  /** The limits of this instance, where they count. */
  readonly limits?: Limits | undefined;
  /** What the rules of this instance do to single tables of DynamoDB. */
  readonly tableAccess?: TableAccess;
  readonly signal: AbortSignal;
}

export type RunLimits = Omit<RunOptions, 'signal'>;

/** What comes between a login and the first statement. */
interface Starting {
  /** Told once the login is done: to what. */
  opened?(about: About): void;
  /** Nothing of the script reaches the database before this resolves; meanwhile the login is made. Left out: it may at once. */
  readonly allowed?: Promise<unknown>;
}

/** Errors of all: ENGINE_UNSUPPORTED, LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT, AWS_DENIED. */
export interface Databases {
  /** Logs in, and says to what. */
  about(at: At): Promise<About>;
  /**
   * Resolves once the login is done and the script is allowed: what comes before has an answer of its own, and what comes
   * after is a record. A script that is not allowed has closed its connection when this rejects.
   */
  run(at: At, script: string, options: RunLimits, starting?: Starting): Promise<AsyncIterable<ResultEvent>>;
  children(at: At, path: NodePath): Promise<Node[]>;
  names(at: At): Promise<Names>;
  describe(at: At, path: NodePath): Promise<ObjectDescription>;
  cancel(at: At, handle: string): Promise<boolean>;
  plan(at: At, script: string, maxRows?: number): Promise<StatementPlan[]>;
  /** The steps to an open database, until one fails. */
  test(at: At): AsyncIterable<Extract<TestRecord, { type: 'step' }>>;
}

interface Parts {
  /** The connector of a network; of this process where none is named. */
  readonly connector: (network: string | undefined) => Connector;
  /** Engines over AWS services, which take keys; left out: none. */
  readonly services?: Partial<Record<EngineName, ServiceEngine>>;
  readonly logins: DatabaseLogins;
  readonly roles: Roles;
}

/** Does one thing with credentials that have been made; a connector elsewhere is called once it is `allowed`. */
export type Perform = (work: Work, allowed?: Promise<unknown>) => AsyncIterable<ConnectorEvent>;

export function databases({ connector, services = {}, logins, roles }: Parts): Databases {
  async function atServer(claims: ServerClaims, { session, signal }: At): Promise<Perform> {
    const credentials = await roles.credentials(session, claims.assume, signal);
    const login = await logins.make(claims, credentials, signal);
    const { engine, target } = claims;
    const given = { engine, target, login, readOnly: onlyReads(claims, session) };
    return async function* (work, allowed) {
      const chosen = connector(claims.network);
      if (!chosen.opensFirst) await allowed;
      yield* explainingRefusals(chosen.perform({ ...given, work }, signal), claims);
    };
  }
  async function atService(
    claims: ServiceClaims,
    { session, unattended = false, limits, tableAccess, signal }: At,
  ): Promise<Perform> {
    const { resourceId, region } = claims;
    const credentials = await roles.credentials(session, claims.assume, signal);
    const scans = session.role === 'reader' || unattended ? ('limited' as const) : ('free' as const);
    const scanLimits = limits && { items: limits.scanItems, bytes: limits.scanMegabytes * 1_000_000 };
    const options = { readOnly: onlyReads(claims, session), scans, scanLimits, tableAccess, signal };
    const target = { resourceId, region, user: session.user.name };
    return async function* (work) {
      const service = services[claims.engine];
      if (!service) throw unsupported(claims.engine);
      yield* perform(await service.connect(target, credentials, options), work, signal);
    };
  }
  const loggingIn = (at: At): Promise<Perform> =>
    'target' in at.claims ? atServer(at.claims, at) : atService(at.claims, at);
  async function* events(at: At, work: Work, allowed?: Promise<unknown>): AsyncGenerator<ConnectorEvent> {
    demandBinding(at.claims.engine, work);
    yield* (await loggingIn(at))(work, allowed);
  }

  return {
    async about(at) {
      for await (const event of events(at, { do: 'open' }))
        if ('type' in event && event.type === 'opened') return event.about;
      throw cutOff();
    },
    async run(at, script, options, { opened, allowed } = {}) {
      const refused = new AbortController();
      const signal = AbortSignal.any([at.signal, refused.signal]);
      const running = events({ ...at, signal }, { do: 'run', script, ...options }, allowed);
      const login = running.next().then(({ value }) => {
        if (value && 'type' in value && value.type === 'opened') opened?.(value.about);
      });
      try {
        await heeding(at.signal, Promise.all([login, allowed]));
      } catch (error) {
        // A login under way is cut off, and what is open is closed, before anybody hears of it.
        refused.abort(error);
        await login.catch(() => undefined);
        await running.return(undefined);
        throw error;
      }
      return running as AsyncGenerator<ResultEvent>;
    },
    children: (at, path) => answer(events(at, { do: 'children', path })),
    names: (at) => answer(events(at, { do: 'names' })),
    describe: (at, path) => answer(events(at, { do: 'describe', path })),
    cancel: (at, handle) => answer(events(at, { do: 'cancel', handle })),
    plan: (at, script, maxRows) => answer(events(at, { do: 'plan', script, maxRows })),
    test: (at) => testSteps(at.claims, () => loggingIn(at)),
  };
}

/** Whether the connection of this user may change nothing: readers never may. */
export const onlyReads = ({ readOnly }: ConnectionClaims, { role }: Pick<UserSession, 'role'>): boolean =>
  role === 'reader' || readOnly === true;

/** The one answer of an operation. Connectors are ours, so its shape is believed. */
async function answer<T>(events: AsyncIterable<ConnectorEvent>): Promise<T> {
  let found: { value: unknown } | undefined;
  for await (const event of events) if ('type' in event && event.type === 'answer') found = event;
  if (!found) throw cutOff();
  return found.value as T;
}

/** Where nobody binds, a colon would mean something else, and a value nothing. Errors: ENGINE_UNSUPPORTED. */
function demandBinding(engine: EngineName, work: Work): void {
  if (work.do !== 'run' || !work.parameters?.length || ENGINES[engine].can.parameters) return;
  throw new AppError('ENGINE_UNSUPPORTED', {
    message: `Lodge does not bind parameters for ${ENGINES[engine].title} yet.`,
    details: { hint: 'Write the values into the statement.' },
  });
}

const cutOff = (): AppError => new AppError('DATABASE_LOST', { message: 'The connector ended without an answer.' });
