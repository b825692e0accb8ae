/**
 * Reads most values of a Parquet column at a glance, from the bytes of their text: as the number that stands for them in
 * the file. NaN says that there is more to it, or that it is none: then the type reads the text, and has the last word.
 */

/** The value that lies between `from` and `to`. */
export type Glance = (bytes: Buffer, from: number, to: number) => number;

const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const COLON = 0x3a;
const SPACE = 0x20;
const ZERO = 0x30;
const LETTER_T = 0x54;
const TRUE = 0x74;
const FALSE = 0x66;

/** A double counts so many digits without a gap (IEEE 754, DBL_DIG of C). */
const DIGITS = 15;
/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, power) => 10 ** power);

/** The digits between `from` and `to`; NaN where something else is among them. */
const digits: Glance = (bytes, from, to) => {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return from < to ? value : Number.NaN;
};

const pointIn: Glance = (bytes, from, to) => {
  for (let at = from; at < to; at += 1) if (bytes[at] === POINT) return at;
  return to;
};

/** `[-]digits[.digits]` without the point, with so many zeros behind it as make `scale` of them in all. */
const scaled = (bytes: Buffer, from: number, to: number, scale: number): number => {
  const first = bytes[from] === MINUS ? from + 1 : from;
  const point = pointIn(bytes, first, to);
  const places = point === to ? 0 : to - point - 1;
  if (places > scale || point - first + scale > DIGITS || point + 1 === to) return Number.NaN;
  const whole = digits(bytes, first, point);
  const value = places === 0 ? whole : whole * (POWERS[places] as number) + digits(bytes, point + 1, to);
  return (first === from ? value : -value) * (POWERS[scale - places] as number);
};

export const integer: Glance = (bytes, from, to) => scaled(bytes, from, to, 0);

export const small: Glance = (bytes, from, to) => {
  const value = integer(bytes, from, to);
  return (value | 0) === value ? value : Number.NaN;
};

/** The unscaled value of a decimal. */
export const unscaled =
  (precision: number, scale: number): Glance =>
  (bytes, from, to) => {
    const value = scaled(bytes, from, to, scale);
    return Math.abs(value) < 10 ** precision ? value : Number.NaN;
  };

/** Of numbers that are exact, and a power of ten that is, the quotient is the nearest double (Clinger, 1990). */
export const double: Glance = (bytes, from, to) => {
  const point = pointIn(bytes, from, to);
  const places = point === to ? 0 : to - point - 1;
  return places > DIGITS ? Number.NaN : scaled(bytes, from, to, places) / (POWERS[places] as number);
};

export const boolean: Glance = (bytes, from, to) => {
  if (to - from !== 1) return Number.NaN;
  return bytes[from] === TRUE ? 1 : bytes[from] === FALSE ? 0 : Number.NaN;
};

const DATE_LENGTH = 'YYYY-MM-DD'.length;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days since 1970. */
export const date: Glance = (bytes, from, to) => {
  if (to - from !== DATE_LENGTH || bytes[from + 4] !== MINUS || bytes[from + 7] !== MINUS) return Number.NaN;
  const year = digits(bytes, from, from + 4);
  const month = digits(bytes, from + 5, from + 7);
  const day = digits(bytes, from + 8, to);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = (DAYS[month - 1] ?? 0) + Number(isLeap && month === 2);
  return day >= 1 && day <= last ? daysOf(year, month, day) : Number.NaN;
};

/** Counted from a March, so that a leap day is the last of its year. */
const daysOf = (year: number, month: number, day: number): number => {
  const years = month > 2 ? year : year - 1;
  const centuries = Math.floor(years / 100);
  const leaps = Math.floor(years / 4) - centuries + Math.floor(centuries / 4);
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return years * 365 + leaps + inYear - 719_468;
};

const TIME_LENGTH = 'HH:MM:SS'.length;
const MICROS_DIGITS = 6;

/** Microseconds since 1970, as far as a double counts them. */
export const moment =
  (zoned: boolean): Glance =>
  (bytes, from, to) => {
    const begin = from + DATE_LENGTH + 1;
    const end = begin + TIME_LENGTH;
    const isTime = bytes[begin + 2] === COLON && bytes[begin + 5] === COLON;
    if (end > to || !isTime || (bytes[begin - 1] !== SPACE && bytes[begin - 1] !== LETTER_T)) return Number.NaN;
    const hours = digits(bytes, begin, begin + 2);
    const minutes = digits(bytes, begin + 3, begin + 5);
    const days = date(bytes, from, begin - 1);
    const second = days * 86_400 + hours * 3_600 + minutes * 60 + digits(bytes, begin + 6, end);
    const zone = zoned ? zoneIn(bytes, end, to) : to;
    const ahead = zoned ? secondsAhead(bytes, zone, to) : 0;
    const micros = (second - ahead) * 1_000_000 + fraction(bytes, end, zone);
    return Number.isSafeInteger(micros) ? micros : Number.NaN;
  };

/** `.123456`, or nothing, in millionths. */
const fraction: Glance = (bytes, from, to) => {
  if (from === to) return 0;
  const places = to - from - 1;
  if (bytes[from] !== POINT || places > MICROS_DIGITS) return Number.NaN;
  return digits(bytes, from + 1, to) * (POWERS[MICROS_DIGITS - places] as number);
};

const zoneIn: Glance = (bytes, from, to) => {
  let at = from;
  while (at < to && bytes[at] !== PLUS && bytes[at] !== MINUS) at += 1;
  return at;
};

/** `+HH` or `+HH:MM`, in seconds. */
const secondsAhead: Glance = (bytes, from, to) => {
  const hasMinutes = to - from === '+HH:MM'.length && bytes[from + 3] === COLON;
  if (!hasMinutes && to - from !== '+HH'.length) return Number.NaN;
  const minutes = hasMinutes ? digits(bytes, from + 4, to) : 0;
  const seconds = digits(bytes, from + 1, from + 3) * 3_600 + minutes * 60;
  return bytes[from] === MINUS ? -seconds : seconds;
};
