import type { InstanceState, SessionView } from '#contract/people.ts';
import { allows, type Role } from '#contract/roles.ts';
import type { Session } from '../http/handler.ts';
import type { Instance } from '../ports/store.ts';

/** An instance without a name yet is called so. */
const UNNAMED = 'Lodge';

/** What everybody may know of the instance. */
export const instanceState = (instance: Instance | undefined): InstanceState => ({
  claimed: instance !== undefined,
  name: instance?.name ?? UNNAMED,
});

/** What a page may know of its session: no key, no token. */
export function sessionView(
  { user, account, expiresAt }: Pick<Session, 'user' | 'account' | 'expiresAt'>,
  instance: Instance | undefined,
  role: Role | undefined,
): SessionView {
  return {
    user,
    account,
    ...(role ? { role } : {}),
    expiresAt: expiresAt.toISOString(),
    instance: instanceState(instance),
    regions: [...(instance?.regions ?? [])],
    ...(instance && { limits: instance.limits }),
    ...(instance && role && { automates: allows(role, instance.automation.automators) }),
  };
}
