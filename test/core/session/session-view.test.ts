import { SessionView } from '#contract/people.ts';
import { instanceState, sessionView } from '#core/session/session-view.ts';
import { sessionOf } from '../../support/people.ts';
import { claimedInstance } from '../../support/ports.ts';

test('an instance that is not claimed has the name of the product', () => {
  expect(instanceState(undefined)).toEqual({ claimed: false, name: 'Lodge' });
  expect(instanceState(claimedInstance)).toEqual({ claimed: true, name: 'Harbour' });
});

test('before the claim a view has neither a role nor regions', () => {
  const view = sessionView(sessionOf('reader'), undefined, undefined);
  expect(view).not.toHaveProperty('role');
  expect(view.regions).toEqual([]);
  expect(SessionView.parse(view)).toEqual(view);
});

test('after it, it has both', () => {
  const view = sessionView(sessionOf('reader'), claimedInstance, 'editor');
  expect(view).toMatchObject({
    role: 'editor',
    regions: ['eu-central-1', 'us-east-1'],
    expiresAt: '2036-11-23T11:00:00.000Z',
  });
  expect(SessionView.parse(view)).toEqual(view);
});

test('says whether the user may automate, as the settings have it', () => {
  const told = (role: 'reader' | 'editor' | 'administrator', automators: 'editor' | 'administrator') =>
    sessionView(sessionOf(role), { ...claimedInstance, automation: { automators, roles: [] } }, role).automates;
  expect([told('editor', 'administrator'), told('editor', 'editor')]).toEqual([false, true]);
  expect([told('reader', 'editor'), told('administrator', 'administrator')]).toEqual([false, true]);
  expect(sessionView(sessionOf('reader'), undefined, undefined).automates).toBeUndefined();
});

test('nothing of the credentials or of the key is in a view', () => {
  const session = sessionOf('reader');
  const text = JSON.stringify(sessionView(session, claimedInstance, 'reader'));
  for (const secret of Object.values(session.credentials)) expect(text).not.toContain(secret);
  expect(Object.keys(JSON.parse(text)).sort()).toEqual([
    'account',
    'automates',
    'expiresAt',
    'instance',
    'limits',
    'regions',
    'role',
    'user',
  ]);
});
