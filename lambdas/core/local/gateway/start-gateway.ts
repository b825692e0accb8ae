/**
 * What stands in front of PostgreSQL as AWS's services do: TLS only, and logins that AWS verifies in place of the
 * database. The start-up is read here; from then on bytes pass unread, as fast as they are taken. npm `pg-gateway` speaks
 * this protocol too, but knows no cancel request, and loses what it has read ahead when it lets go.
 */
import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import type { Server } from '../database/start-server.ts';
import type { Certificates } from './certificates.ts';
import { type Gateway, join, openFrontDoor, reach, secured } from './front-door.ts';
import {
  ASK_PASSWORD,
  type FirstPacket,
  fatal,
  isAskPassword,
  passwordMessage,
  readFirstPacket,
  readMessage,
  readPassword,
  startupAs,
  startupParameters,
} from './protocol.ts';
import { createVerifiedUsers } from './verified-users.ts';
import { type Admitted, type VerifiedUsers, type Verifier, verifierFor } from './verifier.ts';

export interface GatewayOptions {
  readonly server: Pick<Server, 'admin'>;
  readonly certificates: Certificates;
  /** Who is let in how; whom none of them knows speaks SCRAM with the server, through the pipe. */
  readonly verifiers: readonly Verifier[];
  /** The databases that are seen here; others of the server are not. All, where it is absent. */
  readonly databases?: readonly string[];
  /** Where it listens if nobody else does. */
  readonly port?: number;
}

interface Front extends Omit<GatewayOptions, 'port'> {
  readonly users: VerifiedUsers;
  readonly port: number;
}

export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const users = createVerifiedUsers(options.server);
  const { certificates, port: wanted } = options;
  const gateway = await openFrontDoor({
    certificates,
    port: wanted,
    async serve(socket, { context, port }) {
      const front = { ...options, users, port };
      const { client, packet } = await negotiate(socket, context);
      if (packet.kind === 'cancel') return passCancel(client, packet, front);
      const server = await logIn(client, packet, front);
      if (server) join(client, server);
    },
  });
  return {
    port: gateway.port,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await users[Symbol.asyncDispose]();
    },
  };
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
  return secured(socket, context);
};

/** PostgreSQL takes a cancel request from anybody, over TLS or not: its secret is the proof. */
const passCancel = async (client: Socket, { bytes }: FirstPacket, { server }: Front): Promise<void> => {
  const backend = await reach(server.admin);
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
  const verifier = await verifierFor(front.verifiers, user, front.users);
  if (!verifier) return start(front, packet.bytes);
  client.write(ASK_PASSWORD);
  const password = readPassword(await readMessage(client)) ?? '';
  const admitted = verifier.admit({ user, password, database, port: front.port, now: Date.now() });
  return admitted ? startAs(admitted, front, packet) : refuse('28000', verifier.refusal(user));
};

const start = async ({ server }: Front, startup: Buffer): Promise<Socket> => {
  const backend = await reach(server.admin);
  backend.write(startup);
  return backend;
};

/** Sends our own password where the server asks for one; its next message is the first that the client sees. */
const startAs = async (admitted: Admitted, front: Front, { bytes }: FirstPacket): Promise<Socket> => {
  const password = await front.users.passwordOf(admitted);
  const backend = await start(front, startupAs(admitted.role, bytes));
  const first = await readMessage(backend);
  if (isAskPassword(first)) backend.write(passwordMessage(password));
  else backend.unshift(first.bytes);
  return backend;
};
