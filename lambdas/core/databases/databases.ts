/**
 * The way from a connection's claims to an open database: signs the token or takes the sealed password, and hands the
 * engine only what one operation needs. Where a connector serves the resource's VPC, this is where it will be called.
 */
import { ENGINES, type EngineName } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Connection, ConnectOptions, Engine, ServiceEngine } from '../engines/engine.ts';
import type { UserSession } from '../http/handler.ts';
import type { DatabaseTokens } from '../ports.ts';
import type { ConnectionClaims, ServerClaims, ServiceClaims } from '../session/connection-token.ts';

export interface Databases {
  /**
   * Opens a connection for the session's user; a reader's only reads, enforced by the database.
   * Errors: ENGINE_UNSUPPORTED, LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT.
   */
  connect(claims: ConnectionClaims, session: UserSession, signal: AbortSignal): Promise<Connection>;
}

interface Parts {
  readonly engines: Partial<Record<EngineName, Engine>>;
  /** Engines over AWS services, which take the session's keys; left out: none. */
  readonly services?: Partial<Record<EngineName, ServiceEngine>>;
  readonly tokens: DatabaseTokens;
  /** The PEM of the authorities that sign databases' certificates; read when first needed. */
  readonly authorities: () => string;
}

/** Databases reached from this process: public endpoints, the local mode, tests. */
export const databases = ({ engines, services = {}, tokens, authorities }: Parts): Databases => {
  async function connectServer(
    { engine, target, region, login }: ServerClaims,
    session: UserSession,
    options: ConnectOptions,
  ) {
    const server = engines[engine] ?? unsupported(engine);
    const password =
      login.method === 'iam'
        ? await tokens.sign({ ...target, region, user: login.user }, session.credentials)
        : (login.password ?? '');
    return server.connect({ ...target, ca: authorities() }, { user: login.user, password }, options);
  }
  function connectService(
    { engine, resourceId, region }: ServiceClaims,
    session: UserSession,
    options: ConnectOptions,
  ) {
    const service = services[engine] ?? unsupported(engine);
    return service.connect({ resourceId, region, user: session.user.name }, session.credentials, options);
  }
  return {
    connect: async (claims, session, signal) => {
      const options = { readOnly: session.role === 'reader', signal };
      return 'target' in claims ? connectServer(claims, session, options) : connectService(claims, session, options);
    },
  };
};

function unsupported(engine: EngineName): never {
  throw new AppError('ENGINE_UNSUPPORTED', { message: `Lodge cannot open ${ENGINES[engine].title} yet.` });
}
