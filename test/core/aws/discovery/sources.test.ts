/** What each source tells of a resource, and what it tells where only its list may be read. */
import { Resource, type Service } from '#contract/resources.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import { PRINCIPALS } from '#core/local/account/principals.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { type GeneratedAccount, startGeneratedAccount } from '../../../support/generated-account/start.ts';

const registry = createRegistry(Buffer.alloc(32, 9));
const region = 'eu-central-1';
const scope = {
  partition: 'aws',
  accountId: PRINCIPALS.ada.accountId,
  credentials: registry.longTerm('ada'),
  signal: new AbortController().signal,
};

let account: GeneratedAccount;
beforeAll(async () => {
  account = await startGeneratedAccount({ registry });
  process.env.AWS_ENDPOINT_URL = account.url;
});
afterEach(() => account.deny());
afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL;
  await account[Symbol.asyncDispose]();
});

const first = async (service: Service, awsEngine?: string): Promise<Resource> => {
  const { resources } = await discovery.list(service, region, scope);
  const found = resources.find((each) => awsEngine === undefined || each.awsEngine === awsEngine);
  return Resource.parse(found);
};

const DETAILS = {
  rds: { size: 'db.t4g.micro', storageGib: 20, vpcId: 'vpc-a', encrypted: true, deletionProtection: true },
  aurora: { size: '0.5–16 ACU', vpcId: expect.any(String), subnetIds: [expect.any(String), expect.any(String)] },
  'rds-proxy': { requiresTls: true, publiclyAccessible: false, iamLogin: true, loginResourceId: 'prx-0' },
  redshift: { size: '2 × ra3.xlplus', storageGib: 320, database: 'dev', iamLogin: true },
  'redshift-serverless': { size: '128 RPU', database: 'dev', user: 'admin', vpcId: 'vpc-a', iamLogin: true },
  documentdb: { engine: 'documentdb', iamLogin: true, publiclyAccessible: false, vpcId: expect.any(String) },
  'documentdb-elastic': { size: '2 × 8 vCPU', status: 'active', user: 'admin', iamLogin: false },
  dsql: { status: 'active', database: 'postgres', iamLogin: true, requiresTls: true, deletionProtection: true },
} as const satisfies Partial<Record<Service, object>>;

test.each(Object.entries(DETAILS))('%s tells all that its calls say', async (service, details) => {
  const resource = await first(service as Service);
  expect(resource).toMatchObject(details);
  expect(resource.tags).toMatchObject({ team: expect.stringMatching(/^(store|web|finance)$/) });
  expect(resource.consoleUrl).toMatch(/^https:\/\/eu-central-1\.console\.aws\.amazon\.com\//);
});

test.each(Object.keys(DETAILS))('one of %s is found again by its ARN, just as it was listed', async (service) => {
  const listed = await first(service as Service);
  const found = await discovery.find(listed.id, scope);
  expect({ ...found, tags: found.tags ?? (await discovery.tags(listed.id, scope)) }).toEqual(listed);
});

test('a cluster has its writer, its reader, and its custom endpoints by name', async () => {
  const { name, endpoints } = await first('aurora', 'aurora-mysql');
  expect(endpoints.map(({ use, name: called, readOnly }) => [use, called, readOnly])).toEqual([
    ['writer', undefined, undefined],
    ['reader', undefined, true],
    ['custom', `${name}-reports`, true],
  ]);
});

test('engines of ours are named, and others are listed without', async () => {
  const { resources } = await discovery.list('rds', region, scope);
  const engines = new Map(resources.map(({ awsEngine, engine }) => [awsEngine, engine]));
  expect(Object.fromEntries(engines)).toEqual({
    ...{ postgres: 'postgres', 'aurora-postgresql': 'postgres' },
    ...{ mysql: 'mysql', mariadb: 'mysql', 'aurora-mysql': 'mysql' },
    ...{ 'sqlserver-se': 'sqlserver', 'custom-sqlserver-ee': 'sqlserver', 'oracle-ee-cdb': 'oracle' },
    ...{ docdb: 'documentdb', 'db2-se': undefined, neptune: undefined },
  });
});

const LACKING = [
  ['aurora', 'rds:DescribeDBSubnetGroups', 'vpcId'],
  ['aurora', 'rds:DescribeDBInstances', 'publiclyAccessible'],
  ['documentdb', 'rds:DescribeDBSubnetGroups', 'vpcId'],
  ['redshift-serverless', 'redshift-serverless:ListNamespaces', 'database'],
  ['documentdb-elastic', 'docdb-elastic:GetCluster', 'size'],
  ['dsql', 'dsql:GetCluster', 'deletionProtection'],
  ['dsql', 'dsql:GetCluster', 'tags'],
  ['rds-proxy', 'rds:ListTagsForResource', 'tags'],
  ['documentdb', 'rds:ListTagsForResource', 'tags'],
  ['documentdb-elastic', 'docdb-elastic:ListTagsForResource', 'tags'],
  ['redshift-serverless', 'redshift-serverless:ListTagsForResource', 'tags'],
] as const;

test.each(LACKING)('%s is listed where %s is denied, and says so', async (service, action, detail) => {
  account.deny(action);
  const { resources, lacking } = await discovery.list(service, region, scope);
  expect(lacking).toEqual([action]);
  expect(resources.length).toBeGreaterThan(0);
  for (const resource of resources) expect(resource).not.toHaveProperty(detail);
});

const TAGGED = LACKING.filter(([, , detail]) => detail === 'tags');

test.each(TAGGED)('why %s have no tags is said where %s is denied', async (service, action) => {
  account.deny(action);
  expect((await discovery.list(service, region, scope)).unread).toEqual([{ action, why: 'denied' }]);
});

test('tags that are denied throughout are not asked for again and again', async () => {
  account.deny('rds:ListTagsForResource');
  const before = account.seen.calls;
  const { resources } = await discovery.list('documentdb', region, scope);
  expect(resources.length).toBeGreaterThan(20);
  expect(account.seen.calls - before).toBeLessThan(resources.length);
});

test('whoever may not read the tags of one thing is told of which', async () => {
  const { id } = await first('rds-proxy');
  account.deny('rds:ListTagsForResource');
  const denied = { code: 'AWS_DENIED', details: { action: 'rds:ListTagsForResource', resource: id } };
  await expect(discovery.tags(id, scope)).rejects.toMatchObject(denied);
  await expect(discovery.tags(id.replace(/prx-.*/, 'prx-none'), scope)).rejects.toMatchObject({ code: 'AWS_DENIED' });
  account.deny();
  const gone = discovery.tags(id.replace(/prx-.*/, 'prx-none'), scope);
  await expect(gone).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
});

test('the tags of tables are read to their last page, as fast as AWS allows, and not again within minutes', async () => {
  const tables = (await first('dynamodb')).tables?.slice(0, 14) ?? [];
  const { tags, unread } = await discovery.tableTags(region, [...tables, 'none-such'], scope);
  expect(unread).toEqual([]);
  expect([...tags.keys()].toSorted()).toEqual(tables.toSorted());
  for (const each of tags.values())
    expect(Object.keys(each).toSorted()).toEqual(['cost-center', 'environment', 'source', 'team']);
  const before = account.seen.calls;
  expect((await discovery.tableTags(region, tables, scope)).tags).toEqual(tags);
  expect(account.seen.calls).toBe(before);
});

test('the tags of tables that are denied are absent, and it is said by which action', async () => {
  account.deny('dynamodb:ListTagsOfResource');
  const tables = (await first('dynamodb')).tables?.slice(20, 40) ?? [];
  const before = account.seen.calls;
  const { tags, unread } = await discovery.tableTags(region, tables, scope);
  expect([tags.size, unread]).toEqual([0, [{ action: 'dynamodb:ListTagsOfResource', why: 'denied' }]]);
  expect(account.seen.calls - before).toBeLessThan(tables.length);
});

test('the names of custom endpoints and the further endpoints of a proxy may be lacking too', async () => {
  account.deny('rds:DescribeDBClusterEndpoints', 'rds:DescribeDBProxyEndpoints');
  expect((await discovery.list('aurora', region, scope)).lacking).toEqual(['rds:DescribeDBClusterEndpoints']);
  expect((await first('aurora')).endpoints[2]).toEqual({ host: expect.any(String), port: 5432, use: 'custom' });
  expect((await discovery.list('rds-proxy', region, scope)).lacking).toEqual(['rds:DescribeDBProxyEndpoints']);
});

test('a list that is denied names its action', async () => {
  account.deny('dsql:ListClusters');
  const denied = { code: 'AWS_DENIED', details: { action: 'dsql:ListClusters' } };
  await expect(discovery.list('dsql', region, scope)).rejects.toMatchObject(denied);
});
