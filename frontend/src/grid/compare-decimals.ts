/** Compares numbers written in decimals without turning them into floats: digit by digit, as long as they may be. */

interface Decimal {
  readonly sign: -1 | 0 | 1;
  /** Without leading zeros. The value is 0.digits × 10^exponent. */
  readonly digits: string;
  readonly exponent: number;
}

const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Where the words stand that PostgreSQL counts among its numbers: infinities outside, NaN above all. */
const WORDS: Readonly<Record<string, number>> = { '-infinity': -1, infinity: 1, nan: 2 };

/** Less than, equal to or greater than 0, as for `sort`. What is no number stands after all numbers, by its text. */
export function compareDecimals(a: string, b: string): number {
  const first = read(a);
  const second = read(b);
  if (typeof first === 'number' || typeof second === 'number') {
    const rank = (value: Decimal | number): number => (typeof value === 'number' ? value : 0);
    return rank(first) - rank(second) || (rank(first) === NO_NUMBER ? (a < b ? -1 : a > b ? 1 : 0) : 0);
  }
  if (first.sign !== second.sign) return first.sign - second.sign;
  return first.sign * compareSizes(first, second);
}

/** The rank of a text that is not a number. */
const NO_NUMBER = 3;

function read(text: string): Decimal | number {
  const found = WRITTEN.exec(text);
  if (!found || text.length === 0) return WORDS[text.toLowerCase()] ?? NO_NUMBER;
  const [, minus, whole = '', fraction = '', power = '0'] = found;
  if (whole === '' && fraction === '') return NO_NUMBER;
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '').replace(/0+$/, '');
  if (digits === '') return { sign: 0, digits: '', exponent: 0 };
  const leading = all.length - all.replace(/^0+/, '').length;
  return { sign: minus === '-' ? -1 : 1, digits, exponent: whole.length - leading + Number(power) };
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.exponent !== b.exponent) return a.exponent - b.exponent;
  return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
}
