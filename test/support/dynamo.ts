/** A DynamoDB in this process, on a free port, with the instance table in it. */
import { createServer, type RequestListener } from 'node:http';
import {
  CreateTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { BY_USER } from '#core/aws/audit/items.ts';
import { post } from '#core/local/dynamo-db/backend.ts';
import { withTransactions } from '#core/local/dynamo-db/transactions.ts';
import { listen } from '#core/local/listen.ts';

export async function startDynamo(table: string) {
  const backend = await listen(dynalite({ createTableMs: 0 } as Parameters<typeof dynalite>[0]));
  const server = await listen(createServer(inFrontOf(backend.port)));
  const endpoint = `http://127.0.0.1:${server.port}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials });
  const key = (hash: string): KeySchemaElement[] => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: table,
      AttributeDefinitions: ['pk', 'sk', BY_USER.attribute].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: key('pk'),
      GlobalSecondaryIndexes: [
        { IndexName: BY_USER.index, KeySchema: key(BY_USER.attribute), Projection: { ProjectionType: 'ALL' } },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.1 } as never, { TableName: table });
  const documents = DynamoDBDocumentClient.from(client);
  return {
    endpoint,
    documents,
    /** All that is stored, as it is stored. */
    items: async () => (await documents.send(new ScanCommand({ TableName: table }))).Items ?? [],
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await server.close();
      await backend.close();
    },
  };
}

/** Gives it the transactions that it has not. */
function inFrontOf(port: number): RequestListener {
  const forward = withTransactions((to, operation, body) =>
    post({ port, accessKeyId: 'local' }, to.region, operation, body),
  );
  return async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    const answer = await forward({ accountId: '111122223333', region: 'eu-central-1' }, operation, body);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
}
