import { setTimeout as wait } from 'node:timers/promises';
import { BatchWriteCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { ACCESS_KEY, ADMINISTRATORS_KEY, INSTANCE_KEY, userKey } from '#core/aws/store/items.ts';
import { partition } from '#core/aws/store/partition.ts';
import { failed, type Key, type Table } from '#core/aws/store/table.ts';

/** As many as one call takes (API reference of BatchWriteItem). */
const AT_ONCE = 25;

/** What DynamoDB has put off, for want of capacity, is sent again after so long, in milliseconds. */
const LATER = 200;

/** Gives how many users there were. */
export async function forgetUsersAndRules(table: Table): Promise<number> {
  await remove(table, [ACCESS_KEY, ADMINISTRATORS_KEY]);
  let users = 0;
  for await (const page of partition(table, userKey('').pk)) {
    for (let from = 0; from < page.length; from += AT_ONCE)
      await remove(
        table,
        page.slice(from, from + AT_ONCE).map(({ sk }) => userKey(sk)),
      );
    users += page.length;
  }
  return users;
}

/** False where it is no longer the one that was claimed then. */
export async function forgetInstance(table: Table, claim: string): Promise<boolean> {
  const command = new DeleteCommand({
    TableName: table.name,
    Key: INSTANCE_KEY,
    ConditionExpression: 'claim = :claim',
    ExpressionAttributeValues: { ':claim': claim },
  });
  return table.client.send(command).then(
    () => true,
    (error) => (error?.name === 'ConditionalCheckFailedException' ? false : failed(error)),
  );
}

async function remove(table: Table, keys: readonly Key[]): Promise<void> {
  let requests = keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
  while (requests.length > 0) {
    const command = new BatchWriteCommand({ RequestItems: { [table.name]: requests } });
    const { UnprocessedItems } = await table.client.send(command).catch(failed);
    requests = (UnprocessedItems?.[table.name] ?? []) as typeof requests;
    if (requests.length > 0) await wait(LATER);
  }
}
