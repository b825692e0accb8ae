import fc from 'fast-check';
import { exactNumber, isJsonNumber, isSmallNumber } from '#core/output/exact-number.ts';

const isSmall = (text: string): boolean => isSmallNumber(Buffer.from(text), 0, Buffer.byteLength(text));

test.each(['0', '-1', '123456789012345', '0.5', '-12.50', '1234567890.12345'])('%s is small', (text) => {
  expect([isSmall(text), exactNumber(text)]).toEqual([true, text]);
});

test.each(['', '-', '.5', '5.', '1.2.3', '007', '-01', '1e5', '+1', ' 1', '1234567890123456', '1234567890.123456'])(
  'of %p nothing is said without a look at its value',
  (text) => {
    expect(isSmall(text)).toBe(false);
  },
);

test('what is small is exact, and stays as it is', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789.-'), maxLength: 18 });
  fc.assert(fc.property(digits, (text) => !isSmall(text) || exactNumber(text) === text));
});

test('what a double prints is exact, but for integers that others print so too', () => {
  const printed = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(printed, (double) => {
      const text = String(double);
      const isUnsafe = Number.isInteger(double) && !Number.isSafeInteger(double) && !text.includes('e');
      expect(exactNumber(text)).toBe(isUnsafe ? undefined : text);
    }),
  );
});

test('what is said to be a number of JSON is one', () => {
  const isJson = (text: string): boolean => {
    try {
      return typeof JSON.parse(text) === 'number';
    } catch {
      return false;
    }
  };
  const texts = fc.oneof(
    fc.double().map(String),
    fc.string({ unit: fc.constantFrom(...'0123456789.-+eE'), maxLength: 8 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect([text, isJsonNumber(Buffer.from(text), 0, text.length)]).toEqual([text, isJson(text)]);
    }),
    { numRuns: 2_000 },
  );
});
