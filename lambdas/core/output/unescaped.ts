/** A text as it stands between the quotes of a JSON string (RFC 8259, section 7), made the UTF-8 that it means. */

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const CODE_LENGTH = '\\u0000'.length;

/** What a letter behind a backslash means; of the others, itself: a quote, a backslash, a slash. */
const MEANT = Uint8Array.from({ length: 256 }, (_, byte) => byte);
for (const [letter, byte] of Object.entries({ b: 8, f: 12, n: 10, r: 13, t: 9 })) MEANT[letter.charCodeAt(0)] = byte;

/** Two halves of one character. Half of one that stands alone has no UTF-8, and Buffer writes U+FFFD for it. */
const PAIR = /^\\u[dD][89abAB]..\\u[dD][c-fC-F]/;

/** Writes what `source` holds between `from` and `to` to `target` at `at`, which has room for as much. Returns where it ended. */
export function unescaped(source: Buffer, from: number, to: number, target: Buffer, at: number): number {
  let written = at;
  for (let read = from; read < to; ) {
    const byte = source[read] as number;
    if (byte !== BACKSLASH) {
      target[written++] = byte;
      read += 1;
    } else if (source[read + 1] !== LETTER_U) {
      target[written++] = MEANT[source[read + 1] as number] as number;
      read += 2;
    } else {
      const codes = codesAt(source, read);
      written += target.write(JSON.parse(`"${codes}"`), written);
      read += codes.length;
    }
  }
  return written;
}

/** One, or two where they are the halves of a pair. */
const codesAt = (source: Buffer, at: number): string => {
  const two = source.toString('latin1', at, at + 2 * CODE_LENGTH);
  return PAIR.test(two) ? two : two.slice(0, CODE_LENGTH);
};
