import * as fc from 'fast-check';
import { samePlace } from '../../../frontend/src/editor/formatted.ts';

test('the cursor stays behind its letter', () => {
  const before = 'select a,b from t';
  const after = 'SELECT\n  a,\n  b\nFROM\n  t';
  expect(samePlace(before, after, 8)).toBe(after.indexOf('a,') + 1);
  expect(samePlace(before, after, before.length)).toBe(after.length);
  expect(samePlace(before, after, 0)).toBe(0);
});

test('a text that lost letters ends where it ends', () => {
  expect(samePlace('abc', 'a', 3)).toBe(1);
});

test('as many letters stand before the cursor as before, whatever the white space', () => {
  const letters = (text: string) => text.replaceAll(/\s/g, '').length;
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', ' ', '\n', '\t')), fc.nat(30), (signs, cut) => {
      const before = signs.join('');
      const place = Math.min(cut, before.length);
      const after = before.replaceAll(/\s+/g, ' ').replaceAll('a', '\n  a');
      expect(letters(after.slice(0, samePlace(before, after, place)))).toBe(letters(before.slice(0, place)));
    }),
  );
});
