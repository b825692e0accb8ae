import fc from 'fast-check';
import { uniqueNames } from '#core/output/unique-names.ts';

test.each([
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [
    ['a', 'a', 'a'],
    ['a', 'a_2', 'a_3'],
  ],
  [
    ['a', 'a', 'a_2'],
    ['a', 'a_3', 'a_2'],
  ],
  [
    ['', 'x', ''],
    ['column1', 'x', 'column3'],
  ],
  [
    ['column2', ''],
    ['column2', 'column2_2'],
  ],
])('%j become %j', (names, unique) => {
  expect(uniqueNames(names)).toEqual(unique);
});

test('no name comes twice, and what was unique stays as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'a_2', 'a_3', 'column1', '', 'toString', '__proto__')), (names) => {
      const unique = uniqueNames(names);
      expect(new Set(unique).size).toBe(names.length);
      for (const [index, name] of names.entries()) {
        if (name && names.indexOf(name) === index) expect(unique[index]).toBe(name);
      }
    }),
  );
});
