/** What can be done to a user, as a menu: the same by pointer and by keyboard. */
import type { KnownUser, UserChange } from '#contract/people.ts';
import { Role } from '#contract/roles.ts';
import type { Action } from '../../components/action-menu.tsx';

type OnChange = (user: KnownUser, change: UserChange) => void;

/** Who is blocked has no session that could end. */
export function userActions(user: KnownUser, onChange: OnChange): Action[] {
  const act = (label: string, change: UserChange, grave = false): Action => ({
    label,
    grave,
    perform: () => onChange(user, change),
  });
  const roles = Role.options
    .filter((role) => role !== user.role)
    .map((role) => act(`Make ${role}`, { kind: 'role', role }));
  if (user.blockedAt) return [...roles, act('Unblock', { kind: 'unblock' })];
  return [...roles, act('End all sessions…', { kind: 'end-sessions' }), act('Block…', { kind: 'block' }, true)];
}
