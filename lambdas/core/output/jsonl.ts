/**
 * JSON lines: one object a row, in the order of the columns. A number is a JSON number only where whoever reads it as a
 * double gets the very value back (RFC 8259, section 6; RFC 7493, section 2.2), and a string where not, so that no digit is
 * lost: 9007199254740993, NaN, a numeric of forty digits. JSON stays JSON, with its own digits. NULL is null.
 */
import type { ResultColumn, ValueKind } from '#contract/results.ts';
import { type Cells, NULL, textOf } from './cells.ts';
import { copy } from './copy.ts';
import { exactNumber, isJsonNumber, isSmallNumber } from './exact-number.ts';
import { Room } from './room.ts';
import { NOTHING, type RowWriter } from './row-writer.ts';
import { unescaped } from './unescaped.ts';
import { uniqueNames } from './unique-names.ts';

/** Writes a value of `bytes`, as `Cells` says where it lies, to `out` at `at`. Returns where it ended. */
type Print = (bytes: Buffer, from: number, to: number, out: Buffer, at: number) => number;

const NULL_TEXT = Buffer.from('null');
const ROW_BEGIN = Buffer.from('{');
const ROW_END = Buffer.from('}\n');

export const jsonl = (columns: readonly ResultColumn[]): RowWriter => {
  const lines = new Lines(columns);
  return { begin: () => NOTHING, rows: (cells) => [lines.of(cells)], end: () => NOTHING };
};

class Lines {
  /** `"a":` before the first value of a row, `,"b":` before the others. */
  readonly #keys: readonly Buffer[];
  readonly #prints: readonly Print[];
  readonly #room = new Room();

  constructor(columns: readonly ResultColumn[]) {
    const names = uniqueNames(columns.map(({ name }) => name));
    this.#keys = names.map((name, index) => Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify(name)}:`));
    this.#prints = columns.map(({ kind, type }) => (DOUBLES.test(type) ? double : (PRINTS[kind] ?? quoted)));
  }

  of({ bytes, count, from, to }: Cells): Uint8Array {
    const keys = this.#keys;
    // A value takes two bytes more than it does in the line at the most, as `false` does for `f`.
    const rowSize = keys.reduce((sum, key) => sum + key.length + 2, ROW_BEGIN.length + ROW_END.length);
    const out = this.#room.reserve(bytes.length + count * rowSize);
    let at = 0;
    for (let row = 0; row < count; row += 1) {
      at = whole(ROW_BEGIN, out, at);
      for (let column = 0; column < keys.length; column += 1) {
        at = whole(keys[column] as Buffer, out, at);
        const cell = column * count + row;
        const begin = from[cell] as number;
        at =
          begin === NULL
            ? whole(NULL_TEXT, out, at)
            : (this.#prints[column] as Print)(bytes, begin, to[cell] as number, out, at);
      }
      at = whole(ROW_END, out, at);
    }
    return out.subarray(0, at);
  }
}

const whole = (text: Buffer, out: Buffer, at: number): number => copy(text, 0, text.length, out, at);

/** The line has it as a string of JSON already. */
const quoted: Print = (bytes, from, to, out, at) => copy(bytes, from - 1, (to < 0 ? ~to : to) + 1, out, at);

const number: Print = (bytes, from, to, out, at) => {
  if (to >= 0 && isSmallNumber(bytes, from, to)) return copy(bytes, from, to, out, at);
  const exact = exactNumber(textOf(bytes, from, to));
  return exact === undefined ? quoted(bytes, from, to, out, at) : at + out.write(exact, at);
};

/** What a database prints of these is read back as the very double, in however many digits. */
const DOUBLES = /^(?:real|double precision|double|float)$/;
const double: Print = (bytes, from, to, out, at) =>
  to >= 0 && isJsonNumber(bytes, from, to) ? copy(bytes, from, to, out, at) : number(bytes, from, to, out, at);

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const LETTER_T = 0x74;
const LETTER_F = 0x66;

/** As MongoDB prints them; PostgreSQL prints a letter. */
const BOOLEANS: Readonly<Record<string, Buffer>> = { true: TRUE, false: FALSE };

const boolean: Print = (bytes, from, to, out, at) => {
  const letter = to - from === 1 ? bytes[from] : undefined;
  if (letter === LETTER_T) return whole(TRUE, out, at);
  if (letter === LETTER_F) return whole(FALSE, out, at);
  const text = BOOLEANS[textOf(bytes, from, to)];
  return text ? whole(text, out, at) : quoted(bytes, from, to, out, at);
};

/** Line ends in JSON stand between its tokens only (RFC 8259, section 7). */
const json: Print = (bytes, from, to, out, at) => {
  const end = to < 0 ? unescaped(bytes, from, ~to, out, at) : copy(bytes, from, to, out, at);
  // Each byte a character: what is text and what is not stays so.
  const text = out.toString('latin1', at, end);
  if (!isJson(text)) return quoted(bytes, from, to, out, at);
  return /[\r\n]/.test(text) ? at + out.write(text.replace(/[\r\n]+/g, ' '), at, 'latin1') : end;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const PRINTS: Readonly<Partial<Record<ValueKind, Print>>> = { number, boolean, json };
