/** Bytes as they are read by people: offset, sixteen in hexadecimal, and the same as letters. */

const PER_LINE = 16;

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

export const hexLines = (bytes: Uint8Array): number => Math.ceil(bytes.length / PER_LINE);

export function hexLine(bytes: Uint8Array, line: number): { offset: string; hex: string; letters: string } {
  const some = bytes.subarray(line * PER_LINE, (line + 1) * PER_LINE);
  const pairs = Array.from(some, (byte) => byte.toString(16).padStart(2, '0'));
  const halves = [pairs.slice(0, PER_LINE / 2).join(' '), pairs.slice(PER_LINE / 2).join(' ')];
  return {
    offset: (line * PER_LINE).toString(16).padStart(8, '0'),
    hex: halves.join('  ').padEnd(PER_LINE * 3),
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
