/** Opens the door with oracledb: TCP, TLS verified against the authorities given, login. */
import type { BindParameters, Connection, ExecuteOptions, Result } from 'oracledb';
import { AppError } from '#contract/errors.ts';
import type { Login, Target } from '../engine.ts';
import { loadDriver } from './driver.ts';
import { explainConnect, isUnknownSid } from './explain.ts';
import { walletOf } from './wallet.ts';

/** How long a connection may take from the first packet to the end of the login, in seconds. */
const CONNECT_TIME = 10;

/** What Lodge needs of a connection of the driver's: a test may put a script in its place. */
export interface Line extends Pick<Connection, 'break' | 'rollback' | 'oracleServerVersionString'> {
  callTimeout?: number | undefined;
  readonly transactionInProgress?: boolean | undefined;
  execute(text: string, binds: BindParameters, options: ExecuteOptions): Promise<Result<unknown[]>>;
  close(): Promise<void>;
}

export type OpenLine = (target: Target, login: Login, signal: AbortSignal) => Promise<Line>;

/** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
export const openLine: OpenLine = async (target, login, signal) => {
  try {
    // RDS names a SID, and of a container database its pluggable database: what is none is tried as a service.
    return await attempt(target, login, signal, 'SID');
  } catch (error) {
    if (!isUnknownSid(error)) throw explainConnect(error, target);
  }
  return attempt(target, login, signal, 'SERVICE_NAME').catch((error: unknown) => {
    throw explainConnect(error, target);
  });
};

async function attempt(target: Target, login: Login, signal: AbortSignal, by: 'SID' | 'SERVICE_NAME'): Promise<Line> {
  const driver = await loadDriver();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason instanceof AppError ? signal.reason : new AppError('DATABASE_TIMEOUT'));
  const opening = driver.getConnection({
    user: login.user,
    password: login.password,
    connectString: descriptorOf(target, by),
    // TLS is never left out, and never unverified.
    sslServerDNMatch: true,
    walletContent: walletOf(target.ca),
    connectTimeout: CONNECT_TIME,
    transportConnectTimeout: CONNECT_TIME,
    retryCount: 0,
  });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await Promise.race([opening, aborted]);
  } catch (error) {
    // Whoever asked has gone: what opens after all is closed.
    opening.then((late) => late.close()).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Names and addresses hold no parentheses; whoever types a database's name may. */
function descriptorOf({ host, port, database }: Target, by: string): string {
  if (!/^[\w$#.-]+$/.test(database))
    throw new AppError('LOGIN_FAILED', {
      message: 'The name of an Oracle database holds letters, digits and _ $ # . - alone.',
      details: { step: 'login' },
    });
  const address = `(ADDRESS=(PROTOCOL=TCPS)(HOST=${host})(PORT=${port}))`;
  return `(DESCRIPTION=${address}(CONNECT_DATA=(${by}=${database})))`;
}
