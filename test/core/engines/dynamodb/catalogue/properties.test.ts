/** What no DynamoDB on this machine has: the answers are those of the API Reference. */
import type { DescribeContinuousBackupsOutput, ListBackupsOutput, TableDescription } from '@aws-sdk/client-dynamodb';
import { AppError } from '#contract/errors.ts';
import type { Calls } from '#core/engines/dynamodb/calls.ts';
import type { Catalogue } from '#core/engines/dynamodb/catalogue/catalogue.ts';
import { indexProperties, tableProperties } from '#core/engines/dynamodb/catalogue/properties.ts';

const resourceId = 'arn:aws:dynamodb:eu-central-1:111122223333:table/*';
const ANSWERS: Readonly<Record<string, object>> = {
  DescribeTimeToLive: { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'gone' } },
  DescribeContinuousBackups: {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        EarliestRestorableDateTime: new Date('2026-10-20T08:00:00Z'),
      },
    },
  } satisfies DescribeContinuousBackupsOutput,
  ListBackups: {
    BackupSummaries: [
      { BackupCreationDateTime: new Date('2026-11-02T00:00:00Z') },
      { BackupCreationDateTime: new Date('2026-11-09T00:00:00Z') },
    ],
    LastEvaluatedBackupArn: 'arn',
  } satisfies ListBackupsOutput,
  // All pages, as a record.
  ListTagsOfResource: { team: 'store', empty: '' },
};

/** Answers each call that its keys allow. */
const catalogueOf = (answers = ANSWERS): Catalogue => ({
  tables: {} as Catalogue['tables'],
  target: { region: 'eu-central-1', resourceId, user: 'ada' },
  calls: {
    send: async ({ action }: Parameters<Calls['send']>[0]) => {
      const answer = answers[action];
      if (!answer) throw new AppError('AWS_DENIED', { message: `Your keys do not allow dynamodb:${action}.` });
      return answer;
    },
  } as unknown as Calls,
});
const place = { table: 'orders', index: undefined };
const valuesOf = async (table: TableDescription, catalogue = catalogueOf()) =>
  Object.fromEntries((await tableProperties(catalogue, place, table)).map(({ name, value }) => [name, value]));

const TABLE: TableDescription = {
  TableStatus: 'ACTIVE',
  CreationDateTime: new Date('2025-01-31T10:00:00Z'),
  BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  OnDemandThroughput: { MaxReadRequestUnits: 400, MaxWriteRequestUnits: -1 },
  WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: 'UPDATING' },
  TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  LatestStreamArn: 'arn:stream',
  GlobalTableVersion: '2019.11.21',
  MultiRegionConsistency: 'STRONG',
  Replicas: [
    { RegionName: 'eu-west-1', ReplicaStatus: 'ACTIVE' },
    { RegionName: 'us-east-1', ReplicaStatus: 'CREATING' },
  ],
  DeletionProtectionEnabled: true,
  SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: 'arn:key' },
};

test('a table tells everything that AWS tells of it', async () => {
  expect(await valuesOf(TABLE)).toEqual({
    Status: 'active',
    Created: '2025-01-31',
    Capacity: 'on demand, at most 400 read units a second',
    'Warm throughput': '12,000 read and 4,000 write units a second, updating',
    'Table class': 'infrequent access',
    'Time to live': 'by gone',
    Stream: 'new and old images, arn:stream',
    'Point-in-time recovery': 'on, back to 2026-10-20T08:00:00.000Z',
    Backups: '2 or more on demand, the last of 2026-11-09',
    'Global table': 'version 2019.11.21, strongly consistent, with eu-west-1, us-east-1 (creating)',
    'Deletion protection': 'on',
    Encryption: 'by arn:key',
    Tags: 'team=store, empty=',
    ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders',
  });
});

test('what a table does not have is said as plainly', async () => {
  const off = {
    DescribeTimeToLive: { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLING' } },
    DescribeContinuousBackups: {},
    ListBackups: {},
    ListTagsOfResource: {},
  };
  const values = await valuesOf({ ProvisionedThroughput: { ReadCapacityUnits: 5 } }, catalogueOf(off));
  expect(values).toEqual({
    Status: 'unknown',
    Capacity: 'provisioned: 5 read and 0 write units a second',
    'Table class': 'standard',
    'Time to live': 'disabling',
    Stream: 'off',
    'Point-in-time recovery': 'off',
    Backups: 'none on demand',
    'Global table': 'no',
    'Deletion protection': 'off',
    Encryption: 'by a key of DynamoDB',
    Tags: 'none',
    ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders',
  });
});

test.each([
  ['Time to live', 'DescribeTimeToLive'],
  ['Point-in-time recovery', 'DescribeContinuousBackups'],
  ['Backups', 'ListBackups'],
  ['Tags', 'ListTagsOfResource'],
])('%s that may not be looked at names its action, and the rest is told', async (name, action) => {
  const { [action]: _, ...answers } = ANSWERS;
  const values = await valuesOf(TABLE, catalogueOf(answers));
  expect(values[name]).toBe(`not known: Your keys do not allow dynamodb:${action}.`);
  expect(Object.values(values).filter((value) => value?.startsWith('not known'))).toHaveLength(1);
});

test('an index tells its projection and its capacity', () => {
  const keyed = { IndexName: 'by-day', KeySchema: [], Projection: { ProjectionType: 'KEYS_ONLY' as const } };
  const provisioned = { ReadCapacityUnits: 3, WriteCapacityUnits: 1 };
  const global = { ...keyed, scope: 'global' as const, IndexStatus: 'CREATING' as const };
  expect(indexProperties({}, { ...global, ProvisionedThroughput: provisioned })).toEqual([
    { name: 'Kind', value: 'global secondary index' },
    { name: 'Status', value: 'creating' },
    { name: 'Projection', value: 'keys only' },
    { name: 'Capacity', value: 'provisioned: 3 read and 1 write units a second' },
  ]);
  expect(indexProperties(TABLE, { ...global, WarmThroughput: { ReadUnitsPerSecond: 9 } })).toEqual(
    expect.arrayContaining([
      { name: 'Capacity', value: 'on demand' },
      { name: 'Warm throughput', value: '9 read and 0 write units a second' },
    ]),
  );
  expect(indexProperties(TABLE, { ...keyed, scope: 'local' })).toContainEqual({
    name: 'Capacity',
    value: 'the table’s',
  });
});
