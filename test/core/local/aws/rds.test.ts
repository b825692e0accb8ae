import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import type { RdsInstance } from '#core/local/account/holdings.ts';
import { ACCOUNT_ID, PRINCIPALS } from '#core/local/account/principals.ts';
import { rds } from '#core/local/aws/rds.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry } from './sdk.ts';

const instance = (index: number): RdsInstance => ({
  accountId: ACCOUNT_ID,
  region: 'eu-central-1',
  identifier: `shop-${index}`,
  resourceId: `db-${index}`,
  engine: 'postgres',
  engineVersion: '18.4',
  host: 'localhost',
  port: 5432,
  database: 'shop',
  masterUser: 'postgres',
  iamLogin: true,
  publiclyAccessible: true,
  vpcId: 'vpc-1',
  tags: { team: '<store> & "more"' },
});
const instances = Array.from({ length: 45 }, (_, index) => instance(index));

const config = endpointWith(rds({ instances, clusters: [], proxies: [] }));
const describeInstances = (credentials: Credentials, input = {}, region?: string) =>
  new RDSClient(config(credentials, region)).send(new DescribeDBInstancesCommand(input));

test('lists instances page by page', async () => {
  const names: (string | undefined)[] = [];
  let Marker: string | undefined;
  do {
    const page = await describeInstances(ada, { MaxRecords: 20, Marker });
    names.push(...(page.DBInstances ?? []).map(({ DBInstanceIdentifier }) => DBInstanceIdentifier));
    Marker = page.Marker;
  } while (Marker);
  expect(names).toEqual(instances.map(({ identifier }) => identifier));
});

test('describes an instance as discovery needs it', async () => {
  const { DBInstances = [] } = await describeInstances(ada, { DBInstanceIdentifier: 'SHOP-7' });
  expect(DBInstances).toHaveLength(1);
  expect(DBInstances[0]).toMatchObject({
    DBInstanceArn: `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:shop-7`,
    DbiResourceId: 'db-7',
    Endpoint: { Address: 'localhost', Port: 5432 },
    IAMDatabaseAuthenticationEnabled: true,
    PubliclyAccessible: true,
    DBName: 'shop',
    DBSubnetGroup: { VpcId: 'vpc-1' },
    TagList: [{ Key: 'team', Value: '<store> & "more"' }],
  });
});

test('finds by ARN and by filter', async () => {
  const byArn = await describeInstances(ada, {
    DBInstanceIdentifier: `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:shop-3`,
  });
  expect(byArn.DBInstances?.map(({ DbiResourceId }) => DbiResourceId)).toEqual(['db-3']);
  const Filters = [{ Name: 'db-instance-id', Values: ['shop-1', 'shop-2', 'elsewhere'] }];
  expect((await describeInstances(ada, { Filters })).DBInstances).toHaveLength(2);
});

test('says that there is no such instance', async () => {
  expect(await refusal(describeInstances(ada, { DBInstanceIdentifier: 'gone' }))).toEqual([
    'DBInstanceNotFoundFault',
    404,
    'DBInstance gone not found.',
  ]);
});

test('refuses a wrong page size and an unknown filter', async () => {
  expect(await refusal(describeInstances(ada, { MaxRecords: 5 }))).toEqual([
    'InvalidParameterValue',
    400,
    expect.any(String),
  ]);
  const Filters = [{ Name: 'colour', Values: ['red'] }];
  expect(await refusal(describeInstances(ada, { Filters }))).toEqual([
    'InvalidParameterValue',
    400,
    expect.any(String),
  ]);
});

test('shows nothing of another region, nor to another account', async () => {
  expect((await describeInstances(ada, {}, 'us-east-1')).DBInstances).toEqual([]);
  expect((await describeInstances(registry.longTerm('erin'))).DBInstances).toEqual([]);
});

test('names the action and the resource that are missing', async () => {
  expect(await refusal(describeInstances(registry.longTerm('cleo')))).toEqual([
    'AccessDenied',
    403,
    `User: ${PRINCIPALS.cleo.arn} is not authorized to perform: rds:DescribeDBInstances on resource: ` +
      `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:* because no identity-based policy allows the rds:DescribeDBInstances action`,
  ]);
});

test('has no clusters, and says so where one is named', async () => {
  const clusters = (input = {}) => new RDSClient(config(ada)).send(new DescribeDBClustersCommand(input));
  expect((await clusters({ MaxRecords: 100 })).DBClusters).toEqual([]);
  expect((await refusal(clusters({ DBClusterIdentifier: 'aurora' })))[1]).toBe(404);
});
