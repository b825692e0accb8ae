/**
 * DynamoDB: a call is verified and its permission checked here, then it goes to the DynamoDB of this machine, whose answer
 * is passed on as it is. Each account has tables of its own in each region. Tags are kept here.
 */
import type { Forward } from '../dynamo-db/backend.ts';
import { needsOf } from './dynamo-db-needs.ts';
import { dynamoDbTags, type TaggedTable } from './dynamo-db-tags.ts';
import { json } from './json.ts';
import type { JsonService } from './service.ts';

export const dynamoDb = (forward: Forward, tables: readonly TaggedTable[] = []): JsonService => {
  const tagsOf = dynamoDbTags(tables, forward);
  return {
    protocol: 'json',
    name: 'dynamodb',
    target: 'DynamoDB_20120810',
    contentType: CONTENT_TYPE,
    answer(operation, body, caller) {
      if (operation === 'ListTagsOfResource') return tagsOf(json(body), caller).then(answered);
      const { region, key, authorize } = caller;
      const { accountId } = key.principal;
      const arnOf = (table: string) =>
        table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${accountId}:table/${table}`;
      for (const { action, table } of needsOf(operation, json(body))) {
        authorize(`dynamodb:${action}`, table === undefined ? '*' : arnOf(table));
      }
      return forward({ accountId, region }, operation, body);
    },
  };
};

const CONTENT_TYPE = 'application/x-amz-json-1.0';

const answered = (value: object) => ({
  status: 200,
  headers: { 'content-type': CONTENT_TYPE },
  body: Buffer.from(JSON.stringify(value)),
});
