/**
 * Items as rows. Columns are announced before rows, so they are those of the first page; the last column holds the whole
 * item with its types, and so also what later items have beside.
 */
import type { ResultColumn, Value } from '#contract/results.ts';
import { type Item, itemText, KINDS, textOf, typeOf } from './values.ts';

/** The name of the last column. No attribute of an item is likely to have it. */
const ITEM = '{item}';
/** More columns than this show nothing to anybody; the rest stands in the last one. */
const MOST_COLUMNS = 300;

interface Place {
  readonly table: string;
  /** The attributes of the table's key, the partition key first. */
  readonly key: readonly string[];
  /** Those of the index that is read. */
  readonly indexKey: readonly string[];
}

export class ItemColumns {
  readonly columns: readonly ResultColumn[];
  readonly #names: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #later = new Set<string>();

  /** `items` are those of the first page that has any. */
  constructor(items: readonly Item[], place: Place | undefined) {
    const types = typesOf(items);
    const keys = [...new Set([...(place?.key ?? []), ...(place?.indexKey ?? [])])];
    const first = keys.filter((name) => types.has(name) || items.length === 0);
    const others = [...types.keys()].filter((name) => !first.includes(name)).sort();
    this.#names = [...first, ...others].slice(0, MOST_COLUMNS);
    this.#known = new Set(this.#names);
    this.columns = [...this.#names.map((name) => columnOf(name, [...(types.get(name) ?? [])], place)), LAST];
  }

  /** One value a column; an attribute that an item does not have is null. */
  row(item: Item): Value[] {
    for (const name in item) if (!this.#known.has(name)) this.#later.add(name);
    const values = this.#names.map((name) => {
      const value = item[name];
      return value === undefined ? null : textOf(value);
    });
    return [...values, itemText(item)];
  }

  /** Attributes without a column of their own, so far. */
  get later(): readonly string[] {
    return [...this.#later].sort();
  }
}

const LAST: ResultColumn = { name: ITEM, type: 'DynamoDB JSON', kind: 'json', document: true };

function typesOf(items: readonly Item[]): Map<string, Set<string>> {
  const types = new Map<string, Set<string>>();
  for (const item of items)
    for (const [name, value] of Object.entries(item)) {
      const known = types.get(name);
      if (known) known.add(typeOf(value));
      else types.set(name, new Set([typeOf(value)]));
    }
  return types;
}

function columnOf(name: string, types: readonly string[], place: Place | undefined): ResultColumn {
  const proper = types.filter((type) => type !== 'NULL');
  const kinds = new Set((proper.length > 0 ? proper : types).map((type) => KINDS[type] ?? 'other'));
  const [kind = 'text'] = kinds;
  return {
    name,
    type: types.toSorted().join(' | '),
    kind: kinds.size > 1 ? 'text' : kind,
    ...(place && { table: { schema: '', name: place.table, column: name } }),
    ...(place?.key.includes(name) && { key: true }),
  };
}
