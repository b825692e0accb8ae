/** Which numbers JSON may have as numbers: those that a double holds to the last digit (RFC 7493, section 2.2). */

const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** A double keeps fifteen digits (IEEE 754, DBL_DIG of C). */
const DIGITS = 15;

/**
 * True for most numbers that there are, without a look at their value: they have so few digits that a double keeps them,
 * and are written as JSON writes them. False says nothing.
 */
export function isSmallNumber(bytes: Buffer, from: number, to: number): boolean {
  const first = bytes[from] === MINUS ? from + 1 : from;
  let at = endOfDigits(bytes, first, to);
  const isWhole = at === to;
  if (!isWhole) {
    if (bytes[at] !== POINT || at === first) return false;
    const fraction = at + 1;
    at = endOfDigits(bytes, fraction, to);
    if (at !== to || at === fraction) return false;
  }
  if (to - first > (isWhole ? DIGITS : DIGITS + 1) || to === first) return false;
  // JSON has no zero before other digits (RFC 8259, section 6).
  return bytes[first] !== ZERO || to - first === 1 || bytes[first + 1] === POINT;
}

const isExponent = (byte: number | undefined): boolean => byte === 0x45 || byte === 0x65;
const isSign = (byte: number | undefined): boolean => byte === MINUS || byte === PLUS;

/** True where JSON writes a number so, whatever its value. */
export function isJsonNumber(bytes: Buffer, from: number, to: number): boolean {
  const first = bytes[from] === MINUS ? from + 1 : from;
  let at = endOfDigits(bytes, first, to);
  if (at === first || (bytes[first] === ZERO && at > first + 1)) return false;
  if (bytes[at] === POINT) {
    const fraction = at + 1;
    at = endOfDigits(bytes, fraction, to);
    if (at === fraction) return false;
  }
  if (at < to && isExponent(bytes[at])) {
    const exponent = isSign(bytes[at + 1]) ? at + 2 : at + 1;
    at = endOfDigits(bytes, exponent, to);
    if (at === exponent) return false;
  }
  return at === to;
}

const endOfDigits = (bytes: Buffer, from: number, to: number): number => {
  let at = from;
  while (at < to && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at += 1;
  return at;
};

const NUMBER = /^(-?)(0|[1-9]\d*)?(\.\d+)?([eE][+-]?\d+)?$/;

/** The text as a JSON number; undefined where it is none, or where a double is another number. */
export const exactNumber = (text: string): string | undefined => {
  const double = Number(text);
  // What a double prints is the double; integers stop being exact before they stop printing so.
  if (!Number.isInteger(double) && Number.isFinite(double) && String(double) === text) return text;
  const [whole, sign = '', integer, fraction = '', exponent = ''] = NUMBER.exec(text) ?? [];
  if (whole === undefined || (integer === undefined && fraction === '')) return undefined;
  const isWhole = fraction === '' && exponent === '';
  const isExact = isWhole
    ? Number.isSafeInteger(double)
    : Number.isFinite(double) && digitsOf(text) === digitsOf(String(double));
  if (!isExact) return undefined;
  // Oracle leaves the zero before the point out; JSON does not.
  return `${sign}${integer ?? '0'}${fraction}${exponent}`;
};

/** Digits and the place of the point, so that 1.50, 15e-1 and 1.5 are one number. */
const digitsOf = (text: string): string => {
  const [, sign = '', integer = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const significant = `${integer}${fraction}`.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (significant.length - digits.length);
  return digits === '' ? `${sign}0` : `${sign}${digits}e${power}`;
};
