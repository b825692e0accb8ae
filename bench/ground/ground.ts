/**
 * What all figures stand on: the local account in a folder of the bench's own, which later runs find again, its
 * PostgreSQL with TLS of its own, and somebody who has signed in.
 */
import { chown, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { basePorts } from '#core/aws/base-ports.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import { derivePassword, loadSeed } from '#core/local/account/seed.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { type LocalAccount, startLocalAccount } from '#core/local/local-account.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { openSession } from '#core/session/session-token.ts';
import { makeManyTables } from './many-tables.ts';
import { type Serving, startServing } from './serving.ts';

const FOLDER = join(import.meta.dirname, '../../.lodge/bench');
/** A database user with a password, who reads and writes. */
const USER = 'app';

/** How a plain client reaches the database: as Lodge does, over verified TLS to the server itself. */
export interface Door {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: { readonly ca: string };
}

/** Whom to ask, and as whom. */
export interface Api {
  readonly port: number;
  /** The session's token, sent as a bearer's. */
  readonly token: string;
  /** The sealed connection token; empty where none is needed. */
  readonly connection: string;
}

export interface Ground extends AsyncDisposable {
  readonly folder: string;
  /** The folder of the server's data. */
  readonly data: string;
  readonly account: LocalAccount;
  readonly environment: Readonly<Record<string, string>>;
  door(database: 'shop' | 'many'): Door;
  /** The superuser's client, connected. */
  admin(database: 'shop' | 'many'): Promise<pg.Client>;
  /** A serving process of its own, with the API ready to be asked about a database. */
  serve(database: 'shop' | 'many', changes?: Readonly<Record<string, string>>): Promise<Serving & { api: Api }>;
}

export async function prepareGround(): Promise<Ground> {
  await using starting = new AsyncDisposableStack();
  const account = starting.use(await startLocalAccount({ folder: FOLDER, fresh: false, print: console.log }));
  const data = join(FOLDER, 'postgres');
  const ca = join(FOLDER, 'database-ca.pem');
  const seed = await loadSeed(FOLDER);
  const port = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[3]);
  const superuser = { host: 'localhost', port, user: 'postgres', password: derivePassword(seed, 'postgres') };
  const admin = async (database: string): Promise<pg.Client> => {
    const client = new pg.Client({ ...superuser, database });
    await client.connect();
    return client;
  };
  await speakTls(data, ca, await admin('postgres'));
  await makeManyTables(admin);
  const pem = await readFile(ca, 'utf8');
  const environment = { ...account.environment, [ENV.databaseCa]: ca };
  Object.assign(process.env, environment);
  const password = derivePassword(seed, USER);
  const door: Ground['door'] = (database) => ({
    host: 'localhost',
    port,
    user: USER,
    password,
    database,
    ssl: { ca: pem },
  });
  const token = await signIn(account, environment);
  const started = starting.move();
  return {
    folder: FOLDER,
    data,
    account,
    environment,
    door,
    admin,
    async serve(database, changes = {}) {
      const serving = await startServing(FOLDER, { ...environment, ...changes });
      return { ...serving, api: { port: serving.port, token, connection: await sealed(token, door(database)) } };
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/**
 * Turns TLS on in the server, so that neither side passes through the local account's gateway. The key must belong to
 * the user that the server runs as.
 */
async function speakTls(data: string, ca: string, admin: pg.Client): Promise<void> {
  const certificates = makeCertificates();
  const { uid, gid } = await stat(data);
  for (const [name, text] of [
    ['bench.crt', certificates.certificate],
    ['bench.key', certificates.key],
  ] as const) {
    const file = join(data, name);
    await writeFile(file, text, { mode: 0o600 });
    await chown(file, uid, gid);
  }
  await writeFile(ca, certificates.ca);
  for (const [name, value] of Object.entries({ ssl_cert_file: 'bench.crt', ssl_key_file: 'bench.key', ssl: 'on' }))
    await admin.query(`alter system set ${name} = '${value}'`);
  await admin.query('select pg_reload_conf()');
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await admin.query('show ssl');
    if (rows[0].ssl === 'on') break;
  }
  await admin.end();
}

/** Signs the first demo user in, and claims where nobody has. The session ends an hour later. */
async function signIn(account: LocalAccount, environment: Readonly<Record<string, string>>): Promise<string> {
  await using serving = await startServing(FOLDER, environment);
  const [user] = account.demoUsers;
  const signedIn = await post(serving.port, '/api/session', {
    accessKeyId: user?.accessKeyId,
    secretAccessKey: user?.secretAccessKey,
  });
  const token = signedIn.headers
    .getSetCookie()
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';')))
    .join('');
  const { instance } = (await signedIn.json()) as { instance: { claimed: boolean } };
  if (!instance.claimed) await post(serving.port, '/api/instance', { name: 'Bench', regions: ['eu-central-1'] }, token);
  return token;
}

async function post(port: number, path: string, body: object, token?: string): Promise<Response> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: token ? { authorization: `Bearer ${token}` } : {},
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer;
}

/** A connection token like those of `POST /api/connections`, to the server itself in place of its gateway. */
async function sealed(token: string, { host, port, database, user, password }: Door): Promise<string> {
  const session = await openSession(basePorts(readEnvironment()).dataKeys, token, new Date());
  return sealConnection(session, {
    resourceId: 'bench',
    service: 'rds',
    engine: 'postgres',
    target: { host, port, database },
    region: 'eu-central-1',
    allowed: { revision: 0, role: 'administrator' },
    login: { method: 'password', user, password },
  });
}
