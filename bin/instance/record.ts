import { randomUUID } from 'node:crypto';
import { recorded } from '#core/audit/recorded.ts';
import { dynamoAudit } from '#core/aws/audit/audit.ts';
import type { Deed } from '#core/ports/audit.ts';
import type { Log } from '#core/ports/log.ts';
import type { Ground } from './ground.ts';

/** The table is the record; there is no log of a function here. */
const SILENT: Log = { info: () => undefined, error: () => undefined };

/** Where a change comes from that no request made. */
const ADDRESS = 'npm run instance';

/** Does something that leaves a record, by whoever the credentials belong to. Errors: AUDIT_FAILED; then it is not done. */
export async function recordedBy<T>(
  { table, store, clock, caller }: Ground,
  deed: Pick<Deed, 'kind' | 'subject' | 'change'>,
  act: () => Promise<T>,
): Promise<T> {
  const [user, instance] = await Promise.all([caller(), store.instance()]);
  const audit = dynamoAudit({ client: table.client, table: table.name, log: SILENT, clock });
  const known = { requestId: randomUUID(), address: ADDRESS, ...(user && { user }) };
  return recorded({ audit, instance }, { ...deed, ...known }, act);
}
