/** The ports that every function needs: sessions, the instance table, the log and the time. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ENV, type Environment } from '../env.ts';
import type { Attempts, Clock, DataKeys, Log, Slots, Store } from '../ports.ts';
import { ownConfig } from './clients.ts';
import { kmsDataKeys } from './data-keys.ts';
import { localDataKeys } from './local-keys.ts';
import { powertoolsLog } from './log.ts';
import { rememberedKeys } from './remembered-keys.ts';
import { dynamoAttempts, dynamoSlots, dynamoStore } from './store/store.ts';

export interface BasePorts {
  readonly dataKeys: DataKeys;
  readonly store: Store;
  readonly attempts: Attempts;
  readonly slots: Slots;
  readonly log: Log;
  readonly clock: Clock;
}

/** Builds them from the environment. A function imports this and the adapters of its own: its bundle stays small. */
export function basePorts(environment: Environment): BasePorts {
  const clock: Clock = () => new Date();
  const keys = chooseDataKeys(environment);
  const client = tableClient(environment[ENV.tableEndpoint]);
  return {
    dataKeys: rememberedKeys(keys, clock),
    store: dynamoStore(client, environment[ENV.table], clock),
    attempts: dynamoAttempts(client, environment[ENV.table], clock),
    slots: dynamoSlots(client, environment[ENV.table], clock),
    log: powertoolsLog(),
    clock,
  };
}

/** KMS where a key is named, else the secret of this machine. Throws where there is neither. */
function chooseDataKeys(environment: Environment): DataKeys {
  const keyId = environment[ENV.sessionKeyId];
  if (keyId) return kmsDataKeys(new KMSClient(ownConfig()), keyId);
  const secret = environment[ENV.sessionSecret];
  if (secret) return localDataKeys(secret);
  throw new Error(`Set ${ENV.sessionKeyId} or ${ENV.sessionSecret}: sessions cannot be sealed without.`);
}

/** A table on this machine takes any credentials, and must not be sent those of AWS. */
function tableClient(endpoint: string | undefined): DynamoDBDocumentClient {
  const local = endpoint && { endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...ownConfig(), ...local }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}
