/**
 * What a reader could try, one script each: whatever it answers, nothing has changed afterwards. Every engine on
 * PostgreSQL's wire is tried by the same scripts, and always against PostgreSQL.
 */
import type { Client } from 'pg';
import type { Connection, Engine } from '#core/engines/engine.ts';
import type { PostgresServer } from '../../../support/postgres-server.ts';
import { all, collect, rowsFrom } from '../collect.ts';

const SET_UP = `
create table thing (id int primary key, name text);
insert into thing values (1, 'a'), (2, 'b'), (3, 'c');
create sequence counter;
create view seen as select * from thing;
create materialized view kept as select * from thing;
create function wipe() returns int language sql as 'delete from thing; select 1';
create function wipe_as_owner() returns int language sql security definer as 'delete from thing; select 1';
create function wipe_by_setting() returns int language plpgsql set default_transaction_read_only = off as
  'begin set transaction read write; delete from thing; return 1; end';
create function wipe_after_setting() returns int language plpgsql as
  $$begin perform set_config('transaction_read_only', 'off', false); delete from thing; return 1; end$$;
create procedure wipe_for_good() language plpgsql as 'begin commit; delete from thing; commit; end';
create procedure wipe_after_all() language plpgsql as
  'begin begin delete from thing; exception when others then null; end; rollback; delete from thing; commit; end';
create type operation as (x int);
create function wipe_operator(a int, b text) returns bool language sql as 'delete from thing; select true';
create schema evil; create function evil.current_setting(text) returns text language sql as $$select 'on'$$;
grant usage on schema evil to reader;
create operator === (leftarg = int, rightarg = text, function = wipe_operator);
grant all on all tables in schema public to reader; grant all on all sequences in schema public to reader;
grant create on schema public to reader;`;

/** The database as far as these scripts could change it. */
const STATE = `
select (select json_agg(t order by id) from thing t), (select count(*) from pg_class), (select count(*) from pg_proc),
  (select last_value || ' ' || is_called from counter), (select count(*) from pg_prepared_xacts),
  (select count(*) from pg_db_role_setting), (select count(*) from pg_largeobject_metadata),
  (select count(*) from pg_locks where mode = 'AccessExclusiveLock')`;

const DELETE = 'delete from thing';
const ATTACKS: readonly string[] = [
  DELETE,
  `commit; ${DELETE}`,
  `end; ${DELETE}; commit`,
  `rollback; ${DELETE}`,
  `abort; ${DELETE}`,
  `commit and chain; ${DELETE}; commit`,
  `commit and chain; set transaction read write; ${DELETE}; commit`,
  `rollback and chain; set transaction read write; ${DELETE}; commit`,
  `begin; commit and chain; set transaction read write; ${DELETE}; commit`,
  `begin; commit and chain; commit and chain; set local transaction_read_only = off; ${DELETE}; commit`,
  `begin read write; ${DELETE}; commit`,
  `start transaction read write; ${DELETE}; commit`,
  `commit; begin read write; ${DELETE}; commit`,
  `commit; begin isolation level serializable, read write; ${DELETE}; commit`,
  `begin; set transaction read write; ${DELETE}; commit`,
  `begin; rollback; begin; set transaction read write; ${DELETE}; commit`,
  `set transaction read write; ${DELETE}`,
  `set transaction_read_only = off; ${DELETE}`,
  `set local transaction_read_only = off; ${DELETE}`,
  `reset transaction_read_only; ${DELETE}`,
  `set session characteristics as transaction read write; ${DELETE}`,
  `set session characteristics as transaction read write; commit; begin; ${DELETE}; commit`,
  `set default_transaction_read_only = off; ${DELETE}`,
  `set default_transaction_read_only = off; begin; ${DELETE}; commit`,
  `select set_config('transaction_read_only', 'off', false); ${DELETE}`,
  `select set_config('transaction_read_only', 'off', true), wipe()`,
  `select set_config('default_transaction_read_only', 'off', false); commit; ${DELETE}`,
  `reset all; commit; ${DELETE}`,
  `discard all; ${DELETE}`,
  `savepoint a; set transaction read write; ${DELETE}`,
  `begin; savepoint a; set transaction read write; ${DELETE}; release a; commit`,
  `begin; savepoint a; rollback to a; set transaction read write; ${DELETE}; commit`,
  `begin; savepoint a; release a; set transaction_read_only = off; ${DELETE}; commit`,
  'do $$ begin delete from thing; end $$',
  'do $$ begin commit; delete from thing; end $$',
  'do $$ begin rollback; delete from thing; commit; end $$',
  'do $$ begin set transaction read write; delete from thing; end $$',
  `do $$ begin perform set_config('transaction_read_only', 'off', true); delete from thing; end $$`,
  'do $$ begin begin perform 1 / 0; exception when others then delete from thing; end; end $$',
  'do $$ begin commit and chain; set transaction read write; delete from thing; end $$',
  `do $$ begin execute 'commit'; delete from thing; end $$`,
  'call wipe_for_good()',
  'call wipe_after_all()',
  'commit; call wipe_for_good()',
  'begin; call wipe_for_good(); commit',
  'select wipe()',
  'select wipe_as_owner()',
  'select wipe_by_setting()',
  'select wipe_after_setting()',
  `select 1 === 'x'`,
  'select * from thing where wipe() = 1',
  'with gone as (delete from thing returning *) select * from gone',
  'explain analyze delete from thing',
  'prepare p as delete from thing; execute p',
  'prepare p as delete from thing; commit; execute p',
  `prepare transaction 'left'; ${DELETE}`,
  `commit prepared 'left'`,
  'declare c cursor with hold for select wipe(); commit; fetch all from c',
  `insert into thing values (4, 'd')`,
  `insert into seen values (4, 'd')`,
  `update thing set name = 'x' returning *`,
  `merge into thing t using (values (1)) v(i) on t.id = v.i when matched then delete`,
  'truncate thing',
  'select * from thing for update',
  'declare c cursor for select * from thing for update',
  'lock table thing in access exclusive mode; commit',
  `select nextval('counter')`,
  `select setval('counter', 100)`,
  'create table evil (a int)',
  'create table evil as select * from thing',
  'select * into evil from thing',
  'create temp table evil (a int)',
  'create view evil as select 1',
  'create function evil() returns int language sql as $$select 1$$',
  'drop table thing',
  'alter table thing add column x int',
  'create index on thing (name)',
  'refresh materialized view kept',
  `comment on table thing is 'x'`,
  'grant select on thing to public',
  'reassign owned by reader to postgres',
  `alter role reader set work_mem = '1MB'`,
  'vacuum thing',
  'analyze thing',
  'reindex table thing',
  'cluster thing using thing_pkey',
  'copy thing from stdin',
  'select lo_create(0)',
  `select lo_from_bytea(0, 'x')`,
  `set standard_conforming_strings = off; select 'a\\'; delete from thing; --'; ${DELETE}`,
  `set client_encoding = 'LATIN1'; ${DELETE}`,
  `select $a$; $a$; commit; ${DELETE}`,
  `set search_path = evil, pg_catalog, public; commit and chain; set transaction read write; ${DELETE}; commit`,
  `set search_path = evil, pg_catalog, public; set transaction_read_only = off; ${DELETE}`,
];

/** `start` gives the server its engine's catalogue. */
export function readersChangeNothing(name: string, engine: Engine, start: () => Promise<PostgresServer>): void {
  describe(`a reader of ${name}`, () => {
    let server: PostgresServer;
    let admin: Client;
    const logins = { owner: { user: 'reader', password: 'reads' }, superuser: { user: '', password: '' } };

    beforeAll(async () => {
      server = await start();
      logins.superuser = server.login;
      admin = await server.client();
      await admin.query(`create role reader login password 'reads'`);
      await admin.query(SET_UP);
      await admin.query('alter table thing owner to reader');
    }, 120_000);
    afterAll(async () => {
      await server[Symbol.asyncDispose]();
    });

    const read = (who: keyof typeof logins): Promise<Connection> =>
      engine.connect(server.target, logins[who], { readOnly: true, signal: new AbortController().signal });
    const state = async (): Promise<unknown> => (await admin.query({ text: STATE, rowMode: 'array' })).rows[0];

    describe.each(['owner', 'superuser'] as const)('who logs in as the %s', (who) => {
      it('changes nothing, whatever is tried', async () => {
        const before = await state();
        for (const attack of ATTACKS) {
          await using connection = await read(who);
          await collect(connection, attack);
          // And again where it left the session.
          await collect(connection, DELETE);
          expect([attack, await state()]).toEqual([attack, before]);
        }
      }, 120_000);

      it('is told that the connection only reads', async () => {
        await using connection = await read(who);
        for (const change of [DELETE, 'select wipe()', 'create table evil (a int)', `select nextval('counter')`])
          expect((await collect(connection, change)).error).toMatchObject({
            code: 'READ_ONLY',
            details: { statement: 0, native: { code: '25006' } },
          });
      });

      it('keeps what it sets from one statement to the next', async () => {
        await using connection = await read(who);
        const { results, error } = await collect(
          connection,
          `set work_mem = '5MB'; set local work_mem = '6MB'; show work_mem`,
        );
        expect([results, error]).toEqual([[[['5MB']]], undefined]);
      });

      it('may use transactions of its own, without being told of ours', async () => {
        await using connection = await read(who);
        const script =
          'begin; select 1; savepoint a; select 2; rollback to a; commit; select 3; start transaction; rollback';
        const collected = await collect(connection, script);
        expect(collected.error).toBeUndefined();
        expect(collected.results).toEqual([[['1']], [['2']], [['3']]]);
        expect(all(collected, 'notice')).toEqual([]);
        expect(all(collected, 'done').map(({ command }) => command)).toEqual([
          ...[
            'BEGIN',
            'SELECT',
            'SAVEPOINT',
            'SELECT',
            'ROLLBACK',
            'COMMIT',
            'SELECT',
            'START TRANSACTION',
            'ROLLBACK',
          ],
        ]);
      });

      it('sees one snapshot in a transaction of its own, and goes on in it after a result has been cut', async () => {
        await using connection = await read(who);
        const script = `begin; declare c cursor for select 7; select generate_series(1, 100000); fetch all from c; commit`;
        const { results, error } = await collect(connection, script, { maxRows: 5 });
        expect(error).toBeUndefined();
        expect(results.map((rows) => rows.length)).toEqual([5, 1]);
      });

      it('sees what others commit between two statements', async () => {
        await using connection = await read(who);
        const [before] = await rowsFrom(connection, 'select count(*) from thing');
        await admin.query(`insert into thing values (9, 'z')`);
        const [after] = await rowsFrom(connection, 'select count(*) from thing');
        await admin.query('delete from thing where id = 9');
        expect([before, after]).toEqual([['3'], ['4']]);
      });

      it('leaves no transaction open behind a script', async () => {
        await using connection = await read(who);
        for (const script of ['begin; select 1', 'begin; select 1 / 0', 'select 1', 'select nothing'])
          await collect(connection, script);
        const open = `select count(*)::int from pg_stat_activity where state like 'idle in transaction%'`;
        expect((await admin.query({ text: open, rowMode: 'array' })).rows).toEqual([[0]]);
      });
    });
  });
}
