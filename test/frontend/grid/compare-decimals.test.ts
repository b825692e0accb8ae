import * as fc from 'fast-check';
import { compareDecimals } from '../../../frontend/src/grid/compare-decimals.ts';

test.each([
  ['9007199254740993', '9007199254740992'],
  ['0.1', '0.09'],
  ['-1', '-2'],
  ['1', '-1'],
  ['0', '-0.0000001'],
  ['10', '9'],
  ['1e3', '999.9999'],
  ['123456789012345678901234567890.1', '123456789012345678901234567890.09'],
  ['1e-7', '0.00000009'],
  ['Infinity', '1e300000'],
  ['-1e300000', '-Infinity'],
  ['NaN', 'Infinity'],
  ['zebra', 'NaN'],
  ['zebra', 'apple'],
  ['.5', '.25'],
])('%s is greater than %s', (greater, less) => {
  expect(compareDecimals(greater, less)).toBeGreaterThan(0);
  expect(compareDecimals(less, greater)).toBeLessThan(0);
});

test.each([
  ['1.0', '1.00'],
  ['-0', '0.000'],
  ['0010', '10'],
  ['1e2', '100'],
  ['+5', '5'],
  ['0.0e5', '0'],
  ['NaN', 'nan'],
])('%s equals %s', (a, b) => {
  expect(compareDecimals(a, b)).toEqual(expect.closeTo(0));
});

test('whole numbers of any length compare as BigInt does', () => {
  const integer = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
  fc.assert(
    fc.property(integer, integer, (a, b) => {
      expect(Math.sign(compareDecimals(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('fractions compare as the same digits without their point', () => {
  const digits = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
  const write = (value: bigint) => {
    const text = String(value < 0n ? -value : value).padStart(13, '0');
    return `${value < 0n ? '-' : ''}${text.slice(0, -12)}.${text.slice(-12)}`;
  };
  fc.assert(
    fc.property(digits, digits, (a, b) => {
      expect(Math.sign(compareDecimals(write(a), write(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
