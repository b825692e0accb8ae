/**
 * The names of a database, sorted for completion: a prefix is found by halving, whether there are twenty tables or a
 * hundred thousand. Columns stay packed as they came and are unpacked for the few tables that a statement names.
 */
import type { NodeKind } from '#contract/engines.ts';
import type { Names } from '#contract/objects.ts';

export interface NamedTable {
  readonly schema: string;
  readonly name: string;
  readonly kind: NodeKind;
}
export interface NamedColumn {
  readonly name: string;
  readonly type: string;
}

/** Stands between the names where all are searched as one text. */
const BETWEEN = '\n';

export class NameIndex {
  readonly schemas: readonly string[];
  readonly #names: Names;
  /** Lower-case names of the tables, sorted, and the place of each in `#names.tables`. */
  readonly #keys: string[];
  readonly #places: Uint32Array;
  readonly #bySchema = new Map<string, NameIndex>();
  #joined: { text: string; starts: Uint32Array } | undefined;

  constructor(names: Names) {
    this.#names = names;
    const lower = names.tables.map(([, name]) => name.toLowerCase());
    this.#places = sortedPlaces(lower);
    this.#keys = Array.from(this.#places, (place) => lower[place] ?? '');
    this.schemas = [...new Set(names.tables.map(([schema]) => schema))].sort();
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Tables whose names begin with a text, in any case, at most `limit`. */
  withPrefix(prefix: string, limit: number): NamedTable[] {
    const wanted = prefix.toLowerCase();
    const found: NamedTable[] = [];
    for (let at = this.#firstFrom(wanted); at < this.#keys.length && found.length < limit; at++) {
      if (!this.#keys[at]?.startsWith(wanted)) break;
      found.push(this.#table(at));
    }
    return found;
  }

  /** Tables with a text elsewhere in their names than at the beginning: first after an underscore, then anywhere. */
  containing(part: string, limit: number): NamedTable[] {
    const wanted = part.toLowerCase();
    const found = new Set<number>();
    if (wanted.includes(BETWEEN)) return [];
    for (const pattern of [`_${wanted}`, wanted]) this.#search(pattern, wanted, found, limit);
    return [...found].map((at) => this.#table(at));
  }

  /** All tables of that name, in any case: one for each schema that has one. */
  named(name: string, schema?: string): NamedTable[] {
    const wanted = name.toLowerCase();
    const found: NamedTable[] = [];
    for (let at = this.#firstFrom(wanted); this.#keys[at] === wanted; at++) {
      const table = this.#table(at);
      if (schema === undefined || table.schema.toLowerCase() === schema.toLowerCase()) found.push(table);
    }
    return found;
  }

  /** The same for one schema alone; undefined where there is no such schema. */
  schema(name: string): NameIndex | undefined {
    const wanted = name.toLowerCase();
    const known = this.#bySchema.get(wanted);
    if (known) return known;
    const tables = this.#names.tables.filter(([schema]) => schema.toLowerCase() === wanted);
    if (tables.length === 0) return undefined;
    const index = new NameIndex({ types: this.#names.types, tables });
    this.#bySchema.set(wanted, index);
    return index;
  }

  columns({ schema, name }: { schema: string; name: string }): NamedColumn[] {
    const wanted = name.toLowerCase();
    for (let at = this.#firstFrom(wanted); this.#keys[at] === wanted; at++) {
      const entry = this.#names.tables[this.#places[at] ?? 0];
      if (entry && entry[0] === schema && entry[1] === name) return this.#unpack(entry[3]);
    }
    return [];
  }

  #unpack(packed: readonly (string | number)[]): NamedColumn[] {
    const columns: NamedColumn[] = [];
    for (let at = 0; at + 1 < packed.length; at += 2)
      columns.push({ name: String(packed[at]), type: this.#names.types[Number(packed[at + 1])] ?? '' });
    return columns;
  }

  #table(at: number): NamedTable {
    const [schema = '', name = '', kind = 'table'] = this.#names.tables[this.#places[at] ?? 0] ?? [];
    return { schema, name, kind };
  }

  /** The first key that is not less than a text. */
  #firstFrom(text: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Searches all names as one text: a hundred thousand of them in a millisecond. */
  #search(pattern: string, prefix: string, found: Set<number>, limit: number): void {
    const { text, starts } = this.#joinKeys();
    for (let at = text.indexOf(pattern); at !== -1 && found.size < limit; ) {
      const place = lastNotAfter(starts, at);
      if (!this.#keys[place]?.startsWith(prefix)) found.add(place);
      at = text.indexOf(pattern, starts[place + 1] ?? text.length);
    }
  }

  #joinKeys(): { text: string; starts: Uint32Array } {
    if (this.#joined) return this.#joined;
    const starts = new Uint32Array(this.#keys.length);
    let at = 0;
    for (const [place, key] of this.#keys.entries()) {
      starts[place] = at;
      at += key.length + 1;
    }
    this.#joined = { text: this.#keys.join(BETWEEN), starts };
    return this.#joined;
  }
}

/** With more runs than this the keys are as good as unsorted. */
const FEW_RUNS = 200;

/**
 * A catalogue answers schema by schema, each in order, and an array's sort joins such runs in a third of the time; where
 * there are none, a typed array's is the faster one.
 */
function sortedPlaces(keys: readonly string[]): Uint32Array {
  const compare = (a: number, b: number): number => {
    const first = keys[a] ?? '';
    const second = keys[b] ?? '';
    return first < second ? -1 : first > second ? 1 : a - b;
  };
  const places = keys.map((_, place) => place);
  const runs = keys.filter((key, place) => key < (keys[place - 1] ?? '')).length;
  return runs < FEW_RUNS ? Uint32Array.from(places.sort(compare)) : Uint32Array.from(places).sort(compare);
}

function lastNotAfter(starts: Uint32Array, position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
