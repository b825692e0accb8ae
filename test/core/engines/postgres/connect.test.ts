import net from 'node:net';
import type { Client } from 'pg';
import type { Login, Target } from '#core/engines/engine.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres-server.ts';
import { collect, rowsFrom } from '../collect.ts';

describe('connecting to PostgreSQL', () => {
  let server: PostgresServer;
  let admin: Client;
  const connect = (target: Partial<Target> = {}, login: Partial<Login> = {}, readOnly = false) =>
    postgres.connect(
      { ...server.target, ...target },
      { ...server.login, ...login },
      { readOnly, signal: new AbortController().signal },
    );

  beforeAll(async () => {
    server = await startPostgres();
    admin = await server.client();
    for (const name of ['app', 'other', 'nobody']) await admin.query(`create role ${name} login password 'p'`);
    await admin.query(`create role full_up login password 'p' connection limit 0`);
    await admin.query('create database closed');
    await admin.query('revoke connect on database closed from public');
  }, 120_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('speaks TLS, to a host by its name or by its address', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      await using connection = await connect({ host });
      const [row] = await rowsFrom(connection, 'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()');
      expect(row).toEqual(['t', expect.stringMatching(/^TLSv1\.[23]$/)]);
    }
  });

  it('does not go on without TLS', async () => {
    const seen: Buffer[] = [];
    const plain = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        seen.push(bytes);
        socket.write('N');
      });
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as net.AddressInfo;
    await expect(connect({ port })).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    plain.close();
    // The request for TLS, and nothing after it.
    expect(Buffer.concat(seen).toString('hex')).toBe('0000000804d2162f');
  });

  it('sets what keeps every digit and ends what nobody reads', async () => {
    await using connection = await connect();
    const shown = [
      'application_name',
      'client_encoding',
      'DateStyle',
      'extra_float_digits',
      'default_transaction_read_only',
    ];
    const { results } = await collect(
      connection,
      [...shown, 'client_connection_check_interval'].map((name) => `show ${name}`).join(';'),
    );
    const values = results.map((rows) => rows[0]?.[0]);
    expect(values.slice(0, 5)).toEqual(['Lodge', 'UTF8', 'ISO, MDY', '3', 'off']);
    expect(values[5]).toBe(process.platform === 'linux' ? '5s' : '0');
  });

  it.each([
    ['there is no such database', { database: 'nowhere' }, {}, 'LOGIN_FAILED'],
    ['the user may not connect to it', { database: 'closed' }, { user: 'nobody', password: 'p' }, 'LOGIN_FAILED'],
    ['there is no such user', {}, { user: 'stranger' }, 'LOGIN_FAILED'],
    ['the password is empty', {}, { password: '' }, 'LOGIN_FAILED'],
    ['there is no connection left', {}, { user: 'full_up', password: 'p' }, 'DATABASE_UNREACHABLE'],
  ])('says so where %s', async (_, target, login, code) => {
    await expect(connect(target, login)).rejects.toMatchObject({ code, details: { hint: expect.any(String) } });
  });

  it('asks neither the environment nor a file for what it was not given', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { PGPASSWORD: server.login.password, PGSSLMODE: 'disable', PGUSER: 'app' });
    try {
      await expect(connect({}, { password: '' })).rejects.toMatchObject({ code: 'LOGIN_FAILED' });
      await using connection = await connect();
      expect(await rowsFrom(connection, 'select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toEqual([['t']]);
    } finally {
      process.env = before;
    }
  });

  it('leaves no connection behind, whether it was refused or closed', async () => {
    await connect({}, { password: 'wrong' }).catch(() => undefined);
    const connection = await connect({}, { user: 'app', password: 'p' });
    await connection[Symbol.asyncDispose]();
    const left = `select count(*)::int as left from pg_stat_activity where application_name = 'Lodge'`;
    for (let i = 0; i < 50 && (await admin.query(left)).rows[0].left > 0; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await admin.query(left)).rows).toEqual([{ left: 0 }]);
  });

  it("cancels nothing of another user's, and nothing that only shares a pid", async () => {
    await using mine = await connect({}, { user: 'app', password: 'p' });
    await using theirs = await connect({}, { user: 'other', password: 'p' });
    const events = mine.run('select pg_sleep(1.5)', {
      maxRows: 1,
      timeoutSeconds: 10,
      signal: new AbortController().signal,
    });
    const iterator = events[Symbol.asyncIterator]();
    const { handle } = (await iterator.next()).value as { handle: string };
    const ended = (async () => {
      for (let next = await iterator.next(); !next.done; next = await iterator.next());
    })();
    expect(await theirs.cancel(handle)).toBe(false);
    await using again = await connect({}, { user: 'app', password: 'p' });
    expect(await again.cancel(`${handle.split('.')[0]}.20000101000000000000`)).toBe(false);
    await ended;
  });
});
