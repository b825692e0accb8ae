/** What is known of a table and of an index beside its keys, a line each. */
import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  ListBackupsCommand,
  type OnDemandThroughput,
  type ProvisionedThroughputDescription,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { AppError } from '#contract/errors.ts';
import type { ObjectDescription } from '#contract/objects.ts';
import type { indexesOf } from '../tables.ts';
import { readTableTags } from '../tags.ts';
import type { Catalogue, Place } from './catalogue.ts';

type Index = ReturnType<typeof indexesOf>[number];
type Property = NonNullable<ObjectDescription['properties']>[number];

/** What takes a call of its own is asked for at the same time. A line that the keys do not allow says which action it takes. */
export async function tableProperties(
  catalogue: Catalogue,
  place: Place,
  table: TableDescription,
): Promise<Property[]> {
  const [ttl, recovery, backups, tags] = await Promise.all([
    timeToLive(catalogue, place),
    pointInTime(catalogue, place),
    onDemandBackups(catalogue, place),
    tagsText(catalogue, place),
  ]);
  const { CreationDateTime, DeletionProtectionEnabled, TableClassSummary, TableStatus } = table;
  const { target } = catalogue;
  return lines({
    Status: said(TableStatus ?? 'unknown'),
    Created: CreationDateTime && dayOf(CreationDateTime),
    Capacity: capacityText(table),
    'Warm throughput': warmText(table.WarmThroughput),
    'Table class': CLASSES[TableClassSummary?.TableClass ?? 'STANDARD'],
    'Time to live': ttl,
    Stream: streamText(table),
    'Point-in-time recovery': recovery,
    Backups: backups,
    'Global table': replicasText(table),
    'Deletion protection': DeletionProtectionEnabled ? 'on' : 'off',
    Encryption: encryptionText(table),
    Tags: tags,
    ARN: target.resourceId.replace(/\*$/, place.table),
  });
}

export const indexProperties = (table: TableDescription, index: Index): Property[] =>
  lines({
    Kind: `${index.scope} secondary index`,
    Status: 'IndexStatus' in index ? said(index.IndexStatus ?? 'unknown') : 'active',
    Projection: projectionText(index),
    Capacity: indexCapacity(table, index),
    'Warm throughput': 'WarmThroughput' in index ? warmText(index.WarmThroughput) : undefined,
  });

/** What a list of names and values says; what there is not is left out. */
const lines = (values: Readonly<Record<string, string | undefined>>): Property[] =>
  Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));

const said = (status: string): string => status.toLowerCase().replaceAll('_', ' ');
const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

const CLASSES: Readonly<Record<string, string>> = {
  STANDARD: 'standard',
  STANDARD_INFREQUENT_ACCESS: 'infrequent access',
};

export const projectionText = ({ Projection }: Index): string => {
  const { ProjectionType, NonKeyAttributes = [] } = Projection ?? {};
  if (ProjectionType === 'ALL') return 'all attributes';
  return ProjectionType === 'INCLUDE' ? `keys and ${NonKeyAttributes.join(', ')}` : 'keys only';
};

const isProvisioned = ({ BillingModeSummary }: TableDescription): boolean =>
  BillingModeSummary?.BillingMode !== 'PAY_PER_REQUEST';

const capacityText = (table: TableDescription): string =>
  isProvisioned(table) ? provisioned(table.ProvisionedThroughput) : onDemand(table.OnDemandThroughput);

/** A local index has none of its own: it takes the table's (Developer Guide, "Local secondary indexes"). */
function indexCapacity(table: TableDescription, index: Index): string {
  if (index.scope === 'local') return 'the table’s';
  const { ProvisionedThroughput, OnDemandThroughput } = index as Partial<
    Pick<TableDescription, 'ProvisionedThroughput' | 'OnDemandThroughput'>
  >;
  return isProvisioned(table) ? provisioned(ProvisionedThroughput) : onDemand(OnDemandThroughput);
}

const provisioned = ({ ReadCapacityUnits = 0, WriteCapacityUnits = 0 }: ProvisionedThroughputDescription = {}) =>
  `provisioned: ${ReadCapacityUnits} read and ${WriteCapacityUnits} write units a second`;

/** −1 stands for no limit (API Reference, OnDemandThroughput). */
function onDemand({
  MaxReadRequestUnits: reads = -1,
  MaxWriteRequestUnits: writes = -1,
}: OnDemandThroughput = {}): string {
  const most = [...(reads < 0 ? [] : [`${reads} read`]), ...(writes < 0 ? [] : [`${writes} write`])];
  return most.length === 0 ? 'on demand' : `on demand, at most ${most.join(' and ')} units a second`;
}

interface Warm {
  readonly ReadUnitsPerSecond?: number | undefined;
  readonly WriteUnitsPerSecond?: number | undefined;
  readonly Status?: string | undefined;
}
function warmText({ ReadUnitsPerSecond: reads, WriteUnitsPerSecond: writes, Status }: Warm = {}): string | undefined {
  if (reads === undefined && writes === undefined) return undefined;
  const text = `${(reads ?? 0).toLocaleString('en')} read and ${(writes ?? 0).toLocaleString('en')} write units a second`;
  return Status === undefined || Status === 'ACTIVE' ? text : `${text}, ${said(Status)}`;
}

const VIEWS: Readonly<Record<string, string>> = {
  KEYS_ONLY: 'keys only',
  NEW_IMAGE: 'new images',
  OLD_IMAGE: 'old images',
  NEW_AND_OLD_IMAGES: 'new and old images',
};
function streamText({ StreamSpecification, LatestStreamArn }: TableDescription): string {
  if (!StreamSpecification?.StreamEnabled) return 'off';
  const view = VIEWS[StreamSpecification.StreamViewType ?? ''] ?? 'on';
  return LatestStreamArn ? `${view}, ${LatestStreamArn}` : view;
}

function replicasText({ Replicas = [], GlobalTableVersion, MultiRegionConsistency }: TableDescription): string {
  if (Replicas.length === 0) return 'no';
  const regions = Replicas.map(({ RegionName = '', ReplicaStatus = 'ACTIVE' }) =>
    ReplicaStatus === 'ACTIVE' ? RegionName : `${RegionName} (${said(ReplicaStatus)})`,
  );
  const version = GlobalTableVersion ? `version ${GlobalTableVersion}, ` : '';
  return `${version}${MultiRegionConsistency === 'STRONG' ? 'strongly consistent, ' : ''}with ${regions.join(', ')}`;
}

/** Without a description the key is one that AWS owns (API Reference, SSEDescription). */
function encryptionText({ SSEDescription: encryption }: TableDescription): string {
  if (!encryption || encryption.Status === 'DISABLED') return 'by a key of DynamoDB';
  const state = encryption.Status && encryption.Status !== 'ENABLED' ? `, ${said(encryption.Status)}` : '';
  return `${encryption.KMSMasterKeyArn ? `by ${encryption.KMSMasterKeyArn}` : 'by KMS'}${state}`;
}

const timeToLive = ({ calls }: Catalogue, { table }: Place): Promise<string> =>
  orWhyNot(async () => {
    const { TimeToLiveDescription: ttl } = await calls.send(
      { action: 'DescribeTimeToLive', table },
      (client, options) => client.send(new DescribeTimeToLiveCommand({ TableName: table }), options),
    );
    return ttl?.TimeToLiveStatus === 'ENABLED' ? `by ${ttl.AttributeName}` : switchText(ttl?.TimeToLiveStatus);
  });

const pointInTime = ({ calls }: Catalogue, { table }: Place): Promise<string> =>
  orWhyNot(async () => {
    const { ContinuousBackupsDescription: backups } = await calls.send(
      { action: 'DescribeContinuousBackups', table },
      (client, options) => client.send(new DescribeContinuousBackupsCommand({ TableName: table }), options),
    );
    const { PointInTimeRecoveryStatus, EarliestRestorableDateTime } = backups?.PointInTimeRecoveryDescription ?? {};
    if (PointInTimeRecoveryStatus !== 'ENABLED') return switchText(PointInTimeRecoveryStatus);
    return EarliestRestorableDateTime ? `on, back to ${EarliestRestorableDateTime.toISOString()}` : 'on';
  });

/** Those made on demand. The action takes no table's ARN (Service Authorization Reference, "DynamoDB"). */
const onDemandBackups = ({ calls }: Catalogue, { table }: Place): Promise<string> =>
  orWhyNot(async () => {
    const { BackupSummaries: backups = [], LastEvaluatedBackupArn } = await calls.send(
      { action: 'ListBackups' },
      (client, options) => client.send(new ListBackupsCommand({ TableName: table ?? '' }), options),
    );
    if (backups.length === 0) return 'none on demand';
    const times = backups.flatMap(({ BackupCreationDateTime: time }) => (time ? [time.getTime()] : []));
    const last = times.length > 0 ? `, the last of ${dayOf(new Date(Math.max(...times)))}` : '';
    return `${backups.length}${LastEvaluatedBackupArn ? ' or more' : ''} on demand${last}`;
  });

const switchText = (status: string | undefined): string =>
  status === undefined || status === 'DISABLED' ? 'off' : said(status);

const tagsText = (catalogue: Catalogue, { table }: Place): Promise<string> =>
  orWhyNot(async () => {
    const tags = Object.entries(await readTableTags({ ...catalogue, table }));
    return tags.length === 0 ? 'none' : tags.map(([key, value]) => `${key}=${value}`).join(', ');
  });

/** What else is known of a table does not fail with one of its details. */
async function orWhyNot(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `not known: ${error.message}`;
  }
}
