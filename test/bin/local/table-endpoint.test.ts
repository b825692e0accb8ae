import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Forward } from '#core/local/dynamo-db/backend.ts';
import { startTableEndpoint } from '../../../bin/local/table-endpoint.ts';

const ask = async (endpoint: string) => {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return client.send(new ListTablesCommand({})).finally(() => client.destroy());
};

describe('the endpoint of the instance table', () => {
  it('passes an operation and its answer on', async () => {
    const asked: string[] = [];
    const forward: Forward = async (_to, operation) => {
      asked.push(operation);
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      return { status: 200, headers, body: Buffer.from('{"TableNames":["lodge"]}') };
    };
    await using table = await startTableEndpoint(forward);
    expect((await ask(table.endpoint)).TableNames).toEqual(['lodge']);
    expect(asked).toEqual(['ListTables']);
  });

  it('is unavailable, not silent, where DynamoDB has died', async () => {
    await using table = await startTableEndpoint(() => Promise.reject(new Error('gone')));
    await expect(ask(table.endpoint)).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });

  it('is closed when it is disposed of', async () => {
    const table = await startTableEndpoint(() => Promise.reject(new Error('gone')));
    await table[Symbol.asyncDispose]();
    await expect(fetch(table.endpoint)).rejects.toThrow();
  });
});
