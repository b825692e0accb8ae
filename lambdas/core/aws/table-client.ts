import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ownConfig } from './clients.ts';

/** A table on this machine takes any credentials, and must not be sent those of AWS. */
export function tableClient(endpoint: string | undefined): DynamoDBDocumentClient {
  const local = endpoint && { endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...ownConfig(), ...local }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}
