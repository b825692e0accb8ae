/** What an administrator does to a user, in words: before it is done, and afterwards. */
import type { KnownUser, UserChange } from '#contract/people.ts';
import { ROLES } from '#contract/roles.ts';
import type { Question } from '../../components/confirm-dialog.tsx';

/** What is asked before a change; undefined where it can be taken back with a click, and is done at once. */
export function questionOf(change: UserChange, user: KnownUser, isSelf: boolean): Question | undefined {
  const who = isSelf ? 'yourself' : user.name;
  if (change.kind === 'end-sessions')
    return {
      title: `End all sessions of ${who}?`,
      says: [
        isSelf
          ? 'You are signed out at once in every window, this one too, and your statements that run are stopped.'
          : `${user.name} is signed out at once, in every window, and statements that run are stopped.`,
        `${isSelf ? 'You' : 'They'} may sign in again with ${isSelf ? 'your' : 'their'} AWS keys. What was open stays in the browser.`,
      ],
      action: 'End all sessions',
      grave: true,
    };
  if (change.kind === 'block')
    return {
      title: `Block ${who}?`,
      says: [
        isSelf
          ? 'You are signed out at once, and nobody but another administrator can let you in again.'
          : `${user.name} is signed out at once, statements that run are stopped, and nobody can sign in as ${user.name} until an administrator unblocks them.`,
        'This counts for Lodge only: what the keys may do in AWS stays as it is.',
      ],
      action: 'Block',
      grave: true,
    };
  if (change.kind === 'role' && change.role === 'administrator')
    return {
      title: `Make ${user.name} an administrator?`,
      says: [
        'Administrators change roles, rules and settings, see everything that was done, and can take your role away.',
        'It counts at once.',
      ],
      action: 'Make administrator',
    };
  if (change.kind === 'role' && user.role === 'administrator')
    return {
      title: isSelf ? `Make yourself ${withArticle(change.role)}?` : `Make ${user.name} ${withArticle(change.role)}?`,
      says: isSelf
        ? [
            'You lose this page, the settings, the rules and the audit at once. Only another administrator can give them back.',
            `You can then: ${ROLES[change.role].may.toLowerCase()}.`,
          ]
        : [
            `${user.name} loses users, settings, rules and audit at once.`,
            `What is left: ${ROLES[change.role].may.toLowerCase()}.`,
          ],
      action: `Make ${change.role}`,
      grave: true,
    };
  return undefined;
}

/** What has become of it, in a sentence; and the change that takes it back, where there is one. */
export function outcomeOf(change: UserChange, before: KnownUser): { says: string; back?: UserChange } {
  const { name } = before;
  if (change.kind === 'role')
    return { says: `${name} is ${withArticle(change.role)} now.`, back: { kind: 'role', role: before.role } };
  if (change.kind === 'block') return { says: `${name} is blocked.`, back: { kind: 'unblock' } };
  if (change.kind === 'unblock') return { says: `${name} may sign in again.`, back: { kind: 'block' } };
  return { says: `All sessions of ${name} have ended.` };
}

const withArticle = (role: KnownUser['role']): string => `${role === 'reader' ? 'a' : 'an'} ${role}`;
