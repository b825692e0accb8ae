import { groupDigits, readNumber } from '../../../frontend/src/components/numbers.ts';

describe('a number as people type it', () => {
  it.each([
    ['60', 60],
    [' 1,000,000 ', 1_000_000],
    ["1'000", 1_000],
    ['1 000', 1_000],
    ['-5', -5],
  ])('%s is %d', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  it.each(['', 'ten', '1.5', '1e3', '9'.repeat(16)])('“%s” is none', (text) => {
    expect(readNumber(text)).toBeNaN();
  });

  it('is shown in groups, and left alone where it is none', () => {
    expect(groupDigits('1000000')).toBe('1,000,000');
    expect(groupDigits('a lot')).toBe('a lot');
  });
});
