/** What scripts do on a connection that may write, and what PostgreSQL says on the way. */
import type { Client } from 'pg';
import type { Connection } from '#core/engines/engine.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres-server.ts';
import { all, collect, eventually, first, options, rowsFrom } from '../collect.ts';

describe('a script for PostgreSQL', () => {
  let server: PostgresServer;
  let admin: Client;
  let connection: Connection;
  const connect = (readOnly = false): Promise<Connection> =>
    postgres.connect(server.target, server.login, { readOnly, signal: new AbortController().signal });
  const one = async (text: string): Promise<unknown> => Object.values((await admin.query(text)).rows[0])[0];

  beforeAll(async () => {
    server = await startPostgres();
    admin = await server.client();
    await admin.query(`create table thing (id int primary key, name text);
      create function noisy() returns int language plpgsql as $$begin
        raise notice 'one'; raise warning 'two' using hint = 'a hint', detail = 'a detail'; raise info 'three'; return 1; end$$;
      create function counted(i int) returns int language sql as 'update thing set name = name || 1 where id = i returning id';
      create procedure doubled(inout x int) language plpgsql as 'begin x := x * 2; end';
      create procedure in_parts() language plpgsql as
        $$begin insert into thing values (100); commit; insert into thing values (101); rollback; end$$`);
    connection = await connect();
  }, 120_000);
  beforeEach(async () => {
    await admin.query(`truncate thing; insert into thing select i, 'x' from generate_series(1, 10) i`);
  });
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  describe('and its transactions', () => {
    it('commits each statement by itself', async () => {
      await collect(connection, 'delete from thing where id = 1; select 1 / 0');
      expect(await one('select count(*) from thing')).toBe('9');
    });

    it('commits together what it says to commit together', async () => {
      await collect(connection, 'begin; delete from thing where id < 3; delete from thing where id = 3; commit');
      expect(await one('select count(*) from thing')).toBe('7');
    });

    it('is rolled back where it ends inside a transaction, and says so', async () => {
      const collected = await collect(connection, 'begin; delete from thing');
      expect(collected.error).toBeUndefined();
      expect(first(collected, 'notice')).toMatchObject({
        severity: 'WARNING',
        message: expect.stringContaining('rolled back'),
      });
      expect(await one('select count(*) from thing')).toBe('10');
    });

    it('is rolled back where it fails inside a transaction, and says so', async () => {
      const collected = await collect(connection, 'begin; delete from thing; select 1 / 0; commit');
      expect(collected.error).toMatchObject({ code: 'STATEMENT_FAILED', details: { statement: 2 } });
      expect(first(collected, 'notice').message).toContain('rolled back');
      expect(await one('select count(*) from thing')).toBe('10');
      expect(await rowsFrom(connection, 'select count(*) from thing')).toEqual([['10']]);
    });

    it('runs what may not run in a transaction', async () => {
      const script =
        'vacuum thing; create index concurrently i on thing (name); drop index i; create database other; drop database other; call in_parts()';
      const collected = await collect(connection, script);
      expect(collected.error).toBeUndefined();
      expect(await one('select string_agg(id::text, $$,$$) from thing where id >= 100')).toBe('100');
    });

    it('commits whole what its limit of rows has cut', async () => {
      const cut: readonly (readonly [string, string])[] = [
        [`update thing set name = 'cut' returning *`, `select count(*) from thing where name = 'cut'`],
        [
          `with u as (update thing set name = 'cte' returning *) select * from u`,
          `select count(*) from thing where name = 'cte'`,
        ],
        [`begin; update thing set name = 'in' returning *; commit`, `select count(*) from thing where name = 'in'`],
        ['insert into thing select i from generate_series(11, 20) i returning id', 'select count(*) - 10 from thing'],
      ];
      for (const [script, count] of cut) {
        const collected = await collect(connection, script, { maxRows: 3 });
        expect(collected.error).toBeUndefined();
        expect(collected.results.map((rows) => rows.length)).toEqual([3]);
        expect(all(collected, 'done').some(({ truncated, rows }) => truncated && rows === 3)).toBe(true);
        expect([script, await one(count)]).toEqual([script, '10']);
      }
    });

    it('keeps what functions have done to the rows that were read', async () => {
      const collected = await collect(connection, 'select counted(i) from generate_series(1, 10) i', { maxRows: 2 });
      expect(first(collected, 'done')).toMatchObject({ command: 'SELECT', rows: 2, truncated: true });
      expect(Number(await one(`select count(*) from thing where name = 'x1'`))).toBeGreaterThanOrEqual(2);
    });

    it('drops a table whose rows have been cut before', async () => {
      const script =
        'begin; select * from thing; alter table thing add column extra int; commit; alter table thing drop column extra';
      expect((await collect(connection, script, { maxRows: 1 })).error).toBeUndefined();
    });
  });

  describe('and its records', () => {
    it('says what each command was and how many rows it affected', async () => {
      const script = `insert into thing values (11), (12); update thing set name = 'y'; delete from thing where id > 10 returning id;
        merge into thing t using (values (1)) v(i) on t.id = v.i when matched then update set name = 'z';
        create table made as select * from thing; drop table made; select * from thing limit 2; set work_mem = '5MB'; show work_mem`;
      const collected = await collect(connection, script);
      expect(collected.error).toBeUndefined();
      expect(all(collected, 'done').map(({ command, rows, affected }) => [command, rows, affected])).toEqual([
        ['INSERT', 0, 2],
        ['UPDATE', 0, 12],
        ['DELETE', 2, 2],
        ['MERGE', 0, 1],
        ['SELECT', 0, 10],
        ['DROP TABLE', 0, undefined],
        ['SELECT', 2, undefined],
        ['SET', 0, undefined],
        ['SHOW', 1, undefined],
      ]);
    });

    it('passes notices on in their order, with their severity', async () => {
      const collected = await collect(connection, `select noisy(); select '${'n'.repeat(70)}' as "${'n'.repeat(70)}"`);
      expect(all(collected, 'notice').map(({ severity, message }) => [severity, message])).toEqual([
        ['NOTICE', 'one'],
        ['WARNING', 'two'],
        ['INFO', 'three'],
        ['NOTICE', expect.stringContaining('will be truncated')],
      ]);
      expect(all(collected, 'notice')[1]).toMatchObject({ detail: 'a detail', hint: 'a hint', code: '01000' });
      expect(collected.records.at(-1)?.type).toBe('done');
    });

    it('gives the rows of everything that has rows', async () => {
      const script = `values (1), (2); table thing; show server_encoding; explain select 1; call doubled(21);
        prepare p as select 7; execute p; begin; declare c cursor for select 8; fetch c; commit; deallocate all; select 9`;
      const { results, error } = await collect(connection, script);
      expect(error).toBeUndefined();
      const ends = results.map((rows) => rows.at(-1)?.[0]);
      expect(ends).toEqual(['2', '10', 'UTF8', expect.stringContaining('Result'), '42', '7', '8', '9']);
    });

    it('knows columns again after a statement has renamed them', async () => {
      const script =
        'create table t (a int primary key); select * from t; alter table t rename a to b; alter table t add c text; select * from t; drop table t';
      const collected = await collect(connection, script);
      const [before, after] = all(collected, 'columns').map(({ columns }) =>
        columns.map((column) => column.table?.column),
      );
      expect([before, after]).toEqual([['a'], ['b', 'c']]);
    });

    it('runs hundreds of statements', async () => {
      const script = Array.from({ length: 500 }, (_, index) => `select ${index} as n`).join(';\n');
      const { results, error } = await collect(connection, script);
      expect(error).toBeUndefined();
      expect(results.flat(2)).toEqual(Array.from({ length: 500 }, (_, index) => String(index)));
    });
  });

  describe('and its errors', () => {
    it('gives all that PostgreSQL says of an error', async () => {
      const { error } = await collect(connection, `insert into thing values (1, 'secret row')`);
      expect(error).toMatchObject({
        code: 'STATEMENT_FAILED',
        message: expect.stringContaining('duplicate key'),
        details: { statement: 0, native: { code: '23505', severity: 'ERROR', detail: 'Key (id)=(1) already exists.' } },
      });
      // What a log may be given has neither the sentence nor the values.
      expect(JSON.stringify((error as Error).cause)).toBe('{"name":"error","code":"23505"}');
    });

    it('says where in a function an error arose', async () => {
      const { error } = await collect(connection, 'do $$ begin perform 1 / 0; end $$');
      expect(error).toMatchObject({ details: { native: { where: expect.stringContaining('line 1 at PERFORM') } } });
    });

    it('counts the place of an error in the statement, not in the script', async () => {
      const { error } = await collect(connection, '/* 😀 */ select 1;\n\n  select 1,\n nothing');
      expect(error).toMatchObject({ details: { statement: 1, native: { position: 'select 1,\n n'.length } } });
    });

    it('has no values for parameters, and says so', async () => {
      for (const statement of ['select $1::int', 'select * from thing where id = $1'])
        expect((await collect(connection, statement)).error).toMatchObject({
          code: 'STATEMENT_FAILED',
          message: expect.stringContaining('parameters'),
        });
    });

    it('holds no NUL', async () => {
      expect((await collect(connection, `select 'a\0b'`)).error).toMatchObject({ code: 'INPUT_INVALID' });
    });

    it.each([
      ['copy thing from stdin'],
      ['copy thing to stdout'],
      ['copy (select * from generate_series(1, 3000000)) to stdout'],
      ['begin; copy thing from stdin; commit'],
    ])('does not take part in %s', async (script) => {
      for (const readOnly of [false, true]) {
        await using own = await connect(readOnly);
        const { error } = await collect(own, script);
        const refused = readOnly && script.includes('stdin') ? 'READ_ONLY' : 'STATEMENT_FAILED';
        expect(error).toMatchObject({ code: refused });
        if (refused === 'STATEMENT_FAILED') expect((error as Error).message).toContain('COPY');
        expect(await rowsFrom(own, 'select 1')).toEqual([['1']]);
        expect(await one('select count(*) from thing')).toBe('10');
      }
    });

    it('is stopped when its time is over even where it has undone the limit', async () => {
      const script = 'set statement_timeout = 0; select pg_sleep(60)';
      const { error } = await collect(connection, script, { timeoutSeconds: 1 });
      expect(error).toMatchObject({ code: 'STATEMENT_TIMEOUT', details: { statement: 1 } });
      expect(await rowsFrom(connection, 'show statement_timeout', { timeoutSeconds: 7 })).toEqual([['7s']]);
    });

    it('says that the connection is lost, then and later', async () => {
      const own = await connect();
      const events = own.run('select pg_backend_pid(), pg_sleep(60)', options())[Symbol.asyncIterator]();
      const { value: started } = await events.next();
      const ended = (async () => {
        for (let next = await events.next(); !next.done; next = await events.next());
      })();
      ended.catch(() => undefined);
      const pid = (started as { handle: string }).handle.split('.')[0];
      await eventually(async () => (await one(`select state from pg_stat_activity where pid = ${pid}`)) === 'active');
      await admin.query(`select pg_terminate_backend(${pid})`);
      await expect(ended).rejects.toMatchObject({ code: 'DATABASE_LOST' });
      expect((await collect(own, 'select 1')).error).toMatchObject({ code: 'DATABASE_LOST' });
      await expect(own.children([])).rejects.toMatchObject({ code: 'DATABASE_LOST' });
      await own[Symbol.asyncDispose]();
    });
  });

  it('may listen without being disturbed', async () => {
    const { results, error } = await collect(connection, `listen news; notify news, 'now'; select 1; unlisten *`);
    expect([results, error]).toEqual([[[['1']]], undefined]);
  });

  it('leaves the first rows of a slow statement to their reader before the last have come', async () => {
    // PostgreSQL sends when it has 8 KB.
    const slow = `select repeat('x', 9000), case when i > 1 then pg_sleep(0.4) end from generate_series(1, 4) i`;
    const counts: number[] = [];
    for await (const event of connection.run(slow, options()))
      if (event instanceof Uint8Array) counts.push(JSON.parse(new TextDecoder().decode(event)).count);
    expect(counts.length).toBeGreaterThan(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  it('does not let the cancel of one statement hit the next', async () => {
    await using reader = await connect(true);
    for (let i = 0; i < 20; i += 1) {
      const cut = `select generate_series(1, ${i * 1_000})`;
      const { error } = await collect(reader, `${cut}; select 1; ${cut}; select 2`, { maxRows: 5 });
      expect(error).toBeUndefined();
    }
  });
});
