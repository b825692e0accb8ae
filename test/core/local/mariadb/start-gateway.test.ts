import { Signer } from '@aws-sdk/rds-signer';
import { type Connection, type ConnectionOptions, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Login } from '#core/engines/engine.ts';
import { mysql } from '#core/engines/mysql/mysql.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import type { Gateway } from '#core/local/gateway/front-door.ts';
import { rdsTokens } from '#core/local/gateway/rds-token.ts';
import { findMariaDb } from '#core/local/mariadb/programs.ts';
import { type Bookings, startBookings } from '#core/local/mariadb/start-bookings.ts';
import { startMariaDbGateway } from '#core/local/mariadb/start-gateway.ts';
import { describeWith } from '../../../support/machine.ts';
import { collect, rowsFrom } from '../../engines/collect.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const registry = createRegistry(Buffer.alloc(32, 11));
const certificates = makeCertificates();
const instance = { accountId: '111122223333', region: 'eu-central-1', resourceId: 'db-BOOKINGS', host: 'localhost' };
const signal = new AbortController().signal;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: Bookings;
let gateway: Gateway;
describeWith('mariadb', 'the gateway in front of MariaDB', () => {
  beforeAll(async () => {
    folder = await temporaryFolder();
    const programs = await findMariaDb();
    if (!programs) throw new Error('This machine lacks MariaDB.');
    server = await startBookings(folder.path, programs);
    gateway = await startMariaDbGateway({ server, certificates, verifiers: [rdsTokens(instance, registry)] });
  }, 120_000);
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const token = (username: string, name: 'ada' | 'ben' = 'ada', port = gateway.port) =>
    new Signer({
      hostname: 'localhost',
      port,
      username,
      region: 'eu-central-1',
      credentials: registry.longTerm(name),
    }).getAuthToken();

  /** A client of mysql2 alone, through the gateway, closed with its block. */
  const connect = async (user: string, password: string, more: ConnectionOptions = {}) => {
    const client = await createConnection({
      host: 'localhost',
      port: gateway.port,
      user,
      password,
      database: 'bookings',
      ssl: { ca: certificates.ca },
      enableCleartextPlugin: true,
      ...more,
    });
    return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
  };
  const me = async (client: Connection): Promise<unknown> =>
    (await client.query<RowDataPacket[]>(`select substring_index(user(), '@', 1) as me, database() as place`))[0][0];
  const refusal = (connecting: Promise<unknown>) =>
    connecting.then(
      () => 'It was let through.',
      ({ code, sqlState }) => [code, sqlState],
    );
  const DENIED = ['ER_ACCESS_DENIED_ERROR', '28000'];

  test('a token lets its user in, as that user, several at once', async () => {
    const who = ['app_iam', 'analyst_iam', 'app_iam', 'analyst_iam'];
    const clients = await Promise.all(who.map(async (user) => connect(user, await token(user))));
    expect(await Promise.all(clients.map(me))).toEqual(who.map((user) => ({ me: user, place: 'bookings' })));
    await Promise.all(clients.map((client) => client.end()));
  });

  test('a token of another user, of another place, and of somebody who may not, is refused as RDS does', async () => {
    expect(await refusal(connect('app_iam', await token('analyst_iam')))).toEqual(DENIED);
    expect(await refusal(connect('app_iam', await token('app_iam', 'ben')))).toEqual(DENIED);
    expect(await refusal(connect('app_iam', await token('app_iam', 'ada', 1)))).toEqual(DENIED);
    expect(await refusal(connect('app_iam', 'a password'))).toEqual(DENIED);
    expect(await refusal(connect('app_iam', ''))).toEqual(DENIED);
  });

  test('a password user passes, and is refused by the server itself', async () => {
    await using client = await connect('front_desk', server.passwords.front_desk ?? '');
    expect(await me(client)).toEqual({ me: 'front_desk', place: 'bookings' });
    expect(await refusal(connect('front_desk', 'not the password'))).toEqual(DENIED);
    expect(await refusal(connect('nobody', 'x'))).toEqual(DENIED);
    const elsewhere = connect('front_desk', server.passwords.front_desk ?? '', { database: 'nowhere' });
    expect(await refusal(elsewhere)).toEqual([expect.stringMatching(/^ER_/), '42000']);
  });

  test('without TLS nothing is asked, and nobody comes in', async () => {
    const plain = createConnection({ host: 'localhost', port: gateway.port, user: 'app_iam', password: 'x' });
    const refused = await plain.catch((error: unknown) => error);
    expect(refused).toMatchObject({ errno: 3159, message: expect.stringContaining('insecure transport') });
  });

  test('whoever is given the role logs in by token from then on', async () => {
    const admin = await createConnection(server.admin);
    await admin.query(`create user late@'%' identified by 'was-a-password'`);
    await admin.query(`grant select on bookings.* to late@'%'`);
    await (await connect('late', 'was-a-password')).end();
    await admin.query(`grant rds_iam to late@'%'`);
    await admin.end();
    expect(await refusal(connect('late', 'was-a-password'))).toEqual(DENIED);
    await using client = await connect('late', await token('late'));
    expect(await me(client)).toMatchObject({ me: 'late' });
  });

  describe('through the engine', () => {
    const target = () => ({ host: 'localhost', port: gateway.port, database: 'bookings', ca: certificates.ca });
    const open = (login: Login, readOnly = false) => mysql.connect(target(), login, { readOnly, signal });

    test('the demo is read, cancelled and kept from changes by a token', async () => {
      await using connection = await open({ user: 'analyst_iam', password: await token('analyst_iam') }, true);
      expect(connection.about).toMatchObject({ user: 'analyst_iam', database: 'bookings' });
      expect(await rowsFrom(connection, 'select count(*) from stays')).toEqual([['60000']]);
      const { error } = await collect(connection, 'select sleep(30)', { timeoutSeconds: 1 });
      expect(error).toMatchObject({ code: 'STATEMENT_TIMEOUT' });
      await using other = await open({ user: 'app_iam', password: await token('app_iam') }, true);
      expect((await collect(other, 'delete from stays')).error).toMatchObject({ code: 'READ_ONLY' });
    });

    test('a refused token says what an IAM login needs, and not what the token was', async () => {
      const password = await token('app_iam', 'ben');
      const refused = await open({ user: 'app_iam', password }).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        code: 'LOGIN_FAILED',
        details: { hint: expect.stringContaining('rds-db:connect') },
      });
      expect(JSON.stringify([refused, String(refused)])).not.toContain('X-Amz');
    });

    test('the demo has a procedure of two results, a view, a function and every key', async () => {
      await using connection = await open({ user: 'front_desk', password: server.passwords.front_desk ?? '' });
      const { results } = await collect(connection, `call arrivals('2024-03-01')`);
      expect(results).toHaveLength(2);
      expect(results[1]).toEqual([[String(results[0]?.length)]]);
      const nodes = await connection.children([{ kind: 'schema', name: 'bookings' }]);
      expect(nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
        ...['guests', 'hotels', 'rooms', 'stays'].map((name) => `table ${name}`),
        'view occupancy',
        'function arrivals',
        'function nights_of',
      ]);
    });
  });

  test('a second start keeps what was changed, and does not make the data again', async () => {
    const admin = await createConnection(server.admin);
    await admin.query(`update bookings.hotels set name = 'Mine' where id = 1`);
    await admin.end();
    await server[Symbol.asyncDispose]();
    const programs = await findMariaDb();
    if (programs) server = await startBookings(folder.path, programs);
    const again = await createConnection(server.admin);
    const [rows] = await again.query<RowDataPacket[]>('select name from bookings.hotels where id = 1');
    expect(rows).toEqual([{ name: 'Mine' }]);
    await again.end();
  }, 60_000);
});
