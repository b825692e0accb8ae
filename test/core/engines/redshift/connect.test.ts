import type { Client } from 'pg';
import type { Login } from '#core/engines/engine.ts';
import { redshift } from '#core/engines/redshift/redshift.ts';
import type { PostgresServer } from '../../../support/postgres-server.ts';
import { collect, eventually, options, rowsFrom } from '../collect.ts';
import { startRedshift } from './start-redshift.ts';

describe('connecting to Redshift', () => {
  let server: PostgresServer;
  let admin: Client;
  const connect = (login: Partial<Login> = {}, readOnly = false) =>
    redshift.connect(server.target, { ...server.login, ...login }, { readOnly, signal: new AbortController().signal });

  beforeAll(async () => {
    server = await startRedshift();
    admin = await server.client();
    for (const name of ['mine', 'theirs']) await admin.query(`create role ${name} login password 'p'`);
  }, 120_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  it("says Redshift's version, not that of the PostgreSQL that it pretends to be", async () => {
    await using connection = await connect();
    expect(connection.about).toEqual({ version: '1.0.369760', user: 'postgres', database: 'postgres' });
  });

  it('sets what keeps digits, how long a statement may run, and for a reader that it only reads', async () => {
    const shown = async (readOnly: boolean) => {
      await using connection = await connect({}, readOnly);
      const names = ['extra_float_digits', 'DateStyle', 'statement_timeout', 'default_transaction_read_only'];
      const script = names.map((name) => `show ${name}`).join(';');
      return (await collect(connection, script, { timeoutSeconds: 7 })).results.map((rows) => rows[0]?.[0]);
    };
    expect(await shown(false)).toEqual(['2', 'ISO, MDY', '7s', 'off']);
    expect(await shown(true)).toEqual(['2', 'ISO, MDY', '7s', 'on']);
  });

  it('says so where the server refuses the first words, and leaves no connection behind', async () => {
    await admin.query('alter function pg_catalog.getdate() rename to no_date');
    await expect(connect()).rejects.toMatchObject({
      code: 'STATEMENT_FAILED',
      message: expect.stringContaining('getdate'),
    });
    const left = `select count(*)::int as left from pg_stat_activity where application_name = 'Lodge'`;
    await eventually(async () => (await admin.query(left)).rows[0].left === 0);
    await admin.query('alter function pg_catalog.no_date() rename to getdate');
  });

  it("cancels nothing of another user's, and nothing of a session that began later with the same pid", async () => {
    await using mine = await connect({ user: 'mine', password: 'p' });
    await using theirs = await connect({ user: 'theirs', password: 'p' });
    await using again = await connect({ user: 'mine', password: 'p' });
    const abort = new AbortController();
    const events = mine.run('select pg_sleep(60)', options({ signal: abort.signal }))[Symbol.asyncIterator]();
    const { handle } = (await events.next()).value as { handle: string };
    const ended = (async () => {
      for (let next = await events.next(); !next.done; next = await events.next());
    })();
    ended.catch(() => undefined);
    const [pid] = handle.split('.');
    const runs = async () =>
      (await admin.query(`select state from pg_stat_activity where pid = ${pid}`)).rows[0]?.state;
    await eventually(async () => (await runs()) === 'active');
    expect(handle).toMatch(/^\d+\.\d{14}$/);
    expect(await theirs.cancel(handle)).toBe(false);
    expect(await again.cancel(`${pid}.20000101000000`)).toBe(false);
    expect(await runs()).toBe('active');
    abort.abort();
    await expect(ended).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
    expect(await rowsFrom(mine, 'select 1')).toEqual([['1']]);
  });

  it('runs nothing for a reader whose transaction has been made read-write, as PostgreSQL 8.0 lets it be', async () => {
    await admin.query('create table kept (a int); insert into kept values (1)');
    await admin.query(
      `create or replace function pg_catalog.current_setting(text) returns text language sql as $$select 'off'$$`,
    );
    await using reader = await connect({}, true);
    const { error } = await collect(reader, 'delete from kept');
    expect(error).toMatchObject({ code: 'READ_ONLY', message: expect.stringContaining('nothing was run') });
    expect((await admin.query('select a from kept')).rows).toEqual([{ a: 1 }]);
  });
});
