/** A tag that hides, over all functions as one server runs them: what bears it is not told, however it is asked for. */
import type { Narrowing } from '#contract/access.ts';
import type { Resource, ResourcesRecord } from '#contract/resources.ts';
import { ACCOUNT_ID } from '#core/local/account/principals.ts';
import { Fault } from '#core/local/aws/fault.ts';
import { claimedInstance } from './support/ports.ts';
import { jsonOf, recordsOf, request } from './support/requests.ts';
import { startWhole, userOf, type Whole } from './support/whole.ts';

const REGION = 'eu-central-1';
const placed = { accountId: ACCOUNT_ID, region: REGION };
const PROD = { env: 'prod' };
const TEST = { env: 'test' };
const listening = { host: 'localhost', port: 20_001 };
const arnOf = (kind: string) => `arn:aws:rds:${REGION}:${ACCOUNT_ID}:${kind}`;

/** One of each that bears the tag, and one that bears another. */
const both = <T>(make: (name: string, tags: Record<string, string>, index: number) => T): T[] => [
  make('hidden', PROD, 1),
  make('open', TEST, 2),
];
const common = { ...placed, masterUser: 'owner', iamLogin: true, vpcId: 'vpc-1', engineVersion: '5.0.0' };
const HOLDS = {
  clusters: both((name, tags, index) => ({
    ...{ ...common, tags, identifier: `docs-${name}`, resourceId: `cluster-${index}`, engine: 'docdb' },
    writer: listening,
    members: [{ identifier: `docs-${name}-1`, writes: true }],
  })),
  instances: both((name, _, index) => ({
    ...{ ...common, ...listening, tags: {}, identifier: `docs-${name}-1`, resourceId: `db-${index}`, engine: 'docdb' },
    ...{ clusterId: `docs-${name}`, database: '', publiclyAccessible: false },
  })),
  proxies: both((name, tags, index) => ({
    ...{ ...placed, tags, name: `proxy-${name}`, resourceId: `prx-${index}`, engineFamily: 'POSTGRESQL' as const },
    ...{ iamLogin: 'REQUIRED' as const, endpoint: listening, vpcId: 'vpc-1' },
  })),
  workgroups: both((name, tags, index) => ({
    ...{ ...placed, tags, name: `adhoc-${name}`, id: `0d9eadc0-0000-4000-8000-00000000000${index}`, namespace: 'x' },
    ...{ endpoint: listening, database: 'dev', adminUser: 'owner', baseCapacity: 8, publiclyAccessible: true },
    vpcId: 'vpc-1',
  })),
  elasticClusters: both((name, tags, index) => ({
    ...{ ...placed, tags, name: `elastic-${name}`, id: `e1a57100-0000-4000-8000-00000000000${index}` },
    ...{ endpoint: listening, adminUser: 'owner', vpcId: 'vpc-1', shards: 1, vcpus: 2 },
  })),
};
const TABLES = both((name, tags) => ({ ...placed, name: `table-${name}`, tags }));
const DYNAMODB = `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/*`;

const hidesProd: Narrowing = { role: 'reader', where: { tag: { key: 'env', pattern: 'prod' } }, effect: 'hidden' };

let whole: Whole;
let cookie: string;
/** What is denied to everybody now, as `operation` says it; all calls of the reader pass by here. */
let denied: RegExp | undefined;
let asked: string[] = [];

beforeAll(async () => {
  whole = await startWhole({
    holds: HOLDS,
    tables: TABLES,
    async around({ operation }, answer) {
      asked.push(operation);
      if (denied?.test(operation)) throw new Fault('denied', 'User is not authorized, with an explicit deny.');
      return answer();
    },
  });
  const { store } = whole.ports;
  await store.claim({ ...claimedInstance, regions: [REGION] }, userOf('ada'));
  await store.changeAccess({ rules: [], narrowings: [hidesProd] }, 0);
  await store.seen(userOf('ben'), { role: 'reader' });
  ({ cookie } = await whole.signIn('ben'));
}, 60_000);
beforeEach(() => {
  denied = undefined;
  asked = [];
});
afterAll(() => whole[Symbol.asyncDispose]());

const post = (path: string, json: object) => whole.serve(request('POST', path, { headers: { cookie }, json }));
type Answer = Extract<ResourcesRecord, { type: 'resources' }>;
const listed = async (): Promise<Answer[]> =>
  (await recordsOf(await post('/api/resources', {}))).filter((each) => each.type === 'resources');
const resourcesOf = (answers: readonly Answer[]): Resource[] => answers.flatMap(({ resources }) => resources);
const connect = async (resourceId: string, method = 'password') =>
  jsonOf(await post('/api/connections', { resourceId, login: { method, user: 'app', password: 'of a test' } }));

const HIDDEN = [
  arnOf('cluster:docs-hidden'),
  arnOf('db:docs-hidden-1'),
  arnOf('db-proxy:prx-1'),
  `arn:aws:redshift-serverless:${REGION}:${ACCOUNT_ID}:workgroup/${HOLDS.workgroups[0]?.id}`,
  `arn:aws:docdb-elastic:${REGION}:${ACCOUNT_ID}:cluster/${HOLDS.elasticClusters[0]?.id}`,
];

describe('a reader from whom a tag hides', () => {
  test('is told of all but what bears it', async () => {
    const answers = await listed();
    expect(JSON.stringify(answers)).not.toContain('hidden');
    expect(
      resourcesOf(answers)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['DynamoDB eu-central-1', 'adhoc-open', 'docs-open', 'docs-open-1', 'elastic-open', 'proxy-open']);
    expect(resourcesOf(answers).find(({ service }) => service === 'dynamodb')?.tables).toEqual(['lodge', 'table-open']);
    expect(answers.filter(({ withheld }) => withheld)).toEqual([]);
  });

  test.each(HIDDEN)('cannot connect to %s, in the words for one that does not exist', async (arn) => {
    const nothing = await connect(arnOf('db:none'));
    expect(await connect(arn)).toEqual({ ...nothing, requestId: expect.any(String) });
  });

  test('finds no hidden table on a connection, and reads none', async () => {
    const { connection } = await connect(DYNAMODB, 'keys');
    const { nodes } = await jsonOf(await post('/api/objects/children', { connection, path: [] }));
    expect(nodes.map(({ name }: { name: string }) => name)).toEqual(['lodge', 'table-open']);
    const { tables } = await jsonOf(await post('/api/objects/names', { connection }));
    expect(JSON.stringify(tables)).not.toContain('hidden');
    const describe = async (name: string) =>
      jsonOf(await post('/api/objects/describe', { connection, path: [{ kind: 'table', name }] }));
    const missing = await describe('table-none');
    expect((await describe('table-hidden')).message).toBe(missing.message.replace('none', 'hidden'));
    expect(await describe('table-open')).toMatchObject({ kind: 'table' });
    const scan = (table: string) => post('/api/query', { connection, statement: `SCAN {"table": "${table}"}` });
    expect((await recordsOf(await scan('table-hidden'))).at(-1)).toMatchObject({ error: { code: 'OBJECT_NOT_FOUND' } });
    expect((await recordsOf(await scan('table-open'))).at(-1)).toMatchObject({ type: 'end' });
    expect(asked.filter((each) => each === 'Scan')).toHaveLength(1);
  });
});

const ACTIONS = {
  'rds-proxy': 'rds:ListTagsForResource',
  'redshift-serverless': 'redshift-serverless:ListTagsForResource',
  documentdb: 'rds:ListTagsForResource',
  'documentdb-elastic': 'docdb-elastic:ListTagsForResource',
  dynamodb: 'dynamodb:ListTagsOfResource',
} as const;

describe('where tags may not be read', () => {
  beforeEach(async () => {
    denied = /ListTags|GET \/tags/;
    // Keys that have read nothing yet: what others have read is theirs.
    cookie = await whole.sessionOf('ben');
  });

  test('nothing that might bear it is told, and of each service which action is lacking', async () => {
    const answers = await listed();
    expect(JSON.stringify(resourcesOf(answers))).not.toMatch(/(docs|adhoc|elastic|proxy|table)-/);
    for (const [service, action] of Object.entries(ACTIONS))
      expect(answers.find((each) => each.service === service)).toMatchObject({
        status: 'ok',
        withheld: [{ action, why: 'denied' }],
      });
    expect(answers.find(({ service }) => service === 'rds')?.withheld).toEqual([
      { action: 'rds:ListTagsForResource', why: 'denied' },
    ]);
  });

  test.each(HIDDEN)('%s is refused, and what is lacking is named', async (arn) => {
    expect(await connect(arn)).toMatchObject({
      code: 'AWS_DENIED',
      details: { action: expect.stringMatching(/:ListTagsForResource$/) },
    });
  });

  test('no table is opened, and what is lacking is named', async () => {
    const { connection } = await connect(DYNAMODB, 'keys');
    expect(await jsonOf(await post('/api/objects/children', { connection, path: [] }))).toEqual({ nodes: [] });
    const path = [{ kind: 'table', name: 'table-open' }];
    expect(await jsonOf(await post('/api/objects/describe', { connection, path }))).toMatchObject({
      code: 'AWS_DENIED',
      details: { action: 'dynamodb:ListTagsOfResource' },
    });
  });
});
