import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { failed, type Table } from './table.ts';

export type Item = Record<string, unknown> & { readonly sk: string };

/** What a query asks beside: a filter, or a narrower range of the partition. */
type Asked = Pick<
  QueryCommandInput,
  | 'KeyConditionExpression'
  | 'FilterExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
  | 'ProjectionExpression'
  | 'ScanIndexForward'
  | 'Limit'
>;

/** All items of a partition, a megabyte a page (DynamoDB Developer Guide, "Paginating table query results"). */
export async function* partition(table: Table, pk: string, asked: Asked = {}): AsyncGenerator<readonly Item[]> {
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const command = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ConsistentRead: true,
      ...asked,
      ExpressionAttributeValues: { ...asked.ExpressionAttributeValues, ':pk': pk },
      ...(from && { ExclusiveStartKey: from }),
    });
    const { Items = [], LastEvaluatedKey } = await table.client.send(command).catch(failed);
    yield Items as Item[];
    from = LastEvaluatedKey;
  } while (from);
}
