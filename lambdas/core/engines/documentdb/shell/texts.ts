/** Quoted texts as JavaScript reads them (ECMA-262, "String Literals"), save that nothing is put into backticks. */
import { wrong } from './wrong.ts';

const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '0': '\0' };
const ESCAPE = /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g;

/** `quoted` with its quotes; `at` is where it begins. */
export function textOf(quoted: string, at: number): string {
  if (quoted.startsWith('`')) {
    const place = /(?<!\\)(?:\\\\)*\$\{/.exec(quoted);
    if (place) throw wrong('Lodge evaluates nothing: a text may hold no placeholder', at + place.index);
  }
  return quoted.slice(1, -1).replace(ESCAPE, (whole, point, unit, byte, sign, index) => {
    const code = Number.parseInt(point ?? unit ?? byte ?? '', 16);
    if (code > 0x10ffff || (Number.isNaN(code) && /^[ux1-9]$/.test(sign)))
      throw wrong(`There is no escape ${whole}`, at + 1 + index);
    if (!Number.isNaN(code)) return String.fromCodePoint(code);
    // A backslash at the end of a line goes on in the next one.
    return /^[\r\n\u2028\u2029]/.test(sign) ? '' : (LETTERS[sign] ?? sign);
  });
}
