import { AppError } from '#contract/errors.ts';
import { PermissionRecord } from '#contract/permissions.ts';
import { SERVICES, Service } from '#contract/resources.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import type { UserSession } from '#core/http/handler.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { docDbElastic } from '#core/local/aws/docdb-elastic.ts';
import { dsql } from '#core/local/aws/dsql.ts';
import { rds } from '#core/local/aws/rds.ts';
import type { Discovery, Scope } from '#core/ports/discovery.ts';
import { listPermissions } from '../../lambdas/explorer/list-permissions.ts';
import { noTags } from '../support/databases.ts';
import { localSession } from '../support/local-databases.ts';
import { startLocalEndpoint } from '../support/local-endpoint.ts';
import { sessionOf } from '../support/people.ts';
import { standing } from '../support/ports.ts';
import { resource } from '../support/resources.ts';

type Permission = Extract<PermissionRecord, { type: 'permission' }>;
type List = Discovery['list'];
type TableTags = Discovery['tableTags'];

const hangs = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

interface Probing {
  readonly session?: UserSession;
  readonly limits?: { readonly atOnce: number; readonly seconds: number };
  readonly tableTags?: TableTags;
}

const begin = (list: List, options: Probing = {}) => {
  const { session = sessionOf('reader'), limits = { atOnce: 9, seconds: 10 }, tableTags = noTags.tableTags } = options;
  const left = new AbortController();
  const input = { params: undefined, query: undefined, body: { region: 'eu-central-1' } };
  const context = { session, standing, requestId: 'r-1', address: '192.0.2.1', signal: left.signal };
  return { left, records: listPermissions({ discovery: { list, tableTags } }, limits)(input, context) };
};

async function probe(list: List, options?: Parameters<typeof begin>[1]) {
  const records: PermissionRecord[] = [];
  for await (const record of await begin(list, options).records) records.push(PermissionRecord.parse(record));
  const permissions = records.filter((record): record is Permission => record.type === 'permission');
  const of = (title: string) => permissions.find((each) => each.title === title);
  return { records, permissions, of };
}

const nothing = async () => ({ resources: [], lacking: [] });
/** One service answers so, and the others hold nothing. */
const where =
  (service: Service, list: List): List =>
  (asked, ...rest) =>
    asked === service ? list(asked, ...rest) : nothing();

test('each service is told of once, after the alias of the account, and then it ends', async () => {
  const { records, permissions } = await probe(nothing);
  expect(permissions[0]?.title).toBe('Account alias');
  expect(
    permissions
      .slice(1)
      .map(({ title }) => title)
      .toSorted(),
  ).toEqual(
    Object.values(SERVICES)
      .map(({ title }) => title as string)
      .toSorted(),
  );
  expect(records.at(-1)?.type).toBe('end');
});

test("they are asked in the region that was named, with the session's own keys", async () => {
  const asked: [Service, string, Scope][] = [];
  await probe((...call) => {
    asked.push(call);
    return nothing();
  });
  expect(asked.map(([service]) => service)).toEqual(Service.options);
  const { credentials } = sessionOf('reader');
  for (const [, region, scope] of asked) {
    expect(region).toBe('eu-central-1');
    expect(scope).toMatchObject({ partition: 'aws', accountId: '111122223333', credentials });
  }
});

test('what lists is allowed, with the actions that were denied beside it', async () => {
  const lacking = ['rds:DescribeDBSubnetGroups'];
  const { of } = await probe(where('aurora', async () => ({ resources: [resource()], lacking })));
  expect(of('Aurora')).toEqual({
    type: 'permission',
    title: 'Aurora',
    state: 'allowed',
    actions: SERVICES.aurora.actions,
    missing: lacking,
  });
});

test('where there is nothing, it is said that no details could be tried', async () => {
  const { of } = await probe(nothing);
  expect(of('DynamoDB')).toMatchObject({ state: 'allowed', message: expect.stringContaining('only the list') });
  expect(of('RDS')?.message).toBeUndefined();
});

test('the tags of one table tell whether those of all may be read', async () => {
  const asked: (readonly string[])[] = [];
  const action = 'dynamodb:ListTagsOfResource';
  const tableTags: TableTags = async (_region, tables) => {
    asked.push(tables);
    return { tags: new Map(), unread: [{ action, why: 'denied' }] };
  };
  const tables = where('dynamodb', async () => ({
    resources: [resource({ tables: ['carts', 'orders'] })],
    lacking: [],
  }));
  expect((await probe(tables, { tableTags })).of('DynamoDB')).toMatchObject({ state: 'allowed', missing: [action] });
  expect(asked).toEqual([['carts']]);
});

test('what is denied names the action', async () => {
  const details = { action: 'redshift:DescribeClusters' };
  const { of } = await probe(where('redshift', () => Promise.reject(new AppError('AWS_DENIED', { details }))));
  expect(of('Redshift')).toMatchObject({ state: 'denied', missing: ['redshift:DescribeClusters'] });
});

test.each([
  ['is throttled', new AppError('THROTTLED'), 'AWS asks to slow down.'],
  ['has no such region', new AppError('REGION_DISABLED'), 'This region is not enabled'],
  ['fails as nobody meant', new TypeError('it quotes a secret'), 'RDS did not answer as it should.'],
])('a service that %s is neither allowed nor denied, and the others are told', async (_, error, message) => {
  const { of, permissions } = await probe(where('rds', () => Promise.reject(error)));
  expect(of('RDS')).toMatchObject({ state: 'unknown', missing: [], message: expect.stringContaining(message) });
  expect(permissions).toHaveLength(Service.options.length + 1);
});

test('one that is silent is given up, and one that has answered by then is allowed', async () => {
  const limits = { atOnce: 9, seconds: 0.05 };
  const { of } = await probe(
    (service, _region, { signal, answered }) => {
      if (service === 'dsql') answered?.();
      return service === 'dsql' || service === 'rds' ? hangs(signal) : nothing();
    },
    { limits },
  );
  expect(of('RDS')).toMatchObject({ state: 'unknown', message: 'RDS did not answer within 0.05 seconds.' });
  expect(of('Aurora DSQL')).toMatchObject({ state: 'allowed', message: expect.stringContaining('more than') });
});

test('no more are asked at once than is allowed', async () => {
  let running = 0;
  let most = 0;
  await probe(
    async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return nothing();
    },
    { limits: { atOnce: 3, seconds: 10 } },
  );
  expect(most).toBe(3);
});

test('whoever leaves ends the calls that are under way', async () => {
  const signals: AbortSignal[] = [];
  const list: List = (_service, _region, { signal }) => {
    signals.push(signal);
    return hangs(signal);
  };
  const { records, left } = begin(list);
  const reading = (async () => {
    for await (const record of await records) expect(record).toMatchObject({ title: 'Account alias' });
  })();
  await new Promise((resolve) => setImmediate(resolve));
  expect(signals).toHaveLength(Service.options.length);
  left.abort(new AppError('STATEMENT_CANCELLED'));
  await reading.catch(() => undefined);
  expect(signals.filter(({ aborted }) => !aborted)).toEqual([]);
});

test('the alias is what sign-in found; without one it is not known why', async () => {
  expect((await probe(nothing)).of('Account alias')).toMatchObject({ state: 'allowed', missing: [] });
  const { alias: _, ...account } = sessionOf('reader').account;
  const { of } = await probe(nothing, { session: { ...sessionOf('reader'), account } });
  expect(of('Account alias')).toMatchObject({
    state: 'unknown',
    actions: ['iam:ListAccountAliases'],
    message: expect.stringContaining('Sign-in found no alias'),
  });
});

test('behind an endpoint that verifies what AWS verifies, the keys of somebody who lacks one action say which', async () => {
  const registry = createRegistry(Buffer.alloc(32, 7));
  await using _ = await startLocalEndpoint(registry, [
    rds({ instances: [], clusters: [], proxies: [] }),
    dsql([]),
    docDbElastic([]),
  ]);
  const { of } = await probe(discovery.list, { session: localSession(registry, 'cleo') });
  expect(of('RDS')).toMatchObject({ state: 'denied', missing: ['rds:DescribeDBInstances'] });
  expect(of('RDS Proxy')).toMatchObject({ state: 'denied', missing: ['rds:DescribeDBProxies'] });
  expect(of('Aurora')).toMatchObject({ state: 'allowed', missing: [] });
  expect(of('Aurora DSQL')).toMatchObject({ state: 'denied', missing: ['dsql:ListClusters'] });
  const { of: ofAda } = await probe(discovery.list, { session: localSession(registry, 'ada') });
  for (const title of ['RDS', 'RDS Proxy', 'Aurora', 'DocumentDB', 'Aurora DSQL', 'DocumentDB Elastic'])
    expect(ofAda(title)).toMatchObject({ state: 'allowed', missing: [] });
});
