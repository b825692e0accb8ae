/** PostgreSQL as the server of a suite: its statements, and how it is looked at from outside. */
import type { Engine } from '#core/engines/engine.ts';
import type { PostgresServer } from '../../../support/postgres-server.ts';
import type { SqlSubject } from '../sql/conformance.ts';

/** What our own looking adds is left out. */
const RUNNING = `select count(*)::int as count from pg_stat_activity
  where state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()`;
const STALLED = `select exists (select from pg_stat_activity where wait_event = 'ClientWrite') as stalled`;

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export async function postgresSubject(engine: Engine, server: PostgresServer): Promise<SqlSubject> {
  const client = await server.client();
  await client.query('create schema stuff');
  return {
    engine,
    target: server.target,
    login: server.login,
    schema: 'stuff',
    sql: {
      rows: (count) =>
        `select i as id, 'some text of row ' || i || repeat('.', i % 60) as note from generate_series(1, ${count}) i`,
      text: (value) => `select ${quote(value)} as value`,
      sleep: (seconds) => `select pg_sleep(${seconds})`,
      failing: 'select 1 / (50000 - i) as quotient from generate_series(1, 100000) i',
      wrong: { text: `select '😀é', nothing`, position: 15 },
      table: [
        'create table stuff.thing (id int primary key, name text)',
        `insert into stuff.thing values (1, 'a'), (2, 'b'), (3, null)`,
      ],
      changes: [
        `insert into stuff.thing values (4, 'd')`,
        `update stuff.thing set name = 'x'`,
        'delete from stuff.thing',
        'truncate stuff.thing',
        'create table stuff.other (a int)',
        'drop table stuff.thing',
        'with gone as (delete from stuff.thing returning *) select * from gone',
      ],
    },
    running: async () => (await client.query(RUNNING)).rows[0].count,
    stalled: async () => (await client.query(STALLED)).rows[0].stalled,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
