/**
 * Documents as rows. Columns are announced before rows, so they are those of the first batch; the last column holds the
 * whole document with its types, and so also what later documents have beside.
 */
import type { ResultColumn } from '#contract/results.ts';
import type { DocumentColumns } from '../documents/document-lines.ts';
import { LaterNames } from '../documents/later-names.ts';
import type { JsonColumn } from '../sql/json-column.ts';
import { type Field, fieldsOf, isNull, kindOf, type Place, STRING, typeName } from './bson.ts';
import { cellOf, ExtendedJson } from './extended-json.ts';

/** The name of the last column. No field of a document is likely to have it. */
const DOCUMENT = '{document}';
/** More columns than this show nothing to anybody; the rest stands in the last one. */
const MOST_COLUMNS = 300;

/** Where the documents come from, where they are a collection's own. */
export interface Source {
  readonly database: string;
  readonly collection: string;
}

export class FieldColumns implements DocumentColumns<Place> {
  readonly columns: readonly ResultColumn[];
  readonly later = new LaterNames();
  readonly #places: ReadonlyMap<string, number>;
  /** By column: the number of the last row that has a value in it. */
  readonly #written: number[];
  readonly #json = new ExtendedJson();
  #rows = 0;

  /** `documents` are those of the first batch that has any; where none has, the columns are those that were asked for. */
  constructor(documents: Iterable<Place>, source: Source | undefined, asked: readonly string[] = []) {
    const found = typesOf(documents);
    const types = found ?? new Map(asked.map((name) => [name, new Set<number>()]));
    const id = types.has('_id') || !found ? ['_id'] : [];
    const names = [...id, ...[...types.keys()].filter((name) => name !== '_id')].slice(0, MOST_COLUMNS);
    this.#places = new Map(names.map((name, place) => [name, place]));
    this.#written = names.map(() => 0);
    this.columns = [...names.map((name) => columnOf(name, [...(types.get(name) ?? [])], source)), LAST];
  }

  /** A field that a document does not have is null; of one that it has twice the first is shown. */
  write({ bytes, view, at }: Place, to: readonly JsonColumn[]): number {
    const json = this.#json;
    const written = this.#written;
    this.#rows += 1;
    json.clear();
    json.text('{');
    for (const field of fieldsOf(bytes, at)) {
      const cell = cellOf(field);
      const from = json.member(field, cell);
      const place = this.#places.get(field.name);
      if (place === undefined) this.later.add(field.name);
      else if (written[place] !== this.#rows) {
        written[place] = this.#rows;
        this.#show(field, { cell, view, from }, to[place] as JsonColumn);
      }
    }
    json.text('}');
    for (let place = 0; place < written.length; place += 1) if (written[place] !== this.#rows) to[place]?.null();
    to.at(-1)?.text(json.bytes, json.view, 0, json.length);
    return 2 * json.length;
  }

  /** The string that came, the cell that was made, or what was written of the field from `from` on. */
  #show(
    field: Field,
    { cell, view, from }: { cell: string | undefined; view: DataView; from: number },
    to: JsonColumn,
  ) {
    const json = this.#json;
    const end = json.length;
    if (field.type === STRING) to.text(field.bytes, view, field.from + 4, field.to - field.from - 5);
    else if (cell === undefined) to.text(json.bytes, json.view, from, end - from);
    else {
      json.text(cell);
      to.text(json.bytes, json.view, end, json.length - end);
      json.length = end;
    }
  }
}

const LAST: ResultColumn = { name: DOCUMENT, type: 'Extended JSON', kind: 'json', document: true };

/** Undefined where there is no document. */
function typesOf(documents: Iterable<Place>): Map<string, Set<number>> | undefined {
  let types: Map<string, Set<number>> | undefined;
  for (const { bytes, at } of documents) {
    types ??= new Map();
    for (const { name, type } of fieldsOf(bytes, at)) {
      const known = types.get(name);
      if (known) known.add(type);
      else types.set(name, new Set([type]));
    }
  }
  return types;
}

function columnOf(name: string, types: readonly number[], source: Source | undefined): ResultColumn {
  const proper = types.filter((type) => !isNull(type));
  const kinds = new Set((proper.length > 0 ? proper : types).map(kindOf));
  const [kind = 'text'] = kinds;
  return {
    name,
    type: types.map(typeName).sort().join(' | '),
    kind: kinds.size > 1 ? 'text' : kind,
    ...(source && { table: { schema: source.database, name: source.collection, column: name } }),
    ...(source && name === '_id' && { key: true }),
  };
}
