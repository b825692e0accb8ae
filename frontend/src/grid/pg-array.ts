/**
 * Arrays as PostgreSQL prints them: `{1,NULL,"a \"b\""}`, nested, and with bounds where they do not begin at 1
 * (`[0:2]={1,2,3}`). PostgreSQL documentation, 8.15.6 "Array Input and Output Syntax".
 */
export type ArrayValue = string | null | ArrayValue[];

/** Reads the text of an array; undefined where it is none. */
export function readArray(text: string): ArrayValue[] | undefined {
  const from = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  const reader = new ArrayReader(text, from);
  return reader.whole();
}

class ArrayReader {
  readonly #text: string;
  #at: number;
  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  whole(): ArrayValue[] | undefined {
    const value = this.#array();
    return value && this.#at === this.#text.length ? value : undefined;
  }

  #array(): ArrayValue[] | undefined {
    if (this.#text[this.#at] !== '{') return undefined;
    this.#at++;
    const values: ArrayValue[] = [];
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return values;
    }
    for (;;) {
      const value = this.#element();
      if (value === undefined) return undefined;
      values.push(value);
      const next = this.#text[this.#at++];
      if (next === '}') return values;
      if (next !== ',') return undefined;
    }
  }

  #element(): ArrayValue | undefined {
    const letter = this.#text[this.#at];
    if (letter === '{') return this.#array();
    if (letter === '"') return this.#quoted();
    const from = this.#at;
    while (this.#at < this.#text.length && !',}'.includes(this.#text[this.#at] ?? '')) this.#at++;
    const word = this.#text.slice(from, this.#at);
    // Arrays of boxes are delimited by semicolons, with commas inside of a value: they stay as they were printed.
    if (word === '' || word.includes(';')) return undefined;
    return word.toUpperCase() === 'NULL' ? null : word;
  }

  #quoted(): string | undefined {
    let value = '';
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const letter = this.#text[at];
      if (letter === '"') {
        this.#at = at + 1;
        return value;
      }
      value += letter === '\\' ? (this.#text[++at] ?? '') : letter;
    }
    return undefined;
  }
}
