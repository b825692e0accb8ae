import { createConnection, type Socket } from 'node:net';
import { Signer } from '@aws-sdk/rds-signer';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { createRegistry } from '#core/local/account/registry.ts';
import { type Database, startDatabase } from '#core/local/database/start-database.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import type { Gateway } from '#core/local/gateway/front-door.ts';
import { rdsTokens } from '#core/local/gateway/rds-token.ts';
import { startGateway } from '#core/local/gateway/start-gateway.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const registry = createRegistry(Buffer.alloc(32, 11));
const certificates = makeCertificates();
const instance = { accountId: '111122223333', region: 'eu-central-1', resourceId: 'db-SHOP', host: 'localhost' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: Database;
let gateway: Gateway;
beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startDatabase(folder.path, { eventsRows: 5_000 });
  gateway = await startGateway({
    server,
    certificates,
    verifiers: [rdsTokens(instance, registry)],
    databases: ['shop'],
  });
}, 60_000);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const token = (username: string, name: 'ada' | 'ben' = 'ada') =>
  new Signer({
    hostname: 'localhost',
    port: gateway.port,
    username,
    region: 'eu-central-1',
    credentials: registry.longTerm(name),
  }).getAuthToken();

/** A connected client through the gateway, closed with its block. */
const connect = async (user: string, password: string, more: pg.ClientConfig = {}) => {
  const ssl = { ca: certificates.ca, servername: 'localhost' };
  const client = new pg.Client({
    host: 'localhost',
    port: gateway.port,
    user,
    password,
    database: 'shop',
    ssl,
    ...more,
  });
  client.on('error', () => {});
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
};
const byIam = async (user = 'app_iam') => connect(user, await token(user));
const refusal = (connecting: Promise<unknown>) =>
  connecting.then(
    () => 'It was let through.',
    ({ code, message }) => [code, message],
  );

describe('by IAM', () => {
  test('a token lets its user in, as that user', async () => {
    await using client = await byIam('analyst_iam');
    const { rows } = await client.query('select session_user, current_database() as database');
    expect(rows).toEqual([{ session_user: 'analyst_iam', database: 'shop' }]);
  });

  test('several may come at once, and again', async () => {
    const clients = await Promise.all(Array.from({ length: 6 }, () => byIam()));
    const answers = await Promise.all(clients.map((client) => client.query('select pg_backend_pid() as pid')));
    expect(new Set(answers.map(({ rows }) => rows[0].pid)).size).toBe(6);
    await Promise.all(clients.map((client) => client.end()));
  });

  test('a token of another user, and of somebody who may not, is refused as RDS does', async () => {
    const refused = ['28000', 'PAM authentication failed for user "app_iam"'];
    expect(await refusal(connect('app_iam', await token('analyst_iam')))).toEqual(refused);
    expect(await refusal(connect('app_iam', await token('app_iam', 'ben')))).toEqual(refused);
    expect(await refusal(connect('app_iam', 'a password'))).toEqual(refused);
    expect(await refusal(connect('app_iam', ''))).toEqual(refused);
  });

  test('the password that the gateway uses is of no use to anybody', async () => {
    await using admin = await direct();
    await using client = await byIam();
    await client.query('select 1');
    const { rows } = await admin.query(
      `select rolpassword like 'SCRAM%' as sealed from pg_authid where rolname = 'app_iam'`,
    );
    expect(rows).toEqual([{ sealed: true }]);
    const around = { host: '127.0.0.1', port: server.port, ssl: false };
    expect(await refusal(connect('app_iam', await token('app_iam'), around))).toEqual(['28P01', expect.any(String)]);
  });

  test('whoever is made a member of rds_iam logs in by token from then on', async () => {
    await using admin = await direct();
    await admin.query(`create role late login password 'was-a-password' in role shop_readers`);
    await (await connect('late', 'was-a-password')).end();
    await admin.query('grant rds_iam to late');
    expect(await refusal(connect('late', 'was-a-password'))).toEqual(['28000', expect.stringContaining('PAM')]);
    await using client = await byIam('late');
    expect((await client.query('select current_user as me')).rows).toEqual([{ me: 'late' }]);
  });
});

describe('by password', () => {
  test('a password user passes, end to end by SCRAM, also where the client would bind the channel', async () => {
    for (const enableChannelBinding of [false, true]) {
      await using client = await connect('app', server.passwords.app ?? '', {
        enableChannelBinding,
      } as pg.ClientConfig);
      expect((await client.query('select current_user as me')).rows).toEqual([{ me: 'app' }]);
    }
  });

  test('a wrong password, a token and an unknown user are refused by the database', async () => {
    for (const [user, password] of [
      ['app', 'wrong'],
      ['app', await token('app')],
      ['nobody', 'wrong'],
    ] as const) {
      expect(await refusal(connect(user, password))).toEqual([
        '28P01',
        `password authentication failed for user "${user}"`,
      ]);
    }
  });
});

describe('the start-up', () => {
  test('in clear is refused with a sentence', async () => {
    const refused = await refusal(connect('app', server.passwords.app ?? '', { ssl: false }));
    expect(refused).toEqual([
      '28000',
      expect.stringMatching(
        /^no pg_hba\.conf entry for host "127\.0\.0\.1", user "app", database "shop", no encryption$/,
      ),
    ]);
  });

  test('to another instance’s database is refused, though the server has it', async () => {
    const refused = await refusal(connect('app', server.passwords.app ?? '', { database: 'analytics' }));
    expect(refused).toEqual(['3D000', 'database "analytics" does not exist']);
  });

  test('with another authority in mind fails at the client', async () => {
    const ssl = { ca: makeCertificates().ca, servername: 'localhost' };
    expect(await refusal(connect('app', server.passwords.app ?? '', { ssl }))).not.toBe('It was let through.');
  });

  test('answers a GSS request with no, and goes on', async () => {
    const socket = await raw();
    socket.write(words(8, 80_877_104));
    expect(await next(socket)).toEqual(Buffer.from('N'));
    socket.write(words(8, 80_877_103));
    expect(await next(socket)).toEqual(Buffer.from('S'));
    socket.destroy();
  });

  test('ends whoever sends something ahead of TLS, or speaks something else', async () => {
    for (const bytes of [
      Buffer.concat([words(8, 80_877_103), Buffer.from('early')]),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    ]) {
      const socket = await raw();
      socket.write(bytes);
      expect(await next(socket)).toBeUndefined();
    }
  });

  test('in a protocol of another century is refused', async () => {
    const socket = await raw();
    socket.write(words(8, 131_072));
    expect((await next(socket))?.toString()).toContain('unsupported frontend protocol');
    socket.destroy();
  });
});

describe('the pipe', () => {
  test('carries rows in order, through a cursor', async () => {
    await using client = await byIam();
    const cursor = client.query(new Cursor('select id from analytics.events order by id'));
    const ids: number[] = [];
    for (let rows = await cursor.read(700); rows.length > 0; rows = await cursor.read(700)) {
      ids.push(...rows.map(({ id }) => Number(id)));
    }
    expect(ids).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1));
  });

  test('carries large values both ways', async () => {
    await using client = await byIam();
    const text = 'é'.repeat(3_000_000);
    const { rows } = await client.query('select $1::text as same, repeat($2, 5000000) as made', [text, 'x']);
    expect(rows[0].same === text).toBe(true);
    expect(rows[0].made).toHaveLength(5_000_000);
  });

  test('does not pull rows that nobody takes', async () => {
    await using admin = await direct();
    await using client = await byIam();
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const socket = (client as unknown as { connection: { stream: Socket } }).connection.stream;
    socket.pause();
    const ended = client.query(`select repeat('x', 100000) from generate_series(1, 2000)`);
    const waiting = `select wait_event from pg_stat_activity where pid = $1 and wait_event = 'ClientWrite'`;
    while ((await admin.query(waiting, [rows[0].pid])).rowCount === 0) await new Promise(setImmediate);
    socket.resume();
    expect((await ended).rowCount).toBe(2_000);
  });

  test('passes a cancel request on, over TLS', async () => {
    await using client = await byIam();
    const running = refusal(client.query('select pg_sleep(60)'));
    const canceller = new pg.Client({ host: 'localhost', port: gateway.port, ssl: { ca: certificates.ca } });
    await until(async () => {
      (canceller as unknown as { cancel(client: pg.Client, query: unknown): void }).cancel(client, active(client));
      return (await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 100))])) !== undefined;
    });
    expect(await running).toEqual(['57014', 'canceling statement due to user request']);
  });

  test('ends on the server when the client goes, and at the client when the server does', async () => {
    await using admin = await direct();
    const gone = await byIam();
    const { rows } = await gone.query('select pg_backend_pid() as pid');
    (gone as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
    const alive = 'select 1 from pg_stat_activity where pid = $1';
    await until(async () => (await admin.query(alive, [rows[0].pid])).rowCount === 0);

    const left = await byIam();
    const ended = new Promise((resolve) => left.once('end', resolve));
    const { rows: own } = await left.query('select pg_backend_pid() as pid');
    await admin.query('select pg_terminate_backend($1)', [own[0].pid]);
    await ended;
  });
});

test('ending the gateway ends the connections through it, and frees its port', async () => {
  const own = await startGateway({ server, certificates, verifiers: [rdsTokens(instance, registry)] });
  const client = await connect('app', server.passwords.app ?? '', { port: own.port, database: 'analytics' });
  const ended = new Promise((resolve) => client.once('end', resolve));
  await own[Symbol.asyncDispose]();
  await ended;
  expect(await refusal(connect('app', '', { port: own.port }))).toEqual(['ECONNREFUSED', expect.any(String)]);
});

/** The superuser, around the gateway. */
async function direct() {
  const client = new pg.Client({ ...server.admin, database: 'shop' });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

const raw = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: gateway.port }, () => resolve(socket));
    socket.once('error', reject);
  });

/** What comes next; undefined where the connection ends instead. */
const next = (socket: Socket): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    socket.once('data', resolve).once('close', () => resolve(undefined));
    socket.on('error', () => {});
  });

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value, index * 4);
  return bytes;
};

const active = (client: pg.Client): unknown => (client as unknown as { _getActiveQuery(): unknown })._getActiveQuery();

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
};
