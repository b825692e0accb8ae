import { randomBytes } from 'node:crypto';
import { openSealed, seal } from '#core/local/account/sealed.ts';

const key = randomBytes(32);

test('what was sealed is known again', () => {
  expect(openSealed(key, seal(key, { user: 'ada' }))).toEqual({ user: 'ada' });
});

test.each([
  ['with another key', () => seal(randomBytes(32), { user: 'ada' })],
  ['and changed', () => seal(key, { user: 'ada' }).replace(/^../, 'AA')],
  ['nowhere', () => 'not-sealed'],
])('what was sealed %s is not', (_title, make) => {
  expect(openSealed(key, make())).toBeUndefined();
});
