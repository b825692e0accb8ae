import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { AUDIT_KINDS, type AuditEntry } from '#contract/audit.ts';
import type { Log } from '../../ports/log.ts';
import { ownConfig } from '../clients.ts';
import type { Tell } from './audit.ts';
import { EVENT_SOURCE } from './event-source.ts';
import { shortened } from './shortened.ts';

/** A statement that has ended waits no longer for the bus than this, in milliseconds. */
const WITHIN = 1_500;

/** Tells an event bus, by its name or its ARN. The kind of the record is the detail-type. What fails is logged. */
export function eventBus(
  bus: string,
  log: Log,
  client = new EventBridgeClient({ ...ownConfig(), maxAttempts: 2 }),
): Tell {
  return async (entry) => {
    try {
      const command = new PutEventsCommand({ Entries: [eventOf(entry, bus)] });
      const { Entries: [put] = [] } = await client.send(command, { abortSignal: AbortSignal.timeout(WITHIN) });
      // An entry is refused inside an answer that succeeds.
      if (put?.ErrorCode) throw Object.assign(new Error('refused'), { code: put.ErrorCode });
    } catch (cause) {
      log.error('audit event not sent', { requestId: entry.requestId, cause });
    }
  };
}

const eventOf = (entry: AuditEntry, bus: string) => ({
  EventBusName: bus,
  Source: EVENT_SOURCE,
  DetailType: `Lodge ${AUDIT_KINDS[entry.kind]}`,
  Time: new Date(entry.at),
  Detail: JSON.stringify(shortened(entry)),
});
