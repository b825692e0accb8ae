/** On a real PostgreSQL: what is asked there is who is connected, and what the table says. */
import { AppError } from '#contract/errors.ts';
import { inProcess } from '#core/connectors/in-process.ts';
import { databases as databasesOf } from '#core/databases/databases.ts';
import { recordedScript, type ScriptPorts } from '#core/databases/recorded-script.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { until } from '../../e2e/until.ts';
import { blackHole } from '../../support/black-hole.ts';
import { ownKeys, shopClaims } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';
import { memoryAudit, memorySlots } from '../../support/ports.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
  await (await server.client()).query('create table done (what text)');
});
afterAll(() => server[Symbol.asyncDispose]());

const counted = async (text: string): Promise<number> => (await (await server.client()).query(text)).rows[0].count;
/** Lodge's connections, and what its scripts have done. */
const connected = () => counted("select count(*)::int as count from pg_stat_activity where application_name = 'Lodge'");
const done = () => counted('select count(*)::int as count from done');

/** A script that would leave a row, with a record that is written when the test says so. */
function script({ port = server.target.port, ...changes }: Partial<ScriptPorts> & { port?: number } = {}) {
  const databases = databasesOf({
    connector: () => inProcess({ engines: { postgres }, authorities: () => server.target.ca ?? '' }),
    logins: { make: async () => server.login },
    roles: ownKeys,
  });
  const { slots, seen: held } = memorySlots();
  const { audit: writing, entries } = memoryAudit();
  const record = Promise.withResolvers<void>();
  const audit: ScriptPorts['audit'] = {
    async begin(...asked) {
      await record.promise;
      return writing.begin(...asked);
    },
  };
  const leaving = new AbortController();
  const claims = { ...shopClaims, target: { ...server.target, port } };
  const started = recordedScript(
    { databases, slots, audit, ...changes },
    {
      at: { claims, session: sessionOf('editor'), signal: leaving.signal },
      script: "insert into done values ('it ran')",
      limits: { maxRows: 10, timeoutSeconds: 60 },
      deed: { kind: 'statement', requestId: 'r-1', address: '192.0.2.1' },
      days: 7,
      places: { most: 2, seconds: 900 },
    },
  );
  started.catch(() => undefined);
  return { started, record, leaving, held, entries };
}

const loggedIn = () => until('the login is done', async () => (await connected()) === 1);

it('logs in while the record is written, and runs nothing before it is', async () => {
  const { started, record, entries } = script();
  await loggedIn();
  expect([await done(), entries.length]).toEqual([0, 0]);
  record.resolve();
  await Array.fromAsync((await started).events);
  expect(await done()).toBe(1);
  expect(entries).toMatchObject([{ outcome: 'succeeded', databaseUser: 'postgres', affected: 1 }]);
  await (await server.client()).query('truncate done');
});

describe('leaves no connection, no slot and nothing done', () => {
  afterEach(async () => {
    await until('the connection is closed', async () => (await connected()) === 0);
    expect(await done()).toBe(0);
  });

  it('where the record cannot be written though the login is done', async () => {
    const { started, record, held } = script();
    await loggedIn();
    record.reject(new AppError('AUDIT_FAILED'));
    await expect(started).rejects.toMatchObject({ code: 'AUDIT_FAILED' });
    expect(held.taken).toBe(0);
  });

  it('where the record cannot be written and the database is silent: its login is cut off', async () => {
    await using hole = await blackHole();
    const { started, record, held } = script({ port: hole.port });
    record.reject(new AppError('AUDIT_FAILED'));
    await expect(started).rejects.toMatchObject({ code: 'AUDIT_FAILED' });
    expect(held.taken).toBe(0);
  });

  it('where all slots are taken, and the record says so', async () => {
    const slot = Promise.withResolvers<never>();
    const { started, record, entries } = script({ slots: { take: () => slot.promise } });
    await loggedIn();
    slot.reject(new AppError('TOO_MANY_STATEMENTS'));
    record.resolve();
    await expect(started).rejects.toMatchObject({ code: 'TOO_MANY_STATEMENTS' });
    expect(entries).toMatchObject([{ outcome: 'refused', code: 'TOO_MANY_STATEMENTS' }]);
  });

  it('where the login is refused, and the record says so', async () => {
    const { started, record, held, entries } = script({
      databases: databasesOf({
        connector: () => inProcess({ engines: { postgres }, authorities: () => server.target.ca ?? '' }),
        logins: { make: async () => ({ ...server.login, password: 'another' }) },
        roles: ownKeys,
      }),
    });
    record.resolve();
    await expect(started).rejects.toMatchObject({ code: 'LOGIN_FAILED' });
    expect(entries).toMatchObject([{ outcome: 'failed', code: 'LOGIN_FAILED' }]);
    expect(held.taken).toBe(0);
  });

  it('where its reader leaves while the record is written: at once, and the record says that it was cut', async () => {
    const { started, record, leaving, held, entries } = script();
    await loggedIn();
    leaving.abort(new AppError('STATEMENT_CANCELLED'));
    await until('the connection is closed', async () => (await connected()) === 0);
    record.resolve();
    await expect(started).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
    expect(entries).toMatchObject([{ outcome: 'cut', code: 'STATEMENT_CANCELLED' }]);
    expect(held.taken).toBe(0);
  });

  it('where its reader has left before the first record is asked for', async () => {
    const { started, record, entries } = script();
    record.resolve();
    const { events, release } = await started;
    await events[Symbol.asyncIterator]().return?.();
    await release();
    expect(entries).toMatchObject([{ outcome: 'cut' }]);
  });
});
