/** The ports that every function needs: sessions, the instance table, the record of what is done, the log and the time. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ENV, type Environment } from '../env.ts';
import type { Attempts, Audit, Clock, DataKeys, Log, Slots, Store } from '../ports.ts';
import { dynamoAudit } from './audit/audit.ts';
import { eventBus } from './audit/event-bus.ts';
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
  readonly audit: Audit;
  readonly log: Log;
  readonly clock: Clock;
}

/** Builds them from the environment. A function imports this and the adapters of its own: its bundle stays small. */
export function basePorts(environment: Environment, log: Log = powertoolsLog()): BasePorts {
  const clock: Clock = () => new Date();
  const keys = chooseDataKeys(environment);
  const client = tableClient(environment[ENV.tableEndpoint]);
  const table = environment[ENV.table];
  const bus = environment[ENV.auditBus];
  return {
    dataKeys: rememberedKeys(keys, clock),
    store: dynamoStore(client, table, clock),
    attempts: dynamoAttempts(client, table, clock),
    slots: dynamoSlots(client, table, clock),
    audit: dynamoAudit({ client, table, tell: bus ? eventBus(bus, log) : undefined, log, clock }),
    log,
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
