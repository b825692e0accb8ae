/** Bytes as they are read by people: offset, eight or sixteen in hexadecimal, and the same as letters. */

/** How many stand on a line; half as many where there is little room. */
export type PerLine = 8 | 16;

/** Reads PostgreSQL's `\x…` (documentation, 8.4.1 "bytea Hex Format") and MySQL's `0x…`; undefined for anything else. */
export function readBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\\0]x/.test(text) || text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array((text.length - 2) / 2);
  for (let at = 0; at < bytes.length; at++) {
    const high = digit(text.charCodeAt(2 + 2 * at));
    const low = digit(text.charCodeAt(3 + 2 * at));
    if (high < 0 || low < 0) return undefined;
    bytes[at] = high * 16 + low;
  }
  return bytes;
}

function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

export const hexLines = (bytes: Uint8Array, perLine: PerLine): number => Math.ceil(bytes.length / perLine);

export function hexLine(
  bytes: Uint8Array,
  line: number,
  perLine: PerLine,
): { offset: string; hex: string; letters: string } {
  const some = bytes.subarray(line * perLine, (line + 1) * perLine);
  const pairs = Array.from(some, (byte) => byte.toString(16).padStart(2, '0'));
  const groups = [pairs.slice(0, 8).join(' '), pairs.slice(8).join(' ')];
  return {
    offset: (line * perLine).toString(16).padStart(8, '0'),
    hex: groups.join('  ').padEnd(perLine * 3),
    letters: Array.from(some, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join(''),
  };
}

const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** `1.4 MB`: thousands, as storage is counted. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1_000 && unit < UNITS.length - 1; unit++) size /= 1_000;
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`;
}
