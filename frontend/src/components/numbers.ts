/** Whole numbers as people type and read them. */

const GROUPED = /[\s,'’_]/g;

/** The number that was typed, with or without groups of digits; NaN for what is none. */
export function readNumber(text: string): number {
  const digits = text.replaceAll(GROUPED, '');
  return /^-?\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** `1000000` → `1,000,000`; what is no number stays as it was typed. */
export function groupDigits(text: string): string {
  const number = readNumber(text);
  return Number.isNaN(number) ? text : number.toLocaleString('en-US');
}
