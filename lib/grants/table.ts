import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** What the table's partitions begin with; the record of what was done has one a day. */
type Partition = 'INSTANCE' | 'USERS' | 'ATTEMPTS' | 'RUNNING' | 'AUDIT#*' | 'SCRIPT*' | 'AUTOMATIONS' | 'RUNS#*';

/** Of one partition, or of those that are named, and never a scan: no function can read what it was not asked for. */
export const itemUse = (
  table: Table,
  partition: Partition | Partition[],
  actions: string[],
  index?: string,
): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources: [table.tableArn, ...(index ? [`${table.tableArn}/${index}`] : [])],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partition].flat() } },
  });
