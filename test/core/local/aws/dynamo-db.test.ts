import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ACCOUNT_ID, FOREIGN_ACCOUNT_ID } from '#core/local/account/principals.ts';
import { dynamoDb } from '#core/local/aws/dynamo-db.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry } from './sdk.ts';

/** What reached the DynamoDB behind the endpoint. */
const forwarded: unknown[] = [];
const tables = dynamoDb(async (to, operation, body) => {
  forwarded.push({ ...to, operation, body: JSON.parse(body.toString()) });
  const answer = Buffer.from(JSON.stringify({ TableNames: ['lodge'] }));
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: answer };
});

const config = endpointWith(tables);
beforeEach(() => void forwarded.splice(0));

const client = (credentials: Credentials, region?: string) => new DynamoDBClient(config(credentials, region));
const Key = { pk: { S: 'INSTANCE' }, sk: { S: 'INSTANCE' } };

test('passes a call on to the tables of the caller’s account and region', async () => {
  expect((await client(ada, 'us-east-1').send(new ListTablesCommand({ Limit: 5 }))).TableNames).toEqual(['lodge']);
  await client(registry.longTerm('erin')).send(new ListTablesCommand({}));
  expect(forwarded).toEqual([
    { accountId: ACCOUNT_ID, region: 'us-east-1', operation: 'ListTables', body: { Limit: 5 } },
    { accountId: FOREIGN_ACCOUNT_ID, region: 'eu-central-1', operation: 'ListTables', body: {} },
  ]);
});

test('passes nothing on that is not allowed', async () => {
  const service = client(registry.longTerm('service'));
  await service.send(new GetItemCommand({ TableName: 'lodge', Key }));
  expect(forwarded).toHaveLength(1);
  for (const call of [
    service.send(new GetItemCommand({ TableName: 'shop-orders', Key })),
    service.send(new ListTablesCommand({})),
    client(registry.longTerm('ben')).send(new PutItemCommand({ TableName: 'shop-orders', Item: Key })),
  ]) {
    expect((await refusal(call)).slice(0, 2)).toEqual(['AccessDeniedException', 400]);
  }
  expect(forwarded).toHaveLength(1);
});
