/** Opens the door: TCP, TLS verified against the authorities given, login. mysql2 does this, and nothing after it. */
import type { Duplex } from 'node:stream';
import { type Connection, createConnection } from 'mysql2';
import { AppError } from '#contract/errors.ts';
import { dial } from '../dial/dial.ts';
import type { Login, Target } from '../engine.ts';
import { explainConnect } from './explain.ts';
import { Wire } from './wire.ts';

/** How long a connection may take from the first packet to the end of the login, in milliseconds. */
const CONNECT_TIME = 10_000;

/**
 * mysql2's defaults less: files of the client's (LOAD DATA LOCAL lets a server read them), found rows in place of changed
 * ones, ODBC's and spaces' rules, and attributes before each statement.
 */
const FLAGS = ['-LOCAL_FILES', '-FOUND_ROWS', '-ODBC', '-IGNORE_SPACE', '-CLIENT_QUERY_ATTRIBUTES'];

/** An open line, and what its greeting said. */
export interface Opened {
  readonly wire: Wire;
  readonly threadId: number;
  readonly isMariaDb: boolean;
  readonly extended: boolean;
}

/** The part of mysql2 that Lodge builds on, as far as its own types leave it out. */
interface Inside {
  readonly stream: Duplex;
  readonly threadId: number;
  readonly _isMariaDB: boolean;
  /** Columns come with MariaDB's block of further metadata. */
  readonly _mariadbExtendedMetadata: boolean;
}
const insideOf = (connection: Connection): Inside => connection as unknown as Inside;

/** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
export async function open(target: Target, login: Login, signal: AbortSignal): Promise<Opened> {
  const timeout = AbortSignal.timeout(CONNECT_TIME);
  const stop = AbortSignal.any([signal, timeout]);
  let destroy = (): void => undefined;
  try {
    stop.throwIfAborted();
    const connection = createConnection(configOf(target, login));
    destroy = () => void insideOf(connection).stream.destroy();
    stop.addEventListener('abort', destroy);
    // After the login too: without a listener an error of the socket would end the process.
    connection.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      connection.once('connect', () => resolve());
      connection.once('error', reject);
    });
    const { stream, threadId, _isMariaDB: isMariaDb, _mariadbExtendedMetadata: extended } = insideOf(connection);
    return { wire: new Wire(stream), threadId, isMariaDb, extended };
  } catch (error) {
    destroy();
    throw signal.reason instanceof AppError ? signal.reason : explainConnect(error, target, login, timeout.aborted);
  } finally {
    stop.removeEventListener('abort', destroy);
  }
}

const configOf = ({ host, port, database, ca }: Target, { user, password }: Login) => ({
  host,
  port,
  stream: () => dial({ host, port }).setNoDelay(true).setKeepAlive(true),
  database,
  user,
  password,
  // TLS is never left out, and never unverified. So a token may be sent as it is, as RDS asks.
  ssl: { ca, rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' },
  enableCleartextPlugin: true,
  charset: 'utf8mb4',
  connectTimeout: 0,
  flags: FLAGS,
  connectAttributes: { program_name: 'Lodge' },
});
