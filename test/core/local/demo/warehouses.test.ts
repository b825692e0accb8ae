/** The demo's warehouses and its cluster of Aurora DSQL, opened by their engines with the logins that AWS gives out. */
import { ObjectDescription } from '#contract/objects.ts';
import { databaseLogins } from '#core/aws/logins/logins.ts';
import type { Connection } from '#core/engines/engine.ts';
import { READY_ENGINES } from '#core/engines/engines.ts';
import { accounts } from '#core/local/demo/accounts.ts';
import { adhoc } from '#core/local/demo/adhoc.ts';
import { warehouse } from '#core/local/demo/warehouse.ts';
import type { ServerClaims } from '#core/session/connection-token.ts';
import { claimsOf, keysOf, type LocalDatabases, startLocalDatabases } from '../../../support/local-databases.ts';
import { collect, options, rowsFrom } from '../../engines/collect.ts';

const { signal } = new AbortController();
const identity = { method: 'identity', user: '' } as const;
let local: LocalDatabases;
let claims: ReturnType<typeof claimsOf>;
beforeAll(async () => {
  local = await startLocalDatabases([warehouse, adhoc, accounts]);
  claims = claimsOf(local.holdings);
}, 60_000);
afterAll(() => local[Symbol.asyncDispose]());

const open = async ({ engine, target, ...to }: ServerClaims, readOnly = false): Promise<Connection> => {
  const login = await databaseLogins.make({ engine, target, ...to }, keysOf(local.registry, 'ada'), signal);
  const opened = await READY_ENGINES[engine]?.connect({ ...target, ca: local.ca }, login, { readOnly, signal });
  if (!opened) throw new Error(`There is no engine ${engine}.`);
  return opened;
};
const FACTS = [
  { kind: 'schema', name: 'sales' },
  { kind: 'table', name: 'facts' },
] as const;

test('a warehouse is Redshift to its engine: its version, its tree, how a table is stored', async () => {
  await using connection = await open(claims.warehouse(identity), true);
  expect(connection.about).toMatchObject({ user: 'IAM:ada', database: 'warehouse', version: '1.0.369760' });
  const schemas = (await connection.children([])).map(({ name }) => name);
  expect(schemas).toContain('sales');
  expect(schemas).not.toContain('only_redshift');
  const facts = ObjectDescription.parse(await connection.describe([...FACTS]));
  expect(facts.properties).toContainEqual({ name: 'Distribution', value: 'KEY (product_id)' });
  expect(facts.properties).toContainEqual({ name: 'Sort key', value: 'compound (day, product_id)' });
  expect(await rowsFrom(connection, 'select count(*) from sales.products')).toEqual([['200']]);
  const { error } = await collect(connection, 'delete from sales.facts');
  expect(error).toMatchObject({ code: 'READ_ONLY' });
});

test('its owner sees how large a table is, by the secret that keeps the password', async () => {
  const [cluster] = local.holdings.redshiftClusters;
  const secret = { method: 'secret', user: '', secretArn: cluster?.secretArn ?? '' } as const;
  await using connection = await open(claims.warehouse(secret));
  expect(connection.about.user).toBe('warehouse_owner');
  const facts = await connection.describe([...FACTS]);
  expect(facts).toMatchObject({ rows: expect.any(Number), bytes: 14 * 1_048_576 });
});

test('a workgroup is opened by the same engine', async () => {
  await using connection = await open(claims.workgroup(identity));
  expect(connection.about).toMatchObject({ database: 'adhoc', version: '1.0.369760' });
  expect(await rowsFrom(connection, 'select count(*) from lab.measurements')).toEqual([['6000']]);
});

test('a cluster of Aurora DSQL is opened, described and cancelled through its gateway', async () => {
  await using connection = await open(claims.dsql({ method: 'iam', user: 'admin' }));
  await using other = await open(claims.dsql({ method: 'iam', user: 'admin' }));
  expect(connection.about).toMatchObject({ user: 'admin', database: 'postgres' });
  const path = [
    { kind: 'schema', name: 'ledger' },
    { kind: 'table', name: 'movements' },
  ] as const;
  const { ddl } = await connection.describe([...path]);
  expect(ddl).toContain('CREATE INDEX ASYNC movements_booked_at ON ledger.movements (booked_at);');
  const events = connection.run('select pg_sleep(60)', options())[Symbol.asyncIterator]();
  const { handle } = (await events.next()).value as { handle: string };
  await events.next();
  const ended = (async () => {
    for (let next = await events.next(); !next.done; next = await events.next());
  })();
  ended.catch(() => undefined);
  expect(await other.cancel(handle)).toBe(true);
  // It may have come before the statement was sent, where it passes unseen; so it is asked again until it has helped.
  const again = setInterval(() => void other.cancel(handle), 100);
  await expect(ended.finally(() => clearInterval(again))).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
});
