import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry } from '#contract/audit.ts';
import { AppError } from '#contract/errors.ts';
import { once } from '../../once.ts';
import type { Audit } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { newId, toItem } from './items.ts';

/** Tells of a record as it begins or ends. Never rejects, and never takes longer than a moment. */
export type Tell = (entry: AuditEntry) => Promise<void>;

export interface AuditParts {
  readonly client: DynamoDBDocumentClient;
  /** The name of the instance table. */
  readonly table: string;
  /** Left out: nobody is told. */
  readonly tell?: Tell | undefined;
  readonly log: Log;
  readonly clock: Clock;
}

/** A user waits for the first write, so that it is given up before the request is. In milliseconds. */
const BEGIN_WITHIN = 8_000;

/** The last one is tried for so long, and so often: the tries of the SDK are within each. */
const END_WITHIN = 5_000;
const END_TRIES = 2;

/**
 * So long after a deed has begun the bus hears of it, or when it ends if that is sooner, in milliseconds: to sign and send the
 * event costs what the first row of a statement waits for, and a rule of the bus does not notice.
 */
const TELL_AFTER = 100;

const DAY_SECONDS = 86_400;

/**
 * The record of what is done. Each is written twice, whole both times, so that the second write needs nothing of the first:
 * to the table, as a line of the log, and to whoever is told.
 */
export function dynamoAudit({ client, table, tell = async () => undefined, log, clock }: AuditParts): Audit {
  const write = async (entry: AuditEntry, ttl: number, within: number): Promise<void> => {
    const command = new PutCommand({ TableName: table, Item: toItem(entry, ttl) });
    await client.send(command, { abortSignal: AbortSignal.timeout(within) });
  };

  const complete = async (entry: AuditEntry, ttl: number): Promise<void> => {
    for (let tries = 1; ; tries += 1)
      try {
        return await write(entry, ttl, END_WITHIN);
      } catch (cause) {
        if (tries < END_TRIES) continue;
        return log.error('audit end not written', { requestId: entry.requestId, code: 'AUDIT_FAILED', cause });
      }
  };

  return {
    async begin(deed, days) {
      const begun = performance.now();
      const at = clock();
      const entry: AuditEntry = { ...deed, id: newId(at), at: at.toISOString(), outcome: 'begun' };
      const ttl = Math.floor(at.getTime() / 1_000) + days * DAY_SECONDS;
      await write(entry, ttl, BEGIN_WITHIN).catch((cause: unknown) => {
        throw new AppError('AUDIT_FAILED', { cause });
      });
      log.info('audit', { audit: entry });
      // The deed does not wait for it; a function is frozen only after its end, which does.
      const tellBegun = once(() => tell(entry));
      const timer = setTimeout(tellBegun, TELL_AFTER);
      return {
        async end(end) {
          const ended: AuditEntry = { ...entry, ...end, elapsedMs: Math.round(performance.now() - begun) };
          log.info('audit', { audit: ended });
          clearTimeout(timer);
          await Promise.all([complete(ended, ttl), tellBegun(), tell(ended)]);
        },
      };
    },
  };
}
