/** A MariaDB of one test file: real, with TLS, in a folder that goes with it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import type { Login, Target } from '#core/engines/engine.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { findMariaDb, MARIADB_COMMAND } from '#core/local/mariadb/programs.ts';
import { startMariaDb } from '#core/local/mariadb/start-server.ts';

export interface MariaDbTestServer extends AsyncDisposable {
  readonly target: Target;
  /** May do everything. */
  readonly login: Login;
  /** A client of mysql2 alone, to look with. It is closed with the server. */
  client(login?: Login, database?: string): Promise<Connection>;
}

const DATABASE = 'workplace';

export async function startMariaDbServer(): Promise<MariaDbTestServer> {
  const programs = await findMariaDb();
  if (!programs) throw new Error(`This machine lacks MariaDB: ${MARIADB_COMMAND}`);
  const folder = await mkdtemp(join(tmpdir(), 'lodge-mariadb-'));
  const { ca, certificate, key } = makeCertificates();
  const files = {
    ca: join(folder, 'ca.pem'),
    certificate: join(folder, 'server.crt'),
    key: join(folder, 'server.key'),
  };
  await writeFile(files.ca, ca);
  await writeFile(files.certificate, certificate);
  await writeFile(files.key, key, { mode: 0o600 });
  const settings = [`ssl-ca=${files.ca}`, `ssl-cert=${files.certificate}`, `ssl-key=${files.key}`];
  const data = join(folder, 'data');
  const server = await startMariaDb({ programs, data, password: 'APasswordOfThisTest', settings });
  const { port, admin } = server;
  const target = { host: '127.0.0.1', port, database: DATABASE, ca };
  const login = { user: admin.user, password: admin.password };
  const clients: Connection[] = [];
  const client = async (as: Login = login, database?: string): Promise<Connection> => {
    const made = await createConnection({
      ...as,
      host: target.host,
      port,
      multipleStatements: true,
      ssl: { ca },
      ...(database && { database }),
    });
    clients.push(made);
    return made;
  };
  await (await client()).query(`create database ${DATABASE}`);
  return {
    target,
    login,
    client,
    async [Symbol.asyncDispose]() {
      for (const each of clients) each.destroy();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
