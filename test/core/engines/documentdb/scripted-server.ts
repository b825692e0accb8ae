/** A server of MongoDB's protocol that says what a test wants, over TLS, to whoever logs in. */
import { Binary, type Document } from 'mongodb';
import type { Login, Target } from '#core/engines/engine.ts';
import { beginExchange, type Exchange, readFirst } from '#core/local/documentdb/scram.ts';
import { answer, type Command, readCommand } from '#core/local/documentdb/wire.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { openFrontDoor, secured } from '#core/local/gateway/front-door.ts';

const LOGIN: Login = { user: 'curator', password: 'not-a-secret' };
const HELLO: Document = {
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 13,
  saslSupportedMechs: ['SCRAM-SHA-256'],
};

interface Script {
  /** What its greeting says beside what a lone server says. */
  readonly hello?: Document;
  /** Its answers by the name of a command; those of the login are not asked for. */
  readonly answers?: Readonly<Record<string, (body: Document) => Document>>;
}

export interface ScriptedServer extends AsyncDisposable {
  readonly target: Target;
  readonly login: Login;
  /** The commands that it was sent, in their order. */
  readonly asked: readonly Document[];
}

export async function startScriptedServer({ hello = {}, answers = {} }: Script): Promise<ScriptedServer> {
  const certificates = makeCertificates();
  const asked: Document[] = [];
  const door = await openFrontDoor({
    certificates,
    port: undefined,
    async serve(socket, { context }) {
      const client = await secured(socket, context);
      client.on('error', () => {});
      let exchange: Exchange | undefined;
      const said = (payload: string, done: boolean): Document => ({
        conversationId: 1,
        done,
        payload: new Binary(Buffer.from(payload)),
      });
      const greets = (): Document => ({ ...HELLO, ...hello });
      const steps: Readonly<Record<string, (body: Document) => Document>> = {
        hello: greets,
        ismaster: greets,
        saslStart({ payload }) {
          const first = readFirst(String(payload));
          if (!first) throw new Error('This is no login.');
          exchange = beginExchange('SCRAM-SHA-256', first, LOGIN.password);
          return said(exchange.challenge, false);
        },
        saslContinue: ({ payload }) => said(exchange?.verify(String(payload)) ?? '', true),
        buildInfo: () => ({ version: '5.0.0' }),
        ...answers,
      };
      for (;;) {
        const command: Command = await readCommand(client);
        asked.push(command.body);
        const step = steps[command.name];
        client.write(answer(command, step ? { ok: 1, ...step(command.body) } : { ok: 1 }));
      }
    },
  });
  return {
    target: { host: 'localhost', port: door.port, database: 'test', ca: certificates.ca },
    login: LOGIN,
    asked,
    [Symbol.asyncDispose]: () => door[Symbol.asyncDispose](),
  };
}
