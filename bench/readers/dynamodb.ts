/** The pages of a Query as the SDK hands them out; and Lodge. Both find the service by `AWS_ENDPOINT_URL`. */
import { DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { dynamodb } from '#core/engines/dynamodb/dynamodb.ts';
import type { ServiceTarget } from '#core/engines/engine.ts';
import type { Credentials } from '#core/ports/identity.ts';
import type { Reader } from './reader.ts';

export interface ServiceDoor {
  readonly target: ServiceTarget;
  readonly keys: Credentials;
}

/** Of the table, which has one partition; its items are numbered. */
export const TABLE = 'events';
export const PARTITION = 'all';
const LIMITS = { items: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER };

export const dynamodbReader: Reader<ServiceDoor> = {
  async raw({ target: { region }, keys }, rows) {
    const client = new DynamoDBClient({ region, credentials: keys });
    const pages = paginateQuery(
      { client },
      {
        TableName: TABLE,
        KeyConditionExpression: 'part = :part and id < :end',
        ExpressionAttributeValues: { ':part': { S: PARTITION }, ':end': { N: String(rows) } },
      },
    );
    let count = 0;
    for await (const { Items = [] } of pages) count += Items.length;
    client.destroy();
    return count;
  },
  connect: ({ target, keys }, signal) => dynamodb.connect(target, keys, { readOnly: true, scanLimits: LIMITS, signal }),
  statement: (rows) => `QUERY ${JSON.stringify({ table: TABLE, key: { part: PARTITION, id: { '<': rows } } })}`,
};
