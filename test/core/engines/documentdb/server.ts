/** FerretDB or mongod behind the gateway that verifies logins; and an engine at it. */

import { randomBytes } from 'node:crypto';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { documentdb } from '#core/engines/documentdb/documentdb.ts';
import type { Connection, Login, Target } from '#core/engines/engine.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { findProgram } from '#core/local/documentdb/programs.ts';
import { startDocumentGateway } from '#core/local/documentdb/start-gateway.ts';
import { startServer as startPlain } from '#core/local/documentdb/start-server.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { temporaryFolder } from '../../local/temporary-folder.ts';

const signal = new AbortController().signal;
const registry = createRegistry(Buffer.alloc(32, 17));
const ADA = 'arn:aws:iam::111122223333:user/ada';
const PASSWORD: Login = { user: 'curator', password: 'not-a-secret' };
export const IDENTITY: Login = { user: ADA, password: '', keys: registry.longTerm('ada') };

interface ConnectAs {
  readonly readOnly?: boolean;
  readonly login?: Login;
  readonly port?: number;
  readonly host?: string;
  readonly ca?: string;
}

export interface DocumentTestServer extends AsyncDisposable {
  /** Straight to the server, past the gateway. */
  readonly client: MongoClient;
  /** Commands upon the collection `endless`, which nobody answers, whose clients still wait. */
  readonly waiting: number;
  /** Through the gateway, by password. */
  readonly door: { readonly target: Target; readonly login: Login };
  connect(as?: ConnectAs): Promise<Connection>;
}

export async function startServer(database = 'test'): Promise<DocumentTestServer> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await temporaryFolder());
  const program = findProgram();
  if (!program) throw new Error('This machine lacks a server of documents.');
  const plain = starting.use(await startPlain(program, join(folder.path, 'data')));
  const client = new MongoClient(plain.uri);
  starting.defer(() => client.close());

  const waiting = new Set<Socket>();
  const path = join(tmpdir(), `lodge-test-${randomBytes(6).toString('hex')}.sock`);
  const relay = createServer((from) => {
    const to = createConnection({ ...plain.address });
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const)
      one.on('error', () => {}).once('close', () => other.destroy());
    from.once('close', () => waiting.delete(from));
    to.pipe(from);
    from.on('data', (bytes) => {
      if (bytes.includes('endless')) waiting.add(from);
      else to.write(bytes);
    });
  });
  await new Promise<void>((resolve) => relay.listen(path, resolve));
  starting.defer(() => void relay.close());
  const certificates = makeCertificates();
  const gateway = starting.use(
    await startDocumentGateway({
      server: { address: { path } },
      registry,
      certificates,
      passwords: { [PASSWORD.user]: PASSWORD.password },
      identities: [ADA],
    }),
  );
  const started = starting.move();
  return {
    client,
    get waiting() {
      return waiting.size;
    },
    door: { target: { host: 'localhost', port: gateway.port, database, ca: certificates.ca }, login: PASSWORD },
    connect: ({
      readOnly = false,
      login = PASSWORD,
      port = gateway.port,
      host = 'localhost',
      ca = certificates.ca,
    } = {}) => documentdb.connect({ host, port, database, ca }, login, { readOnly, signal }),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
