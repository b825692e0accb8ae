import { isAlike } from '../../../../frontend/src/features/explorer/is-alike.ts';

test.each([
  [{ a: 1 }, { a: 1 }, true],
  [{ a: 1 }, { a: 2 }, false],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: undefined }, { b: undefined }, false],
  [{ a: Number.NaN }, { a: Number.NaN }, true],
  [{ a: {} }, { a: {} }, false],
])('%j and %j are alike: %j', (one, other, alike) => {
  expect(isAlike(one, other)).toBe(alike);
});
