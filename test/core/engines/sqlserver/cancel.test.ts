import { texts } from './tds-tokens.ts';
import { connected } from './with-server.ts';

const HANDLE = '57.2026-11-24T07:00:00.123';
const mayKill = (value: string) => ['ALTER ANY CONNECTION', texts(['a', 'b'], [value, '1'])] as const;

describe('cancelling at SQL Server from another connection', () => {
  it('ends the session that is named, where it runs something', async () => {
    await using pair = await connected([mayKill('1'), ['dm_exec_requests', texts(['found'], ['1'])]]);
    expect(await pair.connection.cancel(HANDLE)).toBe(true);
    expect(pair.server.batches.at(-1)).toBe('KILL 57');
  });

  it('ends nothing where that session runs nothing any more', async () => {
    await using pair = await connected([mayKill('1')]);
    expect(await pair.connection.cancel(HANDLE)).toBe(false);
    expect(pair.server.batches.join()).not.toContain('KILL');
  });

  it('says which permission the login lacks', async () => {
    await using pair = await connected([mayKill('0')]);
    await expect(pair.connection.cancel(HANDLE)).rejects.toMatchObject({
      code: 'STATEMENT_FAILED',
      details: { hint: expect.stringContaining('GRANT ALTER ANY CONNECTION') },
    });
  });

  it.each(['', '57', "57.'; DROP TABLE t --", '57.2026-11-24T07:00:00.123; x'])(
    'knows no handle “%s”',
    async (handle) => {
      await using pair = await connected([mayKill('1')]);
      expect(await pair.connection.cancel(handle)).toBe(false);
      expect(pair.server.batches).toHaveLength(1);
    },
  );
});
