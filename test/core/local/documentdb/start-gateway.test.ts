import { connect } from 'node:tls';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { createRegistry } from '#core/local/account/registry.ts';
import { findProgram } from '#core/local/documentdb/programs.ts';
import { startDocumentGateway } from '#core/local/documentdb/start-gateway.ts';
import { type DocumentServer, startServer } from '#core/local/documentdb/start-server.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import type { Gateway } from '#core/local/gateway/front-door.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { describeWith } from '../../../support/machine.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const registry = createRegistry(Buffer.alloc(32, 13));
const certificates = makeCertificates();
const ADA = 'arn:aws:iam::111122223333:user/ada';
const ENGINEERS = 'arn:aws:iam::111122223333:role/AWSReservedSSO_DataEngineer_0123456789abcdef';

const providerOf = (keys: Credentials) => async () => keys as Required<Credentials>;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: DocumentServer;
let gateway: Gateway;
describeWith('documentdb', 'the gateway in front of the server of documents', () => {
  beforeAll(async () => {
    folder = await temporaryFolder();
    const program = findProgram();
    if (!program) throw new Error('This machine lacks a server of documents.');
    server = await startServer(program, folder.path);
    gateway = await startDocumentGateway({
      server,
      registry,
      certificates,
      passwords: { curator: 'pass word', 'a,b=c': 'other' },
      identities: [ADA, ENGINEERS],
    });
  }, 60_000);
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  /** Pings with the driver alone: any command but the greeting takes a login. */
  const ask = async (options: MongoClientOptions, command = 'listDatabases'): Promise<unknown> => {
    const client = new MongoClient(`mongodb://localhost:${gateway.port}/?directConnection=true`, {
      tls: true,
      ca: certificates.ca,
      retryReads: false,
      serverSelectionTimeoutMS: 3_000,
      ...options,
    });
    try {
      return (await client.db('admin').command({ [command]: 1 })).ok;
    } finally {
      await client.close();
    }
  };
  const auth = { username: 'curator', password: 'pass word' };
  const as = (keys: Credentials): MongoClientOptions => ({
    authMechanism: 'MONGODB-AWS',
    authSource: '$external',
    authMechanismProperties: {
      AWS_CREDENTIAL_PROVIDER: providerOf(keys),
    },
  });

  it.each(['SCRAM-SHA-1', 'SCRAM-SHA-256', 'DEFAULT'] as const)(
    'lets in who has the password, by %s',
    async (authMechanism) => {
      await expect(ask({ auth, authMechanism })).resolves.toBe(1);
    },
  );

  it('lets in users with signs of the protocol in their names', async () => {
    const strange = { username: 'a,b=c', password: 'other' };
    await expect(ask({ auth: strange, authMechanism: 'SCRAM-SHA-256' })).resolves.toBe(1);
  });

  it.each([
    ['another password', { ...auth, password: 'other' }],
    ['no such user', { ...auth, username: 'nobody' }],
    ['a name of every object', { ...auth, username: 'constructor' }],
  ])('refuses %s as the server does', async (_what, wrong) => {
    await expect(ask({ auth: wrong })).rejects.toMatchObject({ code: 18, codeName: 'AuthenticationFailed' });
  });

  it('refuses users of a database that has none', async () => {
    await expect(ask({ auth, authSource: 'shop' })).rejects.toMatchObject({ code: 18 });
  });

  it('lets in an IAM user who is a user of the database', async () => {
    await expect(ask(as(registry.longTerm('ada')))).resolves.toBe(1);
  });

  it('lets in a session of a role that is one, with its token', async () => {
    await expect(ask(as(registry.issue('dana', 'assumed-role', 900)))).resolves.toBe(1);
  });

  it.each([
    ['somebody who is no user of the database', () => registry.longTerm('ben')],
    ['another secret', () => ({ ...registry.longTerm('ada'), secretAccessKey: 'x'.repeat(40) })],
    ['a token of another key', () => ({ ...registry.longTerm('ada'), sessionToken: 'AAAA' })],
    ['keys that have expired', () => registry.issue('dana', 'assumed-role', -1)],
  ])('refuses %s', async (_who, keys) => {
    await expect(ask(as(keys()))).rejects.toMatchObject({ code: 18, codeName: 'AuthenticationFailed' });
  });

  it('answers nothing before the login', async () => {
    await expect(ask({})).rejects.toMatchObject({ code: 13, codeName: 'Unauthorized' });
  });

  it('says who it is before the login', async () => {
    await expect(ask({}, 'hello')).resolves.toBe(1);
  });

  it('hangs up on what is no MongoDB protocol', async () => {
    const socket = connect({ port: gateway.port, host: 'localhost', ca: certificates.ca });
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise<void>((resolve) => socket.once('close', () => resolve()).on('error', () => {}));
    expect(socket.bytesRead).toBe(0);
  });
});
