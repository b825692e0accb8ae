/**
 * JSON as lines to read: indented, foldable, and with every digit of its numbers. The text is cut, not parsed and
 * printed again: `12345678901234567890` would come back as `12345678901234567000`.
 */

/** `type` says what a value is, where its text does not. */
type JsonPartKind = 'key' | 'text' | 'number' | 'word' | 'sign' | 'type';
export interface JsonPart {
  readonly kind: JsonPartKind;
  readonly text: string;
}
export interface JsonLine {
  readonly depth: number;
  readonly parts: readonly JsonPart[];
  /** Of a line that opens an object or an array: the line that closes it, and how many values stand between. */
  readonly closedBy?: number;
  readonly holds?: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|(true|false|null)|([{}[\],:]))/sy;

/** Cuts a JSON text into lines; undefined where it is none. */
export function jsonLines(text: string): JsonLine[] | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return new Cutter(text).lines();
}

class Cutter {
  readonly #text: string;
  readonly #lines: Mutable<JsonLine>[] = [];
  /** The lines that opened what is not closed yet. */
  readonly #open: number[] = [];
  #parts: JsonPart[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  lines(): JsonLine[] {
    TOKEN.lastIndex = 0;
    for (let found = TOKEN.exec(this.#text); found; found = TOKEN.exec(this.#text)) {
      const [, string, number, word, sign] = found;
      if (string !== undefined) this.#parts.push({ kind: 'text', text: string });
      else if (number !== undefined) this.#parts.push({ kind: 'number', text: number });
      else if (word !== undefined) this.#parts.push({ kind: 'word', text: word });
      else this.#signs[sign ?? '']?.();
    }
    this.#endLine();
    return this.#lines;
  }

  readonly #signs: Readonly<Record<string, () => void>> = {
    '{': () => this.#opens('{', '}'),
    '[': () => this.#opens('[', ']'),
    '}': () => this.#closes('}'),
    ']': () => this.#closes(']'),
    ',': () => {
      this.#sign(',');
      this.#endLine();
      this.#count();
    },
    ':': () => {
      const key = this.#parts.pop();
      this.#parts.push({ kind: 'key', text: key?.text ?? '' });
      this.#sign(': ');
    },
  };

  #opens(sign: string, end: string): void {
    // An empty object or array stays on its line.
    const empty = new RegExp(`\\s*\\${end}`, 'y');
    empty.lastIndex = TOKEN.lastIndex;
    if (empty.test(this.#text)) {
      TOKEN.lastIndex = empty.lastIndex;
      this.#sign(sign + end);
      return;
    }
    this.#sign(sign);
    const line = this.#endLine();
    this.#open.push(line);
    this.#count();
  }

  #closes(sign: string): void {
    this.#endLine();
    const opener = this.#lines[this.#open.pop() ?? 0];
    if (opener) opener.closedBy = this.#lines.length;
    this.#sign(sign);
  }

  #count(): void {
    const opener = this.#lines[this.#open.at(-1) ?? -1];
    if (opener) opener.holds = (opener.holds ?? 0) + 1;
  }

  #sign(text: string): void {
    this.#parts.push({ kind: 'sign', text });
  }

  #endLine(): number {
    if (this.#parts.length > 0) this.#lines.push({ depth: this.#open.length, parts: this.#parts });
    this.#parts = [];
    return this.#lines.length - 1;
  }
}

/** The lines that are seen while some are folded, by their numbers. */
export function unfolded(lines: readonly JsonLine[], folded: ReadonlySet<number>): number[] {
  const seen: number[] = [];
  for (let line = 0; line < lines.length; line++) {
    seen.push(line);
    const end = folded.has(line) ? lines[line]?.closedBy : undefined;
    if (end !== undefined) line = end;
  }
  return seen;
}

/** The same as one text. */
export const jsonText = (lines: readonly JsonLine[]): string =>
  lines.map(({ depth, parts }) => '  '.repeat(depth) + parts.map(({ text }) => text).join('')).join('\n');
