/** What a reader could try, one script each: whatever it answers, nothing has changed afterwards. */
import type { Connection as Client, RowDataPacket } from 'mysql2/promise';
import type { Connection } from '#core/engines/engine.ts';
import { mysql } from '#core/engines/mysql/mysql.ts';
import { describeWith } from '../../../support/machine.ts';
import { type MariaDbTestServer, startMariaDbServer } from '../../../support/mariadb-server.ts';
import { all, collect, rowsFrom } from '../collect.ts';

const SET_UP = `
create table thing (id int primary key, name varchar(20)) engine = InnoDB;
insert into thing values (1, 'a'), (2, 'b'), (3, 'c');
create table old (id int primary key) engine = MyISAM;
insert into old values (1);
create sequence counter;
create view seen as select * from thing;
create function wipe() returns int modifies sql data begin delete from thing; return 1; end;
create procedure wipe_for_good() begin commit; start transaction read write; delete from thing; commit; end;
create procedure wipe_after_setting() begin
  set session transaction read write; set @@session.tx_read_only = 0; commit; delete from thing; end;
create procedure wipe_by_text() begin
  execute immediate 'commit'; execute immediate 'start transaction read write'; delete from thing; commit; end;
create procedure wipe_by_guess() begin
  declare continue handler for sqlexception begin end;
  xa end 'lodge'; xa rollback 'lodge'; xa end ''; xa rollback ''; rollback; start transaction read write; delete from thing; commit;
end;
create procedure wipe_by_recovery() begin
  declare continue handler for sqlexception begin end;
  xa recover; xa commit 'lodge' one phase; commit work and chain; delete from thing; commit;
end;
create procedure drop_it() begin declare continue handler for sqlexception begin end; drop table thing; end;`;

/** The database as far as these scripts could change it. */
const STATE = `
select (select group_concat(id, name order by id) from thing) a, (select count(*) from old) b,
  (select group_concat(table_name order by 1) from information_schema.tables where table_schema = database()) c,
  (select group_concat(routine_name order by 1) from information_schema.routines where routine_schema = database()) d,
  (select next_not_cached_value from counter) e, (select group_concat(user order by 1) from mysql.global_priv) f,
  (select count(*) from information_schema.events) g, (select count(*) from information_schema.statistics) h,
  (select count(*) from mysql.tables_priv) i`;

const DELETE = 'delete from thing';
const LEAVE = ['commit', 'rollback', 'begin', 'start transaction', 'start transaction read write', 'commit and chain'];
const SETTINGS = [
  'set transaction read write',
  'set session transaction read write',
  'set tx_read_only = 0',
  'set @@session.tx_read_only = 0',
  'set autocommit = 0',
  'set autocommit = 1',
  'set sql_log_bin = 0',
  'set completion_type = 1',
  `set sql_mode = 'ORACLE'`,
];
const ATTACKS: readonly string[] = [
  DELETE,
  ...LEAVE.map((text) => `${text}; ${DELETE}; commit`),
  ...SETTINGS.map((text) => `${text}; ${DELETE}; commit`),
  ...SETTINGS.map((text) => `${text}; commit; ${DELETE}; commit`),
  `set statement tx_read_only = 0 for ${DELETE}`,
  `begin not atomic commit; ${DELETE}; commit; end`,
  `begin not atomic declare continue handler for sqlexception begin end; commit; rollback; start transaction read write; ${DELETE}; commit; end`,
  `begin not atomic set session transaction read write; commit; ${DELETE}; end`,
  `begin not atomic declare continue handler for sqlexception begin end; create table evil (a int); ${DELETE}; commit; end`,
  'call wipe_for_good()',
  'call wipe_after_setting()',
  'call wipe_by_text()',
  'call wipe_by_guess()',
  'call wipe_by_recovery()',
  'call drop_it()',
  'select wipe()',
  'select * from thing where wipe() = 1',
  'do wipe()',
  'set @x = wipe()',
  `execute immediate '${DELETE}'`,
  `execute immediate 'commit'; ${DELETE}`,
  `prepare p from '${DELETE}'; execute p`,
  `prepare p from 'commit'; execute p; ${DELETE}`,
  `savepoint a; rollback to a; ${DELETE}; commit`,
  `xa end 'lodge'; xa rollback 'lodge'; ${DELETE}`,
  `xa start 'mine'; ${DELETE}; xa end 'mine'; xa commit 'mine' one phase`,
  `xa end 'lodge'; xa prepare 'lodge'; xa commit 'lodge'`,
  `insert into thing values (4, 'd')`,
  `insert into thing values (4, 'd') returning *`,
  `insert into seen values (4, 'd')`,
  `insert into old values (2)`,
  `replace into thing values (1, 'x')`,
  `update thing set name = 'x'`,
  `update thing, old set thing.name = 'x'`,
  'delete thing from thing join old using (id)',
  'truncate thing',
  'truncate old',
  'select * from thing for update',
  'select next value for counter',
  'select setval(counter, 100)',
  'create table evil (a int)',
  'create table evil as select * from thing',
  'create temporary table evil (a int)',
  'create view evil as select 1',
  'create function evil() returns int return 1',
  'create procedure evil() select 1',
  'create trigger evil before insert on thing for each row set new.name = 1',
  'create event evil on schedule every 1 day do select 1',
  'create database evil',
  'create user evil',
  'create role evil',
  'create index evil on thing (name)',
  'create sequence evil',
  `create server evil foreign data wrapper mysql options (host 'x')`,
  'drop table thing',
  'drop view seen',
  'drop sequence counter',
  'drop function wipe',
  'drop procedure wipe_for_good',
  'drop database workplace',
  'drop user lodge_admin@127.0.0.1',
  'alter table thing add column x int',
  'alter table thing engine = MyISAM',
  'alter database charset latin1',
  'rename table thing to thang',
  'rename user lodge_admin@127.0.0.1 to x',
  'grant select on thing to public',
  `set password = password('x')`,
  `alter user current_user identified by 'x'`,
  'set default role none',
  'analyze table thing',
  'optimize table thing',
  'repair table old',
  'lock tables thing write; delete from thing; unlock tables',
  `lock tables thing write; ${DELETE}`,
  'flush tables with read lock',
  'flush privileges',
  `install soname 'ha_spider'`,
  `load data infile '/etc/hostname' into table thing`,
  `load data local infile '/etc/hostname' into table thing`,
  'analyze delete from thing',
  'analyze format = json delete from thing',
  'handler thing open; handler thing read first; handler thing close',
  `set names gbk; ${DELETE}`,
  `/*! commit */; ${DELETE}`,
  `/*M! commit */; /*M! ${DELETE} */`,
  `delimiter //\ncommit; ${DELETE} //`,
];

describeWith('mariadb', 'reading on a real MariaDB', () => {
  describe('a reader of MariaDB', () => {
    let server: MariaDbTestServer;
    let admin: Client;
    beforeAll(async () => {
      server = await startMariaDbServer();
      admin = await server.client(server.login, server.target.database);
      // One by one: the bodies hold semicolons.
      for (const text of SET_UP.split(/;\n(?=create|insert)/)) await admin.query(text.replace(/;$/, ''));
    }, 120_000);
    afterAll(async () => {
      await server[Symbol.asyncDispose]();
    });

    const read = (): Promise<Connection> =>
      mysql.connect(server.target, server.login, { readOnly: true, signal: new AbortController().signal });
    const state = async (): Promise<unknown> => (await admin.query<RowDataPacket[]>(STATE))[0];

    it('changes nothing, whatever is tried, though it may do everything', async () => {
      const before = await state();
      for (const attack of ATTACKS) {
        await using connection = await read();
        await collect(connection, attack);
        // And again where it left the session.
        await collect(connection, DELETE);
        expect([attack, await state()]).toEqual([attack, before]);
      }
    }, 120_000);

    it('is told that the connection only reads, with the number of the server', async () => {
      await using connection = await read();
      const { error } = await collect(connection, `select 1; ${DELETE}`);
      expect(error).toMatchObject({ code: 'READ_ONLY', details: { statement: 1, native: { code: '1792 (25006)' } } });
      for (const change of ['create table evil (a int)', 'commit', 'call wipe_for_good()'])
        expect((await collect(connection, change)).error).toMatchObject({
          code: 'READ_ONLY',
          details: { statement: 0, native: { code: '1399 (XAE07)' }, hint: expect.stringContaining('BEGIN') },
        });
    });

    it('keeps what it sets from one statement to the next', async () => {
      await using connection = await read();
      const script = `set @a = 5; set sql_mode = 'ANSI_QUOTES'; select @a, @@sql_mode; use mysql; select database()`;
      const { results, error } = await collect(connection, script);
      expect([results, error]).toEqual([[[['5', 'ANSI_QUOTES']], [['mysql']]], undefined]);
    });

    it('sees what others commit between two statements', async () => {
      await using connection = await read();
      const events = connection.run('select count(*) from thing; select count(*) from thing', {
        maxRows: 10,
        timeoutSeconds: 10,
        signal: new AbortController().signal,
      });
      const counts: string[] = [];
      for await (const event of events) {
        if (event instanceof Uint8Array) counts.push(new TextDecoder().decode(event));
        if (!(event instanceof Uint8Array) && event.type === 'statement' && event.statement === 0)
          await admin.query(`insert into thing values (9, 'z')`);
      }
      await admin.query('delete from thing where id = 9');
      expect(counts).toHaveLength(2);
      expect(counts[1]).toContain('"4"');
    });

    it('goes on after a result has been cut', async () => {
      await using connection = await read();
      const script = 'select seq from seq_1_to_9000000 limit 8000000; select 7';
      const collected = await collect(connection, script, { maxRows: 5 });
      expect(collected.error).toBeUndefined();
      expect(collected.results.map((rows) => rows.length)).toEqual([5, 1]);
      expect(all(collected, 'done').map(({ truncated }) => truncated)).toEqual([true, false]);
    });

    it('leaves no transaction open behind a script, and no lock', async () => {
      await using connection = await read();
      for (const script of ['select * from thing lock in share mode', 'select nothing', 'select 1'])
        await collect(connection, script);
      const [rows] = await admin.query<RowDataPacket[]>('select count(*) as open from information_schema.innodb_trx');
      expect(rows).toEqual([{ open: 0 }]);
      await admin.query('alter table thing comment = "not locked"');
      expect(await rowsFrom(connection, 'select count(*) from thing')).toEqual([['3']]);
    });
  });
});
