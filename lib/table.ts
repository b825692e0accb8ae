/** The instance table: a handful of items, paid by the request. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { BY_USER } from '#core/aws/audit/items.ts';
import type { Settings } from './settings.ts';

/**
 * Keys `pk` and `sk`, items that end at `ttl`; restorable to any second of the last 35 days. One index, of the records of
 * what was done: CloudFormation adds one an update to a table that is deployed (AWS::DynamoDB::Table), so that a second one
 * has to come with a later release than this one.
 */
export const instanceTable = (scope: Construct, { keepData }: Settings): Table => {
  const table = new Table(scope, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    timeToLiveAttribute: 'ttl',
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: keepData,
    removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  table.addGlobalSecondaryIndex({
    indexName: BY_USER.index,
    partitionKey: { name: BY_USER.attribute, type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  return table;
};
