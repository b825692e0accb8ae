/** mysql2 as it is, streaming objects; and Lodge, which leaves mysql2 after the login. */
import { createConnection } from 'mysql2';
import { mysql } from '#core/engines/mysql/mysql.ts';
import type { DatabaseDoor, Reader } from './reader.ts';

const statement = (rows: number): string => `select * from events limit ${rows}`;

export const mysqlReader: Reader<DatabaseDoor> = {
  async raw({ target: { host, port, database, ca }, login: { user, password } }, rows) {
    const connection = createConnection({ host, port, database, user, password, ssl: { ca } });
    let count = 0;
    for await (const _row of connection.query(statement(rows)).stream()) count += 1;
    connection.destroy();
    return count;
  },
  connect: ({ target, login }, signal) => mysql.connect(target, login, { readOnly: true, signal }),
  statement,
};
