import type { RowDataPacket } from 'mysql2';
import { mysql } from '#core/engines/mysql/mysql.ts';
import { describeWith } from '../../../support/machine.ts';
import { startMariaDbServer } from '../../../support/mariadb-server.ts';
import { type SqlSubject, sqlConformance } from '../sql/conformance.ts';

/** What our own looking adds is left out, and what has just been answered: the server says so a moment later. */
const RUNNING = `select count(*) as count from information_schema.processlist
  where command = 'Query' and id <> connection_id() and user = 'lodge_admin' and time_ms > 10`;
const STALLED = `select count(*) as count from information_schema.processlist where state in ('Writing to net', 'Sending data')
  and id <> connection_id()`;

const quote = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

async function setUp(): Promise<SqlSubject> {
  const server = await startMariaDbServer();
  const client = await server.client();
  await client.query('create database stuff');
  const count = async (text: string): Promise<number> => {
    const [rows] = await client.query<RowDataPacket[]>(text);
    return Number(rows[0]?.count);
  };
  return {
    engine: mysql,
    target: server.target,
    login: server.login,
    schema: 'stuff',
    sql: {
      rows: (rows) =>
        `select seq as id, concat('some text of row ', seq, repeat('.', seq % 60)) as note
          from seq_1_to_${Math.max(rows, 1)} where seq <= ${rows}`,
      text: (value) => `select ${quote(value)} as value`,
      sleep: (seconds) => `select sleep(${seconds})`,
      failing: 'select exp(seq / 70) as growth from seq_1_to_100000',
      wrong: { text: `select '😀é', from nothing`, position: 15 },
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
        'delete from stuff.thing returning *',
      ],
    },
    running: () => count(RUNNING),
    stalled: async () => (await count(STALLED)) > 0,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describeWith('mariadb', 'MySQL’s engine on MariaDB', () => {
  sqlConformance('MariaDB', setUp);
});
