import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { boundToConnection } from '#core/engines/sql/bound-to-connection.ts';

type Dialect = keyof typeof SQL_DIALECTS;

const LEAVING: readonly (readonly [Dialect, string])[] = [
  ['postgres', "set work_mem = '1GB'"],
  ['postgres', 'reset all'],
  ['postgres', '-- a copy\nCREATE TEMP TABLE t AS SELECT 1'],
  ['postgres', 'create local temporary table t (id int)'],
  ['postgres', 'select * into temporary t from u'],
  ['postgres', 'create table pg_temp.t (id int)'],
  ['postgres', "select set_config('search_path', 'x', false)"],
  ['postgres', 'select pg_advisory_lock(1)'],
  ['postgres', 'prepare p as select 1'],
  ['postgres', 'declare c cursor with hold for select 1'],
  ['postgres', "load 'auto_explain'"],
  ['postgres', 'listen news'],
  ['postgres', 'call nightly()'],
  ['postgres', 'do $$ begin end $$'],
  ['postgres', 'alter role reports set work_mem = 1'],
  ['postgres', 'create table "pg_temp".t (id int)'],
  ['redshift', 'create table #t (id int)'],
  ['redshift', 'select 1 as n into #t'],
  ['mysql', 'set @a = 1'],
  ['mysql', 'select 1 into @a'],
  ['mysql', 'use shop'],
  ['mysql', 'lock tables t write'],
  ['mysql', 'create temporary table t (id int)'],
  ['mysql', "select get_lock('a', 1)"],
  ['mysql', '/*!40101 SET NAMES utf8 */'],
  ['mysql', 'begin not atomic set x = 1; end'],
  ['tsql', 'select 1 as n into #t'],
  ['tsql', 'select 1 as n into [#t]'],
  ['tsql', 'update t set a = 1; SET NOCOUNT ON'],
  ['tsql', 'set transaction isolation level serializable'],
  ['tsql', 'use shop'],
  ['tsql', 'exec nightly'],
  ['tsql', 'nightly 1'],
  ['tsql', 'declare c cursor for select 1'],
  ['oracle', "alter session set nls_date_format = 'YYYY'"],
  ['oracle', 'begin nightly; end;'],
  ['oracle', '<<all>> begin nightly; end;'],
  ['oracle', 'lock table t in exclusive mode'],
];

const HARMLESS: readonly (readonly [Dialect, string])[] = [
  ['postgres', 'select 1'],
  ['postgres', '(select 1) union (select 2)'],
  ['postgres', 'with t as (select 1) insert into u select * from t'],
  ['postgres', 'update t set a = 1'],
  ['postgres', 'create table t as select 1'],
  ['postgres', 'vacuum analyze t'],
  ['postgres', 'refresh materialized view t'],
  ['redshift', "unload ('select 1') to 's3://b/k' iam_role default"],
  ['redshift', "copy t from 's3://b/k' iam_role default"],
  ['postgres', "insert into t values ('a temp #1') -- set_config('a', 'b')"],
  ['mysql', "insert into people values ('ada@example.com') # @a"],
  ['mysql', 'replace into t values (1)'],
  ['mysql', 'insert into t set a = 1'],
  ['mysql', 'optimize table t'],
  ['tsql', 'declare @a int = 1; update t set a = @a, b=2 where c > 1'],
  ['tsql', 'if 1 = 1\nupdate t\nset a += 1'],
  ['oracle', 'merge into t using u on (t.a = u.a) when matched then update set t.b = u.b'],
  ['oracle', 'commit'],
];

test.each(LEAVING)('in %s something is left by: %s', (dialect, statement) => {
  expect(boundToConnection(statement, SQL_DIALECTS[dialect]).leaves).toBe(true);
});

test.each(HARMLESS)('in %s nothing is left by: %s', (dialect, statement) => {
  expect(boundToConnection(statement, SQL_DIALECTS[dialect])).toEqual({ leaves: false, asks: false });
});

test.each<[Dialect, string]>([
  ['postgres', "select currval('ids')"],
  ['redshift', 'select lastval()'],
  ['mysql', 'insert into lines values (last_insert_id(), 1)'],
  ['mysql', 'select row_count()'],
  ['tsql', 'select @@IDENTITY'],
  ['oracle', 'select ids.currval from dual'],
])('in %s what was left is asked for by: %s', (dialect, statement) => {
  expect(boundToConnection(statement, SQL_DIALECTS[dialect]).asks).toBe(true);
});

test('of a dialect that nobody knows everything is held together', () => {
  const dialect = { ...SQL_DIALECTS.postgres };
  expect(boundToConnection('select 1', dialect)).toEqual({ leaves: true, asks: true });
});
