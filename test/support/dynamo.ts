/** A DynamoDB in this process, on a free port, with the instance table in it. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { BY_USER } from '#core/aws/audit/items.ts';

export async function startDynamo(table: string) {
  const server: Server = dynalite({ createTableMs: 0 } as Parameters<typeof dynalite>[0]);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
