/** Asks, where there is something to lose, does it, and offers the way back. */
import type { KnownUser, UserChange } from '#contract/people.ts';
import type { Desk } from '../workbench/desk.ts';
import { lookWhoIAm, toast } from '../workbench/desk-actions.ts';
import type { Users } from './open-users.ts';
import { outcomeOf, questionOf } from './user-changes.ts';

export async function changeUser(desk: Desk, users: Users, user: KnownUser, change: UserChange): Promise<void> {
  if (change.kind === 'role' && change.role === user.role) return;
  const isSelf = user.id === desk.session.get().user.id;
  const question = questionOf(change, user, isSelf);
  if (question) {
    const declined = await desk.ask({ kind: 'confirm', ...question }).then(
      () => false,
      () => true,
    );
    if (declined) return;
  }
  if (!(await users.change(user, change))) return;
  // What one may do has changed: pages that one may open no more say so.
  if (isSelf) return lookWhoIAm(desk);
  const { says, back } = outcomeOf(change, user);
  // What was asked about is not taken back by a slip.
  const undo = back && !question ? { label: 'Undo', perform: () => void users.change(user, back) } : undefined;
  toast(desk, { text: says, tone: 'calm', ...(undo && { action: undo }) });
}
