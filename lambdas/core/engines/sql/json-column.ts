/**
 * One column of a batch as JSON text in bytes: `"value","value",null,`. The hot path of every query: values are copied
 * from the socket's bytes and escaped on the way, and never become JavaScript strings.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const SMALLEST = 1_024;
/** A buffer that one large value has blown up is not kept. */
const LARGEST_KEPT = 1_048_576;
/** From here on a value's escaped length is counted first, rather than making room for the worst case. */
const LONG = 4_096;

/** 1 for the bytes that JSON escapes (RFC 8259, section 7); bytes of UTF-8 above ASCII pass. */
const ESCAPED = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 || byte === QUOTE || byte === BACKSLASH),
);
/** The letter after the backslash, where there is one. */
const LETTERS = new Uint8Array(256);
for (const [byte, letter] of Object.entries({ 8: 'b', 9: 't', 10: 'n', 12: 'f', 13: 'r', 34: '"', 92: '\\' }))
  LETTERS[Number(byte)] = letter.charCodeAt(0);
const DIGITS = new TextEncoder().encode('0123456789abcdef');

export class JsonColumn {
  #bytes = new Uint8Array(SMALLEST);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** True where nearly every value holds a quote, as in JSON: then the fast way is not tried first. */
  readonly #quoted: boolean;

  constructor(quoted: boolean) {
    this.#quoted = quoted;
  }

  get length(): number {
    return this.#length;
  }

  null(): void {
    this.#reserve(5);
    this.#view.setUint32(this.#length, 0x6e756c6c);
    this.#bytes[this.#length + 4] = COMMA;
    this.#length += 5;
  }

  /** Appends `length` bytes of `source` from `from` on; `view` looks at the same bytes as `source`. */
  text(source: Uint8Array, view: DataView, from: number, length: number): void {
    if (this.#quoted || !this.#copy(source, view, from, length)) this.#escape(source, from, length);
  }

  /** Appends a text that is escaped already, as between the quotes of a JSON text's string. */
  escaped(source: Uint8Array, view: DataView, from: number, length: number): void {
    this.#reserve(length + 3);
    const bytes = this.#bytes;
    const target = this.#view;
    const to = from + length;
    let at = this.#length;
    bytes[at++] = QUOTE;
    let i = from;
    for (; i + 4 <= to; i += 4, at += 4) target.setUint32(at, view.getUint32(i));
    for (; i < to; i += 1) bytes[at++] = source[i] as number;
    bytes[at++] = QUOTE;
    bytes[at++] = COMMA;
    this.#length = at;
  }

  /** Writes the column without its last comma to `target` at `at`, and begins anew. Returns where it ended. */
  drain(target: Uint8Array, at: number): number {
    const length = Math.max(0, this.#length - 1);
    target.set(this.#bytes.subarray(0, length), at);
    this.#length = 0;
    if (this.#bytes.length > LARGEST_KEPT) this.#resize(SMALLEST);
    return at + length;
  }

  /**
   * Copies four bytes at a time and looks for bytes to escape in all four at once: bit 7 of a byte is set in
   * `(w - 0x20…) & ~w` when one of them is below 0x20, and in the same with 1 after XOR when one equals that byte.
   * Returns false, and appends nothing, where one is found.
   */
  #copy(source: Uint8Array, view: DataView, from: number, length: number): boolean {
    this.#reserve(length + 3);
    const bytes = this.#bytes;
    const target = this.#view;
    const to = from + length;
    let at = this.#length;
    let found = 0;
    bytes[at++] = QUOTE;
    let i = from;
    for (; i + 4 <= to; i += 4, at += 4) {
      const word = view.getUint32(i, true);
      const quotes = word ^ 0x22222222;
      const slashes = word ^ 0x5c5c5c5c;
      found |= ((word - 0x20202020) & ~word) | ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes);
      target.setUint32(at, word, true);
    }
    found &= 0x80808080;
    for (; i < to; i += 1) {
      const byte = source[i] as number;
      found |= ESCAPED[byte] as number;
      bytes[at++] = byte;
    }
    if (found !== 0) return false;
    bytes[at++] = QUOTE;
    bytes[at++] = COMMA;
    this.#length = at;
    return true;
  }

  #escape(source: Uint8Array, from: number, length: number): void {
    this.#reserve((length < LONG ? length * 6 : escapedLength(source, from, length)) + 3);
    const bytes = this.#bytes;
    const to = from + length;
    let at = this.#length;
    bytes[at++] = QUOTE;
    for (let i = from; i < to; i += 1) {
      const byte = source[i] as number;
      if (ESCAPED[byte] === 0) bytes[at++] = byte;
      else at = writeEscape(bytes, at, byte);
    }
    bytes[at++] = QUOTE;
    bytes[at++] = COMMA;
    this.#length = at;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#bytes.length) this.#resize(Math.max(needed, this.#bytes.length * 2));
  }

  #resize(size: number): void {
    const larger = new Uint8Array(size);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

function writeEscape(bytes: Uint8Array, from: number, byte: number): number {
  let at = from;
  const letter = LETTERS[byte] as number;
  bytes[at++] = BACKSLASH;
  if (letter !== 0) {
    bytes[at++] = letter;
    return at;
  }
  bytes[at++] = 0x75;
  bytes[at++] = 0x30;
  bytes[at++] = 0x30;
  bytes[at++] = DIGITS[byte >> 4] as number;
  bytes[at++] = DIGITS[byte & 15] as number;
  return at;
}

function escapedLength(source: Uint8Array, from: number, length: number): number {
  let sum = length;
  for (let i = from; i < from + length; i += 1) {
    const byte = source[i] as number;
    if (ESCAPED[byte] === 1) sum += LETTERS[byte] === 0 ? 5 : 1;
  }
  return sum;
}
