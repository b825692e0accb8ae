/**
 * What stands in front of MariaDB as RDS does: TLS only, and an IAM token, sent as it is, in place of a password for
 * whoever is marked for it. The login is read here; from then on bytes pass unread, as fast as they are taken.
 */
import { createConnection, createServer, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Registry } from '../account/registry.ts';
import type { Certificates } from '../gateway/certificates.ts';
import { refusalOf, type TokenAudience } from '../gateway/rds-token.ts';
import type { Gateway } from '../gateway/start-gateway.ts';
import { listen } from '../listen.ts';
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
import { createIamUsers, type IamUsers } from './iam-users.ts';
import type { MariaDbServer } from './start-server.ts';

export interface MariaDbGatewayOptions {
  readonly server: Pick<MariaDbServer, 'admin'>;
  readonly registry: Registry;
  readonly certificates: Certificates;
  /** Whose database this plays; its port is the gateway's own. */
  readonly instance: Omit<TokenAudience, 'port'>;
  /** Where it listens if nobody else does. */
  readonly port?: number;
}

/** As long as a client may take to log in. */
const LOGIN_MS = 60_000;
/** ER_SECURE_TRANSPORT_REQUIRED, in the server's words. */
const INSECURE = 'Connections using insecure transport are prohibited while --require_secure_transport=ON.';

interface Front extends MariaDbGatewayOptions {
  readonly context: SecureContext;
  readonly users: IamUsers;
  readonly audience: TokenAudience;
}

export const startMariaDbGateway = async (options: MariaDbGatewayOptions): Promise<Gateway> => {
  const { certificate: cert, key } = options.certificates;
  const users = createIamUsers(options.server);
  const context = createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
  const clients = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    clients.add(socket);
    socket.once('close', () => clients.delete(socket));
    void serveClient(socket, { ...options, context, users, audience: { ...options.instance, port } });
  });
  const { port, close } = await listen(listener, options.port);
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await close();
      await users[Symbol.asyncDispose]();
    },
  };
};

/** From the greeting to the pipe. Whatever goes wrong ends the connection. */
const serveClient = async (socket: Socket, front: Front): Promise<void> => {
  const tooLate = setTimeout(() => socket.destroy(), LOGIN_MS);
  socket.on('error', () => {});
  socket.once('close', () => clearTimeout(tooLate));
  try {
    const backend = await reach(front);
    backend.on('error', () => {});
    socket.once('close', () => backend.destroy());
    const greeting = await readPacket(backend);
    socket.write(packet(greeting.sequence, isError(greeting) ? greeting.payload : offeringTls(greeting.payload)));
    const client = await secure(socket, front.context);
    if (client && (await logIn(client, backend, greeting.payload, front))) join(client, backend);
    else backend.destroy();
    clearTimeout(tooLate);
  } catch {
    socket.destroy();
  }
};

/** Undefined: the client would not speak TLS, which it was told. Its first bytes of TLS may have come already. */
const secure = async (socket: Socket, context: SecureContext): Promise<Socket | undefined> => {
  const request = await readPacket(socket);
  if (!asksTls(request)) return void socket.end(packet(request.sequence + 1, failure(3159, 'HY000', INSECURE)));
  const client = new TLSSocket(socket, { isServer: true, secureContext: context });
  await new Promise<void>((resolve, reject) => {
    client.once('secure', resolve).once('close', () => reject(new Error('The peer has left.')));
    client.on('error', reject);
  });
  return client;
};

/** True: the session may begin. False: it was refused, which the client was told. */
const logIn = async (client: Socket, backend: Socket, greeting: Buffer, front: Front): Promise<boolean> => {
  const { sequence, payload } = await readPacket(client);
  const response = readResponse(payload);
  if (await front.users.usesIam(response.user))
    return logInByToken({ client, backend, greeting, sequence, response }, front);
  backend.write(packet(1, response.rewritten()));
  return passLogin(client, backend, sequence - 1);
};

interface Attempt {
  readonly client: Socket;
  readonly backend: Socket;
  readonly greeting: Buffer;
  readonly sequence: number;
  readonly response: Response;
}

const logInByToken = async (
  { client, backend, greeting, sequence, response }: Attempt,
  front: Front,
): Promise<boolean> => {
  const { user } = response;
  const scramble = scrambleOf(greeting);
  client.write(packet(sequence + 1, askClearly(scramble)));
  const answer = await readPacket(client);
  if (refusalOf(clearPassword(answer), user, front.audience, front.registry, Date.now()) !== undefined) {
    const message = `Access denied for user '${user}'@'${client.remoteAddress}' (using password: YES)`;
    client.end(packet(answer.sequence + 1, failure(1045, '28000', message)));
    return false;
  }
  const password = nativeAnswer(await front.users.passwordOf(user), scramble);
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

const reach = ({ server: { admin } }: Front): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const backend = createConnection({ host: admin.host, port: admin.port, noDelay: true });
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
