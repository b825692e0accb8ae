/**
 * DynamoDB: a call is verified and its permission checked here, then it goes to the DynamoDB of this machine, whose answer
 * is passed on as it is. Each account has tables of its own in each region.
 */
import type { Forward } from '../dynamo-db/backend.ts';
import { needsOf } from './dynamo-db-needs.ts';
import { json } from './json.ts';
import type { JsonService } from './service.ts';

export const dynamoDb = (forward: Forward): JsonService => ({
  protocol: 'json',
  name: 'dynamodb',
  target: 'DynamoDB_20120810',
  contentType: 'application/x-amz-json-1.0',
  answer(operation, body, { region, key, authorize }) {
    const { accountId } = key.principal;
    const arnOf = (table: string) =>
      table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${accountId}:table/${table}`;
    for (const { action, table } of needsOf(operation, json(body))) {
      authorize(`dynamodb:${action}`, table === undefined ? '*' : arnOf(table));
    }
    return forward({ accountId, region }, operation, body);
  },
});
