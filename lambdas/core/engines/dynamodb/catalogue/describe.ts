/** What is known of a table or of one of its indexes. */
import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  type ProvisionedThroughputDescription,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { AppError } from '#contract/errors.ts';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import { indexesOf, keyOf } from '../tables.ts';
import { attributesOf, type Catalogue, noIndex, type Place, placeOf } from './catalogue.ts';
import { createIndex, createTable } from './definition.ts';

type Index = ReturnType<typeof indexesOf>[number];
type Property = NonNullable<ObjectDescription['properties']>[number];

/** Errors: OBJECT_NOT_FOUND, AWS_DENIED. */
export async function describe(catalogue: Catalogue, path: NodePath): Promise<ObjectDescription> {
  const place = placeOf(path);
  const table = await catalogue.tables.describe(place.table);
  if (place.index === undefined) return describeTable(catalogue, path, table);
  const index = indexesOf(table).find(({ IndexName }) => IndexName === place.index);
  if (!index) throw noIndex(place);
  return describeIndex(path, table, index);
}

async function describeTable(
  catalogue: Catalogue,
  path: NodePath,
  table: TableDescription,
): Promise<ObjectDescription> {
  const place = placeOf(path);
  const [ttl, backups] = await Promise.all([timeToLive(catalogue, place), pointInTime(catalogue, place)]);
  return {
    kind: 'table',
    path,
    rows: table.ItemCount ?? 0,
    bytes: table.TableSizeBytes ?? 0,
    columns: columnsOf(table, table),
    keys: [primaryKey(table)],
    indexes: indexesOf(table).map((index) => ({
      name: index.IndexName ?? '',
      unique: false,
      method: index.scope,
      definition: `${keyText(index)}, ${projectionText(index)}`,
      bytes: index.IndexSizeBytes ?? 0,
    })),
    properties: [
      { name: 'Status', value: (table.TableStatus ?? 'unknown').toLowerCase() },
      { name: 'Capacity', value: capacityText(table) },
      { name: 'Time to live', value: ttl },
      { name: 'Stream', value: streamText(table) },
      { name: 'Point-in-time recovery', value: backups },
      { name: 'Deletion protection', value: table.DeletionProtectionEnabled ? 'on' : 'off' },
      { name: 'Table class', value: table.TableClassSummary?.TableClass ?? 'STANDARD' },
      { name: 'ARN', value: catalogue.target.resourceId.replace(/\*$/, place.table) },
    ],
    ddl: createTable(table),
  };
}

function describeIndex(path: NodePath, table: TableDescription, index: Index): ObjectDescription {
  const status = 'IndexStatus' in index ? (index.IndexStatus ?? 'unknown').toLowerCase() : 'active';
  const properties: Property[] = [
    { name: 'Kind', value: `${index.scope} secondary index` },
    { name: 'Status', value: status },
    { name: 'Projection', value: projectionText(index) },
  ];
  if ('ProvisionedThroughput' in index && isProvisioned(table))
    properties.push({ name: 'Capacity', value: provisioned(index.ProvisionedThroughput) });
  return {
    kind: 'index',
    path,
    rows: index.ItemCount ?? 0,
    bytes: index.IndexSizeBytes ?? 0,
    columns: columnsOf(table, index).filter(({ name }) => keyOf(index).includes(name)),
    keys: [],
    indexes: [],
    properties,
    ddl: createIndex(index),
  };
}

/** Only what is in a key must be there; items may have any other attribute. */
const columnsOf = (table: TableDescription, keyed: TableDescription | Index): ObjectDescription['columns'] =>
  attributesOf(table, keyed).map(({ name, type, role }) => ({
    name,
    type,
    nullable: role === undefined,
    generated: false,
    ...(role && { comment: role }),
  }));

const primaryKey = (table: TableDescription): ObjectDescription['keys'][number] => ({
  name: 'primary key',
  kind: 'primary',
  columns: keyOf(table),
  definition: keyText(table),
});

const keyText = (keyed: Pick<TableDescription, 'KeySchema'>): string => {
  const [hash, range] = keyOf(keyed);
  return range === undefined ? `${hash} (partition)` : `${hash} (partition), ${range} (sort)`;
};

const projectionText = ({ Projection }: Index): string => {
  const { ProjectionType, NonKeyAttributes = [] } = Projection ?? {};
  if (ProjectionType === 'ALL') return 'all attributes';
  return ProjectionType === 'INCLUDE' ? `keys and ${NonKeyAttributes.join(', ')}` : 'keys only';
};

const isProvisioned = ({ BillingModeSummary }: TableDescription): boolean =>
  BillingModeSummary?.BillingMode !== 'PAY_PER_REQUEST';

const capacityText = (table: TableDescription): string =>
  isProvisioned(table) ? provisioned(table.ProvisionedThroughput) : 'on demand';

const provisioned = ({ ReadCapacityUnits = 0, WriteCapacityUnits = 0 }: ProvisionedThroughputDescription = {}) =>
  `provisioned: ${ReadCapacityUnits} read and ${WriteCapacityUnits} write units a second`;

const streamText = ({ StreamSpecification }: TableDescription): string =>
  StreamSpecification?.StreamEnabled ? (StreamSpecification.StreamViewType ?? 'on') : 'off';

const timeToLive = ({ calls }: Catalogue, { table }: Place): Promise<string> =>
  orWhyNot(async () => {
    const { TimeToLiveDescription: ttl } = await calls.send(
      { action: 'DescribeTimeToLive', table },
      (client, options) => client.send(new DescribeTimeToLiveCommand({ TableName: table }), options),
    );
    return ttl?.TimeToLiveStatus === 'ENABLED' ? `by ${ttl.AttributeName}` : statusText(ttl?.TimeToLiveStatus);
  });

const pointInTime = ({ calls }: Catalogue, { table }: Place): Promise<string> =>
  orWhyNot(async () => {
    const { ContinuousBackupsDescription: backups } = await calls.send(
      { action: 'DescribeContinuousBackups', table },
      (client, options) => client.send(new DescribeContinuousBackupsCommand({ TableName: table }), options),
    );
    const { PointInTimeRecoveryStatus, EarliestRestorableDateTime } = backups?.PointInTimeRecoveryDescription ?? {};
    if (PointInTimeRecoveryStatus !== 'ENABLED') return statusText(PointInTimeRecoveryStatus);
    return EarliestRestorableDateTime ? `on, back to ${EarliestRestorableDateTime.toISOString()}` : 'on';
  });

const statusText = (status: string | undefined): string =>
  status === undefined || status === 'DISABLED' ? 'off' : status.toLowerCase();

/** What else is known of a table does not fail with one of its details. */
async function orWhyNot(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `not known: ${error.message}`;
  }
}
