/** The ports that every function needs: sessions, the instance table, the record of what is done, the log and the time. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ENV, type Environment } from '../env.ts';
import type { Attempts, Audit, AuditTrail, Clock, DataKeys, Log, Scripts, Slots, Store } from '../ports.ts';
import { dynamoAudit } from './audit/audit.ts';
import { eventBus } from './audit/event-bus.ts';
import { dynamoTrail } from './audit/trail.ts';
import { ownConfig } from './clients.ts';
import { dataKeysOf } from './data-keys-of.ts';
import { powertoolsLog } from './log.ts';
import { rememberedKeys } from './remembered-keys.ts';
import { dynamoAttempts, dynamoScripts, dynamoSlots, dynamoStore } from './store/store.ts';

export interface BasePorts {
  readonly dataKeys: DataKeys;
  readonly store: Store;
  readonly attempts: Attempts;
  readonly slots: Slots;
  readonly scripts: Scripts;
  readonly audit: Audit;
  readonly trail: AuditTrail;
  readonly log: Log;
  readonly clock: Clock;
}

/** Builds them from the environment. A function imports this and the adapters of its own: its bundle stays small. */
export function basePorts(environment: Environment, log: Log = powertoolsLog()): BasePorts {
  const clock: Clock = () => new Date();
  const client = tableClient(environment[ENV.tableEndpoint]);
  const table = environment[ENV.table];
  const bus = environment[ENV.auditBus];
  const store = dynamoStore(client, table, clock);
  return {
    dataKeys: rememberedKeys(dataKeysOf(environment), clock),
    store,
    attempts: dynamoAttempts(client, table, clock),
    slots: dynamoSlots(client, table, clock),
    scripts: dynamoScripts(client, table, clock),
    audit: dynamoAudit({ client, table, tell: bus ? eventBus(bus, log) : undefined, log, clock }),
    trail: dynamoTrail({ client, table, store, clock }),
    log,
    clock,
  };
}

/** A table on this machine takes any credentials, and must not be sent those of AWS. */
function tableClient(endpoint: string | undefined): DynamoDBDocumentClient {
  const local = endpoint && { endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...ownConfig(), ...local }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}
