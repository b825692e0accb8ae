/**
 * What stands in front of the server of documents as DocumentDB does: TLS only, and logins that are verified here, for
 * FerretDB has no users. From the login on bytes pass unread, as fast as they are taken.
 */
import { createConnection, type Socket } from 'node:net';
import { Binary, type Document } from 'mongodb';
import type { Registry } from '../account/registry.ts';
import type { Certificates } from '../gateway/certificates.ts';
import { type Gateway, join, openFrontDoor, secured } from '../gateway/front-door.ts';
import { type AwsExchange, beginAwsExchange } from './aws-login.ts';
import { beginExchange, type Exchange, isScram, readFirst, SCRAM_MECHANISMS } from './scram.ts';
import type { DocumentServer } from './start-server.ts';
import { answer, type Command, failure, readCommand } from './wire.ts';

export interface DocumentGatewayOptions {
  readonly server: Pick<DocumentServer, 'address'>;
  readonly registry: Registry;
  readonly certificates: Certificates;
  /** Who logs in with a password; they are users of `admin`, as DocumentDB's all are. */
  readonly passwords: Readonly<Record<string, string>>;
  /** ARNs of IAM users and roles: users of `$external`. */
  readonly identities: readonly string[];
  /** Where it listens if nobody else does. */
  readonly port?: number;
}

export const startDocumentGateway = (options: DocumentGatewayOptions): Promise<Gateway> =>
  openFrontDoor({
    certificates: options.certificates,
    port: options.port,
    async serve(socket, { context, port }) {
      const client = await secured(socket, context);
      client.on('error', () => {});
      const conversation = new Conversation(options, port);
      while (!conversation.authenticated) {
        const command = await readCommand(client);
        const body = conversation.answer(command);
        // The pipe is there before the client knows that it may send.
        if (conversation.authenticated) join(client, await reach(options.server));
        client.write(answer(command, body));
      }
    },
  });

/** FerretDB listens at a path. */
const reach = ({ address }: DocumentGatewayOptions['server']): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const backend = createConnection({ ...address });
    backend.once('error', reject);
    backend.once('connect', () => resolve(backend.setNoDelay(true)));
  });

const OK = { ok: 1 };
const REFUSED = failure(18, 'AuthenticationFailed', 'Authentication failed.');
/** The one conversation that a connection has at a time. */
const CONVERSATION = 1;

/** What answers the next words of the client. */
type Step = (payload: Buffer) => Document;

class Conversation {
  authenticated = false;
  readonly #options: DocumentGatewayOptions;
  readonly #port: number;
  #step: Step | undefined;

  constructor(options: DocumentGatewayOptions, port: number) {
    this.#options = options;
    this.#port = port;
  }

  answer({ name, body }: Command): Document {
    if (/^(hello|ismaster)$/i.test(name)) return this.#hello(body);
    if (name === 'saslStart') return this.#start(body);
    if (name === 'saslContinue') return this.#continue(body);
    if (name === 'ping' || name === 'endSessions') return OK;
    return failure(13, 'Unauthorized', `command ${name} requires authentication`);
  }

  /** A cluster of one writer, with the wire version of DocumentDB 5.0. */
  #hello({ saslSupportedMechs }: Document): Document {
    const me = `localhost:${this.#port}`;
    return {
      helloOk: true,
      ismaster: true,
      isWritablePrimary: true,
      secondary: false,
      setName: 'rs0',
      setVersion: 1,
      hosts: [me],
      primary: me,
      me,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 13,
      readOnly: false,
      ...(typeof saslSupportedMechs === 'string' && { saslSupportedMechs: SCRAM_MECHANISMS }),
      ...OK,
    };
  }

  #start({ mechanism, payload, $db: source, options }: Document): Document {
    this.#step = undefined;
    const first = bytesOf(payload);
    if (mechanism === 'MONGODB-AWS' && source === '$external') {
      const exchange = beginAwsExchange(first, this.#options.registry);
      return exchange ? this.#challenge(exchange.challenge, this.#awsStep(exchange)) : REFUSED;
    }
    const said = readFirst(first.toString());
    const known = said && Object.hasOwn(this.#options.passwords, said.user);
    if (!known || !isScram(mechanism) || source !== 'admin') return REFUSED;
    const exchange = beginExchange(mechanism, said, this.#options.passwords[said.user] ?? '');
    return this.#challenge(Buffer.from(exchange.challenge), this.#scramStep(exchange, options?.skipEmptyExchange));
  }

  #challenge(payload: Uint8Array, step: Step): Document {
    this.#step = step;
    return said(payload, false);
  }

  #continue(command: Document): Document {
    const step = this.#step;
    this.#step = undefined;
    return step && command.conversationId === CONVERSATION ? step(bytesOf(command.payload)) : REFUSED;
  }

  #awsStep(exchange: AwsExchange): Step {
    return (payload) => {
      const user = exchange.verify(payload);
      if (user === undefined || !this.#options.identities.includes(user)) return REFUSED;
      return this.#done(Buffer.alloc(0));
    };
  }

  #scramStep(exchange: Exchange, short: unknown): Step {
    return (payload) => {
      const proof = exchange.verify(payload.toString());
      if (proof === undefined) return REFUSED;
      if (short === true) return this.#done(Buffer.from(proof));
      // The client has the last word, an empty one.
      return this.#challenge(Buffer.from(proof), () => this.#done(Buffer.alloc(0)));
    };
  }

  #done(payload: Uint8Array): Document {
    this.authenticated = true;
    return said(payload, true);
  }
}

const said = (payload: Uint8Array, done: boolean): Document => ({
  conversationId: CONVERSATION,
  done,
  payload: new Binary(payload),
  ...OK,
});

const bytesOf = (payload: unknown): Buffer =>
  payload instanceof Uint8Array ? Buffer.from(payload) : Buffer.from(String(payload ?? ''));
