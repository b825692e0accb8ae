import { dsql } from '#core/engines/dsql/dsql.ts';
import { setUp } from '#core/engines/dsql/set-up.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres-server.ts';
import { collect, eventually, options } from '../collect.ts';

/** "Supported session parameters": whatever else is set is refused, and ends the transaction. */
const SUPPORTED = ['application_name', 'client_encoding', 'datestyle', 'extra_float_digits', 'search_path', 'timezone'];

describe('connecting to Aurora DSQL', () => {
  let server: PostgresServer;
  const connect = (readOnly = false) =>
    dsql.connect(server.target, server.login, { readOnly, signal: new AbortController().signal });

  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('sets nothing that Aurora DSQL would refuse', () => {
    const sets = setUp().flatMap((text) => /^SET (\w+)/.exec(text)?.[1] ?? []);
    expect(sets).toEqual(['extra_float_digits', 'datestyle']);
    expect(sets.every((name) => SUPPORTED.includes(name))).toBe(true);
  });

  it('sends a script with no limit of time, for there is none to set', async () => {
    await using connection = await connect();
    const { results } = await collect(connection, 'show statement_timeout; show extra_float_digits', {
      timeoutSeconds: 7,
    });
    expect(results).toEqual([[['0']], [['3']]]);
  });

  it('cancels by the key of the protocol, and nothing by another one', async () => {
    await using connection = await connect();
    await using other = await connect();
    const events = connection.run('select pg_sleep(60)', options())[Symbol.asyncIterator]();
    const { handle } = (await events.next()).value as { handle: string };
    const ended = (async () => {
      for (let next = await events.next(); !next.done; next = await events.next());
    })();
    ended.catch(() => undefined);
    const admin = await server.client();
    const running = async () =>
      (
        await admin.query(
          `select count(*)::int n from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`,
        )
      ).rows[0].n;
    await eventually(async () => (await running()) === 1);
    const [pid, secret] = handle.split('.');
    expect(await other.cancel(`${pid}.${Number(secret) ^ 1}`)).toBe(true);
    expect(await running()).toBe(1);
    for (const none of ['', '1', `${pid}.99999999999`, `${pid}.${secret}.1`])
      expect(await other.cancel(none)).toBe(false);
    expect(await other.cancel(handle)).toBe(true);
    await expect(ended).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
  });
});
