import { collect } from '../collect.ts';
import { texts } from './tds-tokens.ts';
import { connected } from './with-server.ts';

const DATABASES = texts(['name', 'system'], ['shop', null], ['it]s', null], ['msdb', 'system']);
const found = (...rows: [string, string][]): Buffer => texts(['place', 'permission'], ...rows);

describe("a reader's login at SQL Server", () => {
  it('runs nothing where the login may change things, and says what stands in the way', async () => {
    await using pair = await connected(
      [
        ['HAS_DBACCESS', DATABASES],
        [
          'sp_executesql',
          found(['shop: dbo.orders', 'INSERT'], ['shop: role db_ddladmin', "its members' permissions"]),
        ],
      ],
      { readOnly: true },
    );
    const { error } = await collect(pair.connection, 'select secret');
    expect(error).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('“app”, for it may change things: INSERT (shop: dbo.orders), and 1 more.'),
      details: { hint: expect.stringContaining('db_datareader') },
    });
    expect(pair.server.batches.join()).not.toContain('select secret');
  });

  it('asks no database where the server itself may be changed', async () => {
    await using pair = await connected([["N'SERVER'", found(['the server', 'ALTER ANY LOGIN'])]], { readOnly: true });
    const { error } = await collect(pair.connection, 'select secret');
    expect(error).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('ALTER ANY LOGIN (the server)'),
    });
    expect(pair.server.batches.join()).not.toContain('HAS_DBACCESS');
  });

  it('asks each database that the login may open, then runs', async () => {
    await using pair = await connected([['HAS_DBACCESS', DATABASES]], { readOnly: true });
    expect((await collect(pair.connection, 'select 1')).error).toBeUndefined();
    const asked = pair.server.batches.find((batch) => batch.includes('sp_executesql')) ?? '';
    expect(asked.match(/^EXEC \[.*?\]\.sys\.sp_executesql/gm)).toEqual([
      ...['EXEC [shop].sys.sp_executesql', 'EXEC [it]]s].sys.sp_executesql', 'EXEC [msdb].sys.sp_executesql'],
    ]);
    expect(pair.server.batches.at(-1)).toBe('select 1');
  });

  it('runs nothing where the question itself fails', async () => {
    await using pair = await connected([['HAS_DBACCESS', async () => pair.server.cut()]], { readOnly: true });
    expect((await collect(pair.connection, 'select secret')).error).toMatchObject({ code: 'DATABASE_LOST' });
    expect(pair.server.batches.join()).not.toContain('select secret');
  });
});
