/** A PostgreSQL of one test file: real, with TLS, in a folder that goes with it. */
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Login, Target } from '#core/engines/engine.ts';
import { loadEmbeddedPostgres } from '#core/local/database/quiet-embedded-postgres.ts';
import { endWithMe } from '#core/local/end-with-me.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { reservePort } from '#core/local/reserve-port.ts';

export interface PostgresServer extends AsyncDisposable {
  readonly target: Target;
  /** A superuser. */
  readonly login: Login;
  /** A client of pg alone, to look with. It is closed with the server. */
  client(login?: Login, database?: string): Promise<pg.Client>;
}

const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_wal_senders=0'];
const TLS = ['ssl=on', 'ssl_cert_file=server.crt', 'ssl_key_file=server.key', 'wal_level=minimal'];

export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'lodge-postgres-'));
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  const certificates = makeCertificates();
  const login = { user: 'postgres', password: 'a password of this test' };
  using reserved = await reservePort();
  const target = { host: '127.0.0.1', port: reserved.port, database: 'postgres', ca: certificates.ca };
  const Embedded = await loadEmbeddedPostgres();
  const server = new Embedded({
    ...login,
    port: target.port,
    databaseDir: data,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [...SETTINGS, ...TLS].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await place(data, { 'server.crt': certificates.certificate, 'server.key': certificates.key });
  await server.start();
  const release = endWithMe(Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]), 'INT');
  const clients: pg.Client[] = [];
  return {
    target,
    login,
    async client(as = login, database = target.database) {
      const client = new pg.Client({ ...target, ...as, database, ssl: { ca: target.ca } });
      client.on('error', () => undefined);
      clients.push(client);
      await client.connect();
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
      await server.stop();
      release();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Writes files that PostgreSQL takes for its own: with its owner, readable by nobody else. */
async function place(data: string, files: Record<string, string>): Promise<void> {
  const { uid, gid } = await stat(data);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(data, name), content, { mode: 0o600 });
    await chown(join(data, name), uid, gid);
  }
}
