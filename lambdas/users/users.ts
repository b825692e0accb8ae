import type { KnownUser, UserChange } from '#contract/people.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Store } from '#core/ports/store.ts';

export interface UsersPorts {
  readonly store: Store;
  readonly audit: Audit;
}

/** Who has signed in, and what they may do. */
export const users = ({ store, audit }: UsersPorts): Handlers<'users'> => ({
  users: async ({ body }) => store.users(body),
  changeUser: async ({ body: { id, change } }, context) => {
    const [known, instance] = await Promise.all([store.user(id), store.instance()]);
    const deed = { ...deedOf('user-change', context), subject: known?.arn ?? id, change: toldOf(change, known) };
    return recorded({ audit, instance }, deed, () => store.changeUser(id, change));
  },
});

/** A change as a sentence for whoever reads the record. */
function toldOf(change: UserChange, known: KnownUser | undefined): string {
  const name = known?.name ?? 'somebody unknown';
  if (change.kind === 'role') return `role of ${name}: ${known?.role ?? 'none'} → ${change.role}`;
  return TOLD[change.kind](name);
}

const TOLD: Readonly<Record<Exclude<UserChange['kind'], 'role'>, (name: string) => string>> = {
  'end-sessions': (name) => `all sessions of ${name} ended`,
  block: (name) => `${name} blocked`,
  unblock: (name) => `${name} unblocked`,
};
