/** The ports that every function needs: sessions, the instance table, the record of what is done, the log and the time. */
import { ENV, type Environment } from '../env.ts';
import type { Attempts } from '../ports/attempts.ts';
import type { Audit, AuditTrail } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { DataKeys } from '../ports/data-keys.ts';
import type { Log } from '../ports/log.ts';
import type { Scripts } from '../ports/scripts.ts';
import type { Slots } from '../ports/slots.ts';
import type { Store } from '../ports/store.ts';
import { dynamoAudit } from './audit/audit.ts';
import { eventBus } from './audit/event-bus.ts';
import { dynamoTrail } from './audit/trail.ts';
import { dataKeysOf } from './data-keys-of.ts';
import { powertoolsLog } from './log.ts';
import { rememberedKeys } from './remembered-keys.ts';
import { dynamoAttempts, dynamoScripts, dynamoSlots, dynamoStore } from './store/store.ts';
import { tableClient } from './table-client.ts';

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
