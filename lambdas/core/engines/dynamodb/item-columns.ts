/**
 * Items as rows. Columns are announced before rows, so they are those of the first page; the last column holds the whole
 * item with its types, and so also what later items have beside.
 */
import type { ResultColumn } from '#contract/results.ts';
import type { DocumentColumns } from '../documents/document-lines.ts';
import { LaterNames } from '../documents/later-names.ts';
import type { JsonColumn } from '../sql/json-column.ts';
import { type AttributeType, eachAttribute, type Item } from './attributes.ts';

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

export class ItemColumns implements DocumentColumns<Item> {
  readonly columns: readonly ResultColumn[];
  readonly later = new LaterNames();
  readonly #places: ReadonlyMap<string, number>;
  /** By column: the number of the last row that has a value in it. */
  readonly #written: number[];
  #rows = 0;

  /** `items` are those of the first page that has any. */
  constructor(items: readonly Item[], place: Place | undefined) {
    const types = typesOf(items);
    const keys = [...new Set([...(place?.key ?? []), ...(place?.indexKey ?? [])])];
    const first = keys.filter((name) => types.has(name) || items.length === 0);
    const others = [...types.keys()].filter((name) => !first.includes(name)).sort();
    const names = [...first, ...others].slice(0, MOST_COLUMNS);
    this.#places = new Map(names.map((name, at) => [name, at]));
    this.#written = names.map(() => 0);
    this.columns = [...names.map((name) => columnOf(name, [...(types.get(name) ?? [])], place)), LAST];
  }

  /** An attribute that an item does not have is null. */
  write(item: Item, to: readonly JsonColumn[]): number {
    const { bytes, view } = item;
    this.#rows += 1;
    const row = this.#rows;
    const written = this.#written;
    eachAttribute(item, (name, { shows }, from, end) => {
      const place = this.#places.get(name);
      if (place === undefined) {
        this.later.add(name);
        return;
      }
      // No item has an attribute twice; one that had would put its column out of step with the others.
      if (written[place] === row) return;
      written[place] = row;
      const column = to[place] as JsonColumn;
      if (shows === 'text') column.escaped(bytes, view, from, end - from);
      else if (shows === 'null') column.text(NULL, NULL_VIEW, 0, NULL.length);
      else column.text(bytes, view, from, end - from);
    });
    for (let place = 0; place < written.length; place += 1) if (written[place] !== row) to[place]?.null();
    const length = item.to - item.from;
    to.at(-1)?.text(bytes, view, item.from, length);
    return 2 * length;
  }
}

/** DynamoDB's own null is a value, shown as a word. */
const NULL = Buffer.from('null');
const NULL_VIEW = new DataView(NULL.buffer, NULL.byteOffset, NULL.byteLength);

const LAST: ResultColumn = { name: ITEM, type: 'DynamoDB JSON', kind: 'json', document: true };

function typesOf(items: readonly Item[]): Map<string, Set<AttributeType>> {
  const types = new Map<string, Set<AttributeType>>();
  for (const item of items)
    eachAttribute(item, (name, type) => {
      const known = types.get(name);
      if (known) known.add(type);
      else types.set(name, new Set([type]));
    });
  return types;
}

function columnOf(name: string, types: readonly AttributeType[], place: Place | undefined): ResultColumn {
  const proper = types.filter((type) => type.shows !== 'null');
  const kinds = new Set((proper.length > 0 ? proper : types).map(({ kind }) => kind));
  const [kind = 'text'] = kinds;
  return {
    name,
    type: types
      .map((type) => type.name)
      .sort()
      .join(' | '),
    kind: kinds.size > 1 ? 'text' : kind,
    ...(place && { table: { schema: '', name: place.table, column: name } }),
    ...(place?.key.includes(name) && { key: true }),
  };
}
