/** What the gateways in front of databases share: TLS with the account's certificate, and bytes that pass unread. */
import { createConnection, createServer, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { listen } from '../listen.ts';
import type { Certificates } from './certificates.ts';

export interface Gateway extends AsyncDisposable {
  readonly port: number;
}

interface FrontDoor {
  readonly certificates: Certificates;
  /** Where it listens if nobody else does. */
  readonly port: number | undefined;
  /** Serves a client that has come until its login is done; what it throws ends the connection. */
  serve(client: Socket, door: { readonly context: SecureContext; readonly port: number }): Promise<void>;
}

/** As long as a client may take to log in: PostgreSQL's own authentication_timeout. */
const LOGIN_MS = 60_000;

export const openFrontDoor = async ({ certificates, port: wanted, serve }: FrontDoor): Promise<Gateway> => {
  const { certificate: cert, key } = certificates;
  const context = createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
  const clients = new Set<Socket>();
  const listener = createServer({ noDelay: true }, async (client) => {
    clients.add(client);
    const tooLate = setTimeout(() => client.destroy(), LOGIN_MS);
    client.on('error', () => {});
    client.once('close', () => {
      clients.delete(client);
      clearTimeout(tooLate);
    });
    await serve(client, { context, port }).catch(() => client.destroy());
    clearTimeout(tooLate);
  });
  const { port, close } = await listen(listener, wanted);
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await close();
    },
  };
};

/** The server's side of TLS. Rejects where the client leaves, or speaks something else. */
export const secured = async (socket: Socket, context: SecureContext): Promise<TLSSocket> => {
  const client = new TLSSocket(socket, { isServer: true, secureContext: context });
  await new Promise<void>((resolve, reject) => {
    client.once('secure', resolve).once('close', () => reject(new Error('The peer has left.')));
    client.on('error', reject);
  });
  return client;
};

/** A connection to the database behind. */
export const reach = ({ host, port }: { readonly host: string; readonly port: number }): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const backend = createConnection({ host, port, noDelay: true });
    backend.once('error', reject);
    backend.once('connect', () => resolve(backend));
  });

/** From now on bytes pass, as fast as they are taken; one side's end is the other's. */
export const join = (client: Socket, server: Socket): void => {
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on('error', () => {});
    one.once('close', () => other.destroy());
    one.pipe(other);
  }
};
