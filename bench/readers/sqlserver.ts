/** tedious as it is, a row an event; and Lodge, which has a reader of rows of its own. */
import { Connection, Request } from 'tedious';
import { sqlserver } from '#core/engines/sqlserver/sqlserver.ts';
import type { DatabaseDoor, Reader } from './reader.ts';

const statement = (rows: number): string => `select top (${rows}) * from events`;

export const sqlserverReader: Reader<DatabaseDoor> = {
  async raw({ target: { host, port, database, ca }, login: { user, password } }, rows) {
    const connection = new Connection({
      server: host,
      authentication: { type: 'default', options: { userName: user, password } },
      options: { port, database, encrypt: true, cryptoCredentialsDetails: { ca }, requestTimeout: 0 },
    });
    await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
    let count = 0;
    await new Promise<void>((resolve, reject) => {
      const request = new Request(statement(rows), (error) => (error ? reject(error) : resolve()));
      request.on('row', () => {
        count += 1;
      });
      connection.execSqlBatch(request);
    });
    connection.close();
    return count;
  },
  connect: ({ target, login }, signal) => sqlserver.connect(target, login, { readOnly: false, signal }),
  statement,
};
