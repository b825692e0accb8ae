import { DocDBClient } from '@aws-sdk/client-docdb';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { mockClient } from 'aws-sdk-client-mock';
import { Resource } from '#contract/resources.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import { sessionOf } from '../../../support/people.ts';

const rds = mockClient(RDSClient);
const dynamodb = mockClient(DynamoDBClient);
const docdb = mockClient(DocDBClient);
beforeEach(() => {
  rds.reset();
  dynamodb.reset();
});

const scope = {
  partition: 'aws',
  accountId: '111122223333',
  credentials: sessionOf('reader').credentials,
  signal: new AbortController().signal,
};

const instance = (name: string, changes: object = {}) => ({
  DBInstanceIdentifier: name,
  DBInstanceArn: `arn:aws:rds:eu-central-1:111122223333:db:${name}`,
  Engine: 'postgres',
  EngineVersion: '17.4',
  DBInstanceStatus: 'available',
  Endpoint: { Address: `${name}.test`, Port: 5432 },
  IAMDatabaseAuthenticationEnabled: true,
  ...changes,
});

const named = (name: string, message = name) => Object.assign(new Error(message), { name, $metadata: {} });

describe('RDS instances', () => {
  it('follow every page', async () => {
    rds
      .on(DescribeDBInstancesCommand)
      .resolvesOnce({ DBInstances: [instance('one')], Marker: 'more' })
      .resolvesOnce({ DBInstances: [instance('two')] });
    const { resources: found } = await discovery.list('rds', 'eu-central-1', scope);
    expect(found.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(rds.commandCalls(DescribeDBInstancesCommand)[1]?.args[0].input.Marker).toBe('more');
  });

  it('become resources that the contract accepts', async () => {
    const tags = [{ Key: 'env', Value: 'prod' }, { Key: 'empty' }];
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [instance('one', { TagList: tags, DBName: 'shop' })] });
    const {
      resources: [found],
    } = await discovery.list('rds', 'eu-central-1', scope);
    expect(Resource.parse(found)).toEqual({
      id: 'arn:aws:rds:eu-central-1:111122223333:db:one',
      name: 'one',
      service: 'rds',
      region: 'eu-central-1',
      awsEngine: 'postgres',
      engine: 'postgres',
      version: '17.4',
      status: 'available',
      endpoints: [{ host: 'one.test', port: 5432, use: 'instance' }],
      database: 'shop',
      iamLogin: true,
      consoleUrl:
        'https://eu-central-1.console.aws.amazon.com/rds/home?region=eu-central-1#database:id=one;is-cluster=false',
      tags: { env: 'prod', empty: '' },
    });
  });

  it('are listed without an engine where Lodge has none', async () => {
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [instance('old', { Engine: 'db2-se' })] });
    const {
      resources: [found],
    } = await discovery.list('rds', 'eu-central-1', scope);
    expect(found).toMatchObject({ awsEngine: 'db2-se' });
    expect(found).not.toHaveProperty('engine');
  });

  it('have no endpoint while they are being made', async () => {
    const making = instance('new', { Endpoint: undefined, DBInstanceStatus: 'creating' });
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [making] });
    const {
      resources: [found],
    } = await discovery.list('rds', 'eu-central-1', scope);
    expect(found).toMatchObject({ status: 'creating', endpoints: [] });
  });

  it('name the missing action where they may not be listed', async () => {
    rds.on(DescribeDBInstancesCommand).rejects(named('AccessDenied', 'User: arn … is not authorized'));
    await expect(discovery.list('rds', 'eu-central-1', scope)).rejects.toMatchObject({
      code: 'AWS_DENIED',
      details: { action: 'rds:DescribeDBInstances' },
    });
  });
});

describe('Aurora clusters', () => {
  it('carry the writer first, then the reader', async () => {
    rds.on(DescribeDBClustersCommand).resolves({
      DBClusters: [
        {
          DBClusterIdentifier: 'ledger',
          DBClusterArn: 'arn:aws:rds:eu-central-1:111122223333:cluster:ledger',
          Engine: 'aurora-postgresql',
          Status: 'available',
          Endpoint: 'ledger.test',
          ReaderEndpoint: 'ledger-ro.test',
          Port: 5432,
        },
      ],
    });
    const {
      resources: [found],
    } = await discovery.list('aurora', 'eu-central-1', scope);
    expect(Resource.parse(found)).toMatchObject({ engine: 'postgres', iamLogin: false });
    expect(found?.endpoints).toEqual([
      { host: 'ledger.test', port: 5432, use: 'writer' },
      { host: 'ledger-ro.test', port: 5432, use: 'reader', readOnly: true },
    ]);
  });
});

describe('DynamoDB', () => {
  it('is one resource a region, with the names of its tables from every page', async () => {
    dynamodb
      .on(ListTablesCommand)
      .resolvesOnce({ TableNames: ['a'], LastEvaluatedTableName: 'a' })
      .resolvesOnce({ TableNames: ['b'] });
    const { resources: found } = await discovery.list('dynamodb', 'eu-central-1', scope);
    expect(found).toHaveLength(1);
    expect(Resource.parse(found[0])).toMatchObject({ engine: 'dynamodb', tables: ['a', 'b'] });
  });

  it('is not listed where a region has no tables', async () => {
    dynamodb.on(ListTablesCommand).resolves({ TableNames: [] });
    expect((await discovery.list('dynamodb', 'eu-central-1', scope)).resources).toEqual([]);
  });
});

describe('finding one resource', () => {
  it('reads it again by its ARN', async () => {
    rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: 'one' }).resolves({ DBInstances: [instance('one')] });
    const found = await discovery.find('arn:aws:rds:eu-central-1:111122223333:db:one', scope);
    expect(found.endpoints[0]?.host).toBe('one.test');
  });

  it.each([
    ['nothing like an ARN', 'shop.example.com:5432'],
    ["another account's ARN", 'arn:aws:rds:eu-central-1:444455556666:db:one'],
    ['a service that is not asked', 'arn:aws:s3:eu-central-1:111122223333:bucket/one'],
    ['an empty name', 'arn:aws:rds:eu-central-1:111122223333:db:'],
  ])('refuses %s without asking AWS', async (_what, id) => {
    await expect(discovery.find(id, scope)).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    expect(rds.calls()).toHaveLength(0);
  });

  it('refuses an instance that does not exist', async () => {
    rds.on(DescribeDBInstancesCommand).rejects(named('DBInstanceNotFoundFault'));
    const missing = discovery.find('arn:aws:rds:eu-central-1:111122223333:db:gone', scope);
    await expect(missing).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });

  it('refuses what AWS answers under another ARN', async () => {
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [instance('other')] });
    const other = discovery.find('arn:aws:rds:eu-central-1:111122223333:db:one', scope);
    await expect(other).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });

  it('refuses a cluster that does not exist', async () => {
    rds.on(DescribeDBClustersCommand).rejects(named('DBClusterNotFoundFault'));
    docdb.onAnyCommand().rejects(named('DBClusterNotFoundFault'));
    const missing = discovery.find('arn:aws:rds:eu-central-1:111122223333:cluster:gone', scope);
    await expect(missing).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });
});
