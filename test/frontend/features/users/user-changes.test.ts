import type { KnownUser, UserChange } from '#contract/people.ts';
import { userActions } from '../../../../frontend/src/features/users/user-actions.ts';
import { outcomeOf, questionOf } from '../../../../frontend/src/features/users/user-changes.ts';
import { known } from './known.ts';

const maria = known('maria');
const ada = known('ada', { role: 'administrator' });
const asked = (change: UserChange, user: KnownUser, isSelf = false) => questionOf(change, user, isSelf);

describe('a change of a user', () => {
  it('that can be taken back is made at once, and taken back by its opposite', () => {
    const change = { kind: 'role', role: 'editor' } as const;
    expect(asked(change, maria)).toBeUndefined();
    expect(outcomeOf(change, maria)).toEqual({
      says: 'maria is an editor now.',
      back: { kind: 'role', role: 'reader' },
    });
    expect(asked({ kind: 'unblock' }, maria)).toBeUndefined();
    expect(outcomeOf({ kind: 'unblock' }, maria).back).toEqual({ kind: 'block' });
  });

  it.each<UserChange>([{ kind: 'end-sessions' }, { kind: 'block' }, { kind: 'role', role: 'administrator' }])(
    'to %j is asked about, with what will happen',
    (change) => {
      const question = asked(change, maria);
      expect(question?.title).toContain('maria');
      expect(question?.says.length).toBeGreaterThan(1);
    },
  );

  it('that takes an administrator’s role away is asked about', () =>
    expect(asked({ kind: 'role', role: 'editor' }, ada)).toMatchObject({
      title: 'Make ada an editor?',
      action: 'Make editor',
      grave: true,
    }));

  it('of oneself says what one loses, and who can give it back', () => {
    const question = asked({ kind: 'role', role: 'reader' }, ada, true);
    expect(question?.title).toBe('Make yourself a reader?');
    expect(question?.says.join(' ')).toContain('Only another administrator can give them back.');
    expect(asked({ kind: 'block' }, ada, true)?.says[0]).toContain('nobody but another administrator');
    expect(asked({ kind: 'end-sessions' }, ada, true)?.says[0]).toContain('this one too');
  });

  it('has ended what cannot be brought back', () =>
    expect(outcomeOf({ kind: 'end-sessions' }, maria)).toEqual({ says: 'All sessions of maria have ended.' }));
});

describe('the menu of a user', () => {
  const labels = (user: KnownUser) => userActions(user, () => undefined).map(({ label }) => label);
  it('offers the roles that they have not, and what can be done', () =>
    expect(labels(maria)).toEqual(['Make administrator', 'Make editor', 'End all sessions…', 'Block…']));
  it('lets in again whoever is blocked', () =>
    expect(labels({ ...maria, blockedAt: maria.lastSeenAt })).toEqual([
      'Make administrator',
      'Make editor',
      'Unblock',
    ]));
  it('does what it says', () => {
    const done: unknown[] = [];
    for (const { perform } of userActions(maria, (user, change) => done.push([user.name, change]))) perform();
    expect(done).toEqual([
      ['maria', { kind: 'role', role: 'administrator' }],
      ['maria', { kind: 'role', role: 'editor' }],
      ['maria', { kind: 'end-sessions' }],
      ['maria', { kind: 'block' }],
    ]);
  });
});
