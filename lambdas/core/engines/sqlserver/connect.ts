/** Opens the door with tedious: TCP, TLS verified against the authorities given, login. */
import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { Connection, ConnectionConfiguration } from 'tedious';
import { dial } from '../dial/dial.ts';
import type { Login, Target } from '../engine.ts';
import { type Driver, loadDriver } from './driver.ts';
import { explainConnect, NO_TLS } from './explain.ts';
import { rowReader } from './row-reader.ts';

/** How long a connection may take from the first packet to the end of the login, in milliseconds. */
const CONNECT_TIME = 10_000;
/** How long the server may take to acknowledge that a statement is cancelled, in milliseconds. */
const CANCEL_TIME = 5_000;
/** The longest packets that the protocol has: long values come in fewer of them. */
const PACKET_SIZE = 32_767;

export interface Opened {
  readonly line: Connection;
  readonly driver: Driver;
}

/** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
export async function open(target: Target, login: Login, signal: AbortSignal): Promise<Opened> {
  const driver = await loadDriver();
  const line = lineOf(driver, configOf(target, login));
  const stop = (): void => line.close();
  // What the driver throws has lost the number of the server's error.
  let refusal: unknown;
  line.once('errorMessage', (said) => {
    refusal = said;
  });
  // After the login too: without a listener an error of the socket would end the process.
  line.on('error', () => undefined);
  try {
    signal.throwIfAborted();
    signal.addEventListener('abort', stop);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    line.once('connect', (error) => (error ? reject(error) : resolve()));
    line.once('end', () => reject(new Error('The connection was closed.')));
    line.connect();
    await promise;
    return { line, driver };
  } catch (error) {
    line.close();
    throw explainConnect(refusal ?? error, target, signal);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function lineOf(driver: Driver, config: ConnectionConfiguration): Connection {
  const readTokens = rowReader(driver);

  class Line extends driver.Connection {
    #secure = false;

    /** A server, or whoever stands before it, may say that it knows no TLS, and tedious would go on without. */
    override sendLogin7Packet(): void {
      if (!this.#secure) throw Object.assign(new Error('The server offers no TLS.'), { code: NO_TLS });
      super.sendLogin7Packet();
    }

    override emit(event: string, ...args: unknown[]): boolean {
      if (event === 'secure') this.#secure = true;
      return super.emit(event as 'secure', ...(args as [never]));
    }

    override createTokenStreamParser(
      ...[message, handler]: Parameters<Connection['createTokenStreamParser']>
    ): ReturnType<Connection['createTokenStreamParser']> {
      const tokens = Readable.from(readTokens(message, this.debug, this.config.options));
      const stream = Object.assign(new EventEmitter(), {
        debug: this.debug,
        options: this.config.options,
        parser: tokens,
        pause: () => tokens.pause(),
        resume: () => tokens.resume(),
      });
      tokens.on('data', (token) => handler[token.handlerName as 'onRow'](token));
      tokens.on('end', () => stream.emit('end'));
      // What cannot be read ends the connection, not the process.
      tokens.on('error', (error) => this.socket?.destroy(error));
      return stream;
    }
  }

  return new Line(config);
}

/**
 * In place of the driver's own: always to the same host, also where the server sends on to another (MS-TDS, 2.2.7.9,
 * "Routing"), which RDS does not. The driver passes a signal that its type does not name.
 */
const connectorTo =
  (place: Pick<Target, 'host' | 'port'>) =>
  async (...[, , signal]: readonly unknown[]): Promise<Socket> => {
    const socket = dial(place);
    try {
      await once(socket, 'connect', signal instanceof AbortSignal ? { signal } : {});
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  };

const configOf = ({ host, port, database, ca }: Target, { user, password }: Login): ConnectionConfiguration => ({
  server: host,
  authentication: { type: 'default', options: { userName: user, password } },
  options: {
    port,
    database,
    connector: connectorTo({ host, port }),
    // TLS is never left out, and never unverified.
    encrypt: true,
    trustServerCertificate: false,
    cryptoCredentialsDetails: { ca, minVersion: 'TLSv1.2' },
    connectTimeout: CONNECT_TIME,
    cancelTimeout: CANCEL_TIME,
    // A script's own time is watched by what runs it.
    requestTimeout: 0,
    packetSize: PACKET_SIZE,
    maxRetriesOnTransientErrors: 0,
    appName: 'Lodge',
    // Batches are sent as they are, so that a batch that fails is as it would be in SQL Server's own tools.
    abortTransactionOnError: false,
    useUTC: true,
  },
});
