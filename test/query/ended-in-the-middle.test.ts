import type { UserChange } from '#contract/people.ts';
import { inProcess } from '#core/connectors/in-process.ts';
import { databases as databasesOf } from '#core/databases/databases.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { serve } from '#core/http/serve.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { runScript } from '../../lambdas/query/run-script.ts';
import { until } from '../e2e/until.ts';
import { ownKeys, shopClaims } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance, memoryAudit, memorySlots, memoryStore, ownDataKeys, recordingLog } from '../support/ports.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { recordsOf, request } from '../support/requests.ts';

/** Runs for ten minutes unless somebody stops it. */
const STATEMENT = "select 'this takes its time', pg_sleep(600)";
const RUNNING =
  "select from pg_stat_activity where query like '%takes its time%' and pid <> pg_backend_pid() and state = 'active'";
const { user, account, credentials } = sessionOf('editor');

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

/** An editor's request to run the statement, and the table that says what they may. */
async function running() {
  const seen = { ...user, firstSeenAt: '2026-11-23T09:00:00.000Z', lastSeenAt: '2026-11-23T09:00:00.000Z' };
  const others = { ...seen, id: 'aws:111122223333:AIDAOTHER', role: 'administrator' as const };
  const { store } = memoryStore({ instance: claimedInstance, users: [{ ...seen, role: 'editor' }, others] });
  const dataKeys = ownDataKeys();
  const issuedAt = new Date();
  const expiresAt = new Date(issuedAt.getTime() + 3_600_000);
  const keys = { ...credentials, sessionToken: 'a session token of a test' };
  const { session, token } = await sealSession(dataKeys, { user, account, credentials: keys, issuedAt, expiresAt });
  const connection = await sealConnection(session, {
    ...shopClaims,
    allowed: { revision: 0, role: 'editor' },
    target: server.target,
  });
  const databases = databasesOf({
    connector: () => inProcess({ engines: { postgres }, authorities: () => server.target.ca ?? '' }),
    logins: { make: async () => server.login },
    roles: ownKeys,
  });
  const { slots } = memorySlots();
  const { audit, entries } = memoryAudit();
  const app = serve(
    { query: runScript({ databases, slots, audit }) },
    guard({ dataKeys, store, clock: () => new Date() }),
    {
      log: recordingLog().log,
      watchTimes: { everyMs: 10, doubtMs: 60_000 },
    },
  );
  const json = { connection, statement: STATEMENT };
  return {
    store,
    entries,
    ask: () => app(request('POST', '/api/query', { json, headers: { authorization: `Bearer ${token}` } })),
  };
}

test.each<[code: string, change: UserChange]>([
  ['SESSION_EXPIRED', { kind: 'end-sessions' }],
  ['USER_BLOCKED', { kind: 'block' }],
  ['ROLE_REQUIRED', { kind: 'role', role: 'reader' }],
])('%s ends the stream of a statement that runs, and the statement in the database', async (code, change) => {
  const { store, entries, ask } = await running();
  const client = await server.client();
  const runs = async () => (await client.query(RUNNING)).rowCount === 1;
  const records = recordsOf(await ask());
  await until('the statement runs', runs);
  await store.changeUser(user.id, change);
  expect((await records).at(-1)).toMatchObject({ type: 'error', error: { code } });
  expect(entries.at(-1)).toMatchObject({ kind: 'statement', outcome: 'cut', code });
  await until('the statement is gone from the database', async () => !(await runs()));
});
