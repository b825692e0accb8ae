import type { AuditRecord, AuditSearch } from '#contract/audit.ts';
import { deedOf, keptAs } from '#core/audit/deed.ts';
import { recordedStream } from '#core/audit/recorded-stream.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { Audit, AuditTrail } from '#core/ports/audit.ts';
import type { Store } from '#core/ports/store.ts';

export interface AuditPorts {
  readonly trail: AuditTrail;
  readonly audit: Audit;
  readonly store: Pick<Store, 'instance'>;
}

/** Searches what was done: all of it, or one's own statements. Without a limit it is an export, which leaves a record too. */
export const audit = ({ trail, audit: recorder, store }: AuditPorts): Handlers<'audit'> => ({
  audit: async ({ body }, context) => {
    const { signal } = context;
    if (body.limit !== undefined) return trail.search(body, signal);
    const { days } = keptAs(await store.instance());
    const deed = { ...deedOf('export', context), change: toldOf(body) };
    let rows = 0;
    const see = ({ type }: AuditRecord) => {
      if (type === 'entry') rows += 1;
    };
    const recording = { audit: recorder, deed, days, signal, known: () => ({ rows }), see };
    return recordedStream(recording, async () => trail.search(body, signal));
  },
  history: async ({ body }, { session, signal }) =>
    trail.search({ ...body, userId: session.user.id, kind: 'statement' }, signal),
});

/** What was exported: `kind: statement, text: orders`, or everything. */
function toldOf({ limit: _, cursor: __, ...wanted }: AuditSearch): string {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return given.length > 0 ? given.map(([name, value]) => `${name}: ${value}`).join(', ') : 'everything';
}
