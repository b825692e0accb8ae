/**
 * What stands in front of MariaDB as RDS does: TLS only, and an IAM token, sent as it is, in place of a password for
 * whoever is marked for it. The login is read here; from then on bytes pass unread, as fast as they are taken.
 */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Certificates } from '../gateway/certificates.ts';
import { type Gateway, join, openFrontDoor, reach, secured } from '../gateway/front-door.ts';
import { type VerifiedUsers, type Verifier, verifierFor } from '../gateway/verifier.ts';
import {
  askClearly,
  asksTls,
  clearPassword,
  failure,
  isError,
  isOk,
  nativeAnswer,
  offeringTls,
  type Packet,
  packet,
  type Response,
  readPacket,
  readResponse,
  scrambleOf,
} from './handshake.ts';
import type { MariaDbServer } from './start-server.ts';
import { createVerifiedUsers } from './verified-users.ts';

export interface MariaDbGatewayOptions {
  readonly server: Pick<MariaDbServer, 'admin'>;
  readonly certificates: Certificates;
  /** Who is let in how; whom none of them knows logs in to the server itself, through the pipe. */
  readonly verifiers: readonly Verifier[];
  /** Where it listens if nobody else does. */
  readonly port?: number;
}

/** ER_SECURE_TRANSPORT_REQUIRED, in the server's words. */
const INSECURE = 'Connections using insecure transport are prohibited while --require_secure_transport=ON.';

interface Front {
  readonly verifiers: readonly Verifier[];
  readonly users: VerifiedUsers;
  readonly port: number;
}

export const startMariaDbGateway = async (options: MariaDbGatewayOptions): Promise<Gateway> => {
  const { server, certificates, verifiers, port: wanted } = options;
  const users = createVerifiedUsers(server);
  const gateway = await openFrontDoor({
    certificates,
    port: wanted,
    async serve(socket, { context, port }) {
      const backend = await reach(server.admin);
      backend.on('error', () => {});
      socket.once('close', () => backend.destroy());
      const greeting = await readPacket(backend);
      socket.write(packet(greeting.sequence, isError(greeting) ? greeting.payload : offeringTls(greeting.payload)));
      const client = await secure(socket, context);
      const front = { verifiers, users, port };
      if (client && (await logIn(client, backend, greeting.payload, front))) join(client, backend);
      else backend.destroy();
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

/** Undefined: the client would not speak TLS, which it was told. Its first bytes of TLS may have come already. */
const secure = async (socket: Socket, context: SecureContext): Promise<Socket | undefined> => {
  const request = await readPacket(socket);
  if (!asksTls(request)) return void socket.end(packet(request.sequence + 1, failure(3159, 'HY000', INSECURE)));
  return secured(socket, context);
};

/** True: the session may begin. False: it was refused, which the client was told. */
const logIn = async (client: Socket, backend: Socket, greeting: Buffer, front: Front): Promise<boolean> => {
  const { sequence, payload } = await readPacket(client);
  const response = readResponse(payload);
  const verifier = await verifierFor(front.verifiers, response.user, front.users);
  if (verifier) return logInVerified({ client, backend, greeting, sequence, response }, verifier, front);
  backend.write(packet(1, response.rewritten()));
  return passLogin(client, backend, sequence - 1);
};

interface Login {
  readonly client: Socket;
  readonly backend: Socket;
  readonly greeting: Buffer;
  readonly sequence: number;
  readonly response: Response;
}

const logInVerified = async (
  { client, backend, greeting, sequence, response }: Login,
  verifier: Verifier,
  { users, port }: Front,
): Promise<boolean> => {
  const { user, database } = response;
  const scramble = scrambleOf(greeting);
  client.write(packet(sequence + 1, askClearly(scramble)));
  const answer = await readPacket(client);
  const admitted = verifier.admit({ user, password: clearPassword(answer), database, port, now: Date.now() });
  if (!admitted) {
    const message = `Access denied for user '${user}'@'${client.remoteAddress}' (using password: YES)`;
    client.end(packet(answer.sequence + 1, failure(1045, '28000', message)));
    return false;
  }
  const password = nativeAnswer(await users.passwordOf(admitted), scramble);
  backend.write(packet(1, response.rewritten(password)));
  const reply = await readPacket(backend);
  client.write(packet(answer.sequence + 1, reply.payload));
  if (!isOk(reply)) client.end();
  return isOk(reply);
};

/** The server's questions and the client's answers; the client is `ahead` packets, for it has asked for TLS. */
const passLogin = async (client: Socket, backend: Socket, ahead: number): Promise<boolean> => {
  for (;;) {
    const question: Packet = await readPacket(backend);
    client.write(packet(question.sequence + ahead, question.payload));
    if (isOk(question)) return true;
    if (isError(question)) {
      client.end();
      return false;
    }
    const answer = await readPacket(client);
    backend.write(packet(answer.sequence - ahead, answer.payload));
  }
};
