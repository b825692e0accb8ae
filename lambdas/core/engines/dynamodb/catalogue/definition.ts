/** The input of CreateTable that would make a table again, as JSON: DynamoDB has no statement for it. */
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { indexesOf } from '../tables.ts';

type Index = ReturnType<typeof indexesOf>[number];
type Throughput = TableDescription['ProvisionedThroughput'];

/** As `aws dynamodb create-table --cli-input-json` takes it. */
export function createTable(table: TableDescription): string {
  const onDemand = table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes, StreamSpecification, DeletionProtectionEnabled } = table;
  return json({
    TableName: table.TableName,
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    BillingMode: onDemand ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ProvisionedThroughput: onDemand ? undefined : throughput(table.ProvisionedThroughput),
    GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map((index) => ({
      ...indexInput(index),
      ...(!onDemand && { ProvisionedThroughput: throughput(index.ProvisionedThroughput) }),
    })),
    LocalSecondaryIndexes: LocalSecondaryIndexes?.map(indexInput),
    StreamSpecification: StreamSpecification?.StreamEnabled ? StreamSpecification : undefined,
    DeletionProtectionEnabled: DeletionProtectionEnabled || undefined,
  });
}

/** An index as it stands in the input of CreateTable. */
export const createIndex = (index: Index): string => json(indexInput(index));

const indexInput = ({ IndexName, KeySchema, Projection }: Pick<Index, 'IndexName' | 'KeySchema' | 'Projection'>) => ({
  IndexName,
  KeySchema,
  Projection,
});

const throughput = ({ ReadCapacityUnits, WriteCapacityUnits }: NonNullable<Throughput> = {}) => ({
  ReadCapacityUnits,
  WriteCapacityUnits,
});

const json = (input: object): string => JSON.stringify(input, null, 2);
