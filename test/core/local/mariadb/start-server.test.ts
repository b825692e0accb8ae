import { tmpdir } from 'node:os';
import type { RowDataPacket } from 'mysql2';
import { describeWith } from '../../../support/machine.ts';
import { startMariaDbServer } from '../../../support/mariadb-server.ts';

describeWith('mariadb', 'two MariaDB servers that start at the same time', () => {
  test('answer both, and each has a folder of its own for temporary tables: one that starts empties its own', async () => {
    const [one, other] = await Promise.all([startMariaDbServer(), startMariaDbServer()]);
    await using _one = one;
    await using _other = other;
    const folders = await Promise.all(
      [one, other].map(async (server) => {
        const client = await server.client();
        const [[row]] = await client.query<RowDataPacket[]>('SELECT @@tmpdir AS folder');
        return String(row?.folder);
      }),
    );
    expect(new Set([...folders, tmpdir()]).size).toBe(3);
  }, 60_000);
});
