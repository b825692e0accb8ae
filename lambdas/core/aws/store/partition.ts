import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { failed, type Table } from './table.ts';

export type Item = Record<string, unknown> & { readonly sk: string };

/** All items of a partition, a megabyte a page (DynamoDB Developer Guide, "Paginating table query results"). */
export async function* partition(
  table: Table,
  pk: string,
  filter: Pick<QueryCommandInput, 'FilterExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> = {},
): AsyncGenerator<readonly Item[]> {
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const command = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ConsistentRead: true,
      ...filter,
      ExpressionAttributeValues: { ...filter.ExpressionAttributeValues, ':pk': pk },
      ...(from && { ExclusiveStartKey: from }),
    });
    const { Items = [], LastEvaluatedKey } = await table.client.send(command).catch(failed);
    yield Items as Item[];
    from = LastEvaluatedKey;
  } while (from);
}
