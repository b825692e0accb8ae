import type { AuditRecord } from '#contract/audit.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { AuditTrail } from '#core/ports.ts';

export interface AuditPorts {
  readonly trail: AuditTrail;
}

/** Searches what was done: all of it, or one's own statements. */
export const audit = ({ trail }: AuditPorts): Handlers<'audit'> => ({
  audit: async ({ body }, { signal }) => trail.search(body, signal),
  history: async ({ body }, { session, signal }) =>
    trail.search({ ...body, userId: session.user.id, kind: 'statement' }, signal),
});

/** Until the trail is there. */
export const emptyTrail: AuditTrail = {
  async *search(): AsyncGenerator<AuditRecord> {
    yield { type: 'end', elapsedMs: 0 };
  },
};
