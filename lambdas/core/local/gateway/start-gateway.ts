/**
 * What stands in front of PostgreSQL as RDS does: TLS only, and an IAM token instead of a password for whoever is a
 * member of rds_iam. The start-up is read here; from then on bytes pass unread, as fast as they are taken. npm
 * `pg-gateway` speaks this protocol too, but knows no cancel request, and loses what it has read ahead when it lets go.
 */
import { createConnection, createServer, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Registry } from '../account/registry.ts';
import type { Server } from '../database/start-server.ts';
import { listen } from '../listen.ts';
import type { Certificates } from './certificates.ts';
import { createIamLogins, type IamLogins } from './iam-logins.ts';
import {
  ASK_PASSWORD,
  type FirstPacket,
  fatal,
  isAskPassword,
  passwordMessage,
  readFirstPacket,
  readMessage,
  readPassword,
  startupParameters,
} from './protocol.ts';
import { refusalOf, type TokenAudience } from './rds-token.ts';

export interface GatewayOptions {
  readonly server: Pick<Server, 'admin'>;
  readonly registry: Registry;
  readonly certificates: Certificates;
  /** Whose database this plays; its port is the gateway's own. */
  readonly instance: Omit<TokenAudience, 'port'>;
  /** The databases that this instance has; others of the server are not seen. All, where it is absent. */
  readonly databases?: readonly string[];
  /** Where it listens if nobody else does. */
  readonly port?: number;
}

export interface Gateway extends AsyncDisposable {
  readonly port: number;
}

/** As long as a client may take to log in: PostgreSQL's own authentication_timeout. */
const LOGIN_MS = 60_000;

interface Front extends GatewayOptions {
  readonly context: SecureContext;
  readonly logins: IamLogins;
  readonly audience: TokenAudience;
}

export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { certificate: cert, key } = options.certificates;
  const logins = createIamLogins(options.server);
  const context = createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
  const clients = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    clients.add(socket);
    socket.once('close', () => clients.delete(socket));
    void serveClient(socket, { ...options, context, logins, audience: { ...options.instance, port } });
  });
  const { port, close } = await listen(listener, options.port);
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await close();
      await logins[Symbol.asyncDispose]();
    },
  };
};

/** From the first byte to the pipe. Whatever goes wrong ends the connection. */
const serveClient = async (socket: Socket, front: Front): Promise<void> => {
  const tooLate = setTimeout(() => socket.destroy(), LOGIN_MS);
  socket.on('error', () => {});
  socket.once('close', () => clearTimeout(tooLate));
  try {
    const { client, packet } = await negotiate(socket, front.context);
    if (packet.kind === 'cancel') return await passCancel(client, packet, front);
    const server = await logIn(client, packet, front);
    if (server) join(client, server);
    clearTimeout(tooLate);
  } catch {
    socket.destroy();
  }
};

/** Answers the requests that come before a startup packet; TLS is the only one granted. */
const negotiate = async (socket: Socket, context: SecureContext): Promise<{ client: Socket; packet: FirstPacket }> => {
  let client = socket;
  for (;;) {
    const packet = await readFirstPacket(client);
    if (packet.kind === 'gss') client.write('N');
    else if (packet.kind === 'ssl' && client === socket) client = await secure(socket, context);
    else return { client, packet };
  }
};

const secure = async (socket: Socket, context: SecureContext): Promise<Socket> => {
  // Bytes sent ahead in clear would be read as if they had come through TLS (CVE-2021-23214).
  if (socket.readableLength > 0) throw new Error('Bytes were sent before TLS.');
  socket.write('S');
  const client = new TLSSocket(socket, { isServer: true, secureContext: context });
  await new Promise<void>((resolve, reject) => {
    client.once('secure', resolve).once('close', () => reject(new Error('The peer has left.')));
    client.on('error', reject);
  });
  return client;
};

/** PostgreSQL takes a cancel request from anybody, over TLS or not: its secret is the proof. */
const passCancel = async (client: Socket, { bytes }: FirstPacket, { server }: Front): Promise<void> => {
  const backend = await reach(server);
  backend.end(bytes);
  backend.once('close', () => client.destroy());
};

/** The server's side of a connection that may begin; undefined where it was refused, which the client was told. */
const logIn = async (client: Socket, packet: FirstPacket, front: Front): Promise<Socket | undefined> => {
  const parameters = startupParameters(packet.bytes);
  const user = parameters.get('user') ?? '';
  const database = parameters.get('database') ?? user;
  const refuse = (code: string, message: string): undefined => void client.end(fatal(code, message));
  if (packet.kind !== 'startup') return refuse('0A000', 'unsupported frontend protocol');
  if (!(client instanceof TLSSocket)) {
    const who = `host "${client.remoteAddress}", user "${user}", database "${database}"`;
    return refuse('28000', `no pg_hba.conf entry for ${who}, no encryption`);
  }
  if (front.databases?.includes(database) === false) return refuse('3D000', `database "${database}" does not exist`);
  if (!(await front.logins.usesIam(user))) return start(front, packet);
  client.write(ASK_PASSWORD);
  const token = readPassword(await readMessage(client)) ?? '';
  if (refusalOf(token, user, front.audience, front.registry, Date.now()) !== undefined) {
    return refuse('28000', `PAM authentication failed for user "${user}"`);
  }
  return startAs(user, front, packet);
};

const start = async ({ server }: Front, { bytes }: FirstPacket): Promise<Socket> => {
  const backend = await reach(server);
  backend.write(bytes);
  return backend;
};

/** Sends our own password where the server asks for one; its next message is the first that the client sees. */
const startAs = async (user: string, front: Front, packet: FirstPacket): Promise<Socket> => {
  const password = await front.logins.passwordOf(user);
  const backend = await start(front, packet);
  const first = await readMessage(backend);
  if (isAskPassword(first)) backend.write(passwordMessage(password));
  else backend.unshift(first.bytes);
  return backend;
};

const reach = ({ admin: { host, port } }: Front['server']): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const backend = createConnection({ host, port, noDelay: true });
    backend.once('error', reject);
    backend.once('connect', () => resolve(backend));
  });

const join = (client: Socket, server: Socket): void => {
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on('error', () => {});
    one.once('close', () => other.destroy());
    one.pipe(other);
  }
};
