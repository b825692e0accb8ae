/**
 * Documents as rows. Columns are announced before rows, so they are those of the first batch; the last column holds the
 * whole document with its types, and so also what later documents have beside.
 */
import type { ResultColumn, Value } from '#contract/results.ts';
import { fieldsOf, isNull, kindOf, textsOf, typeName } from './bson.ts';

/** The name of the last column. No field of a document is likely to have it. */
const DOCUMENT = '{document}';
/** More columns than this show nothing to anybody; the rest stands in the last one. */
const MOST_COLUMNS = 300;

/** Where the documents come from, where they are a collection's own. */
export interface Source {
  readonly database: string;
  readonly collection: string;
}

export class FieldColumns {
  readonly columns: readonly ResultColumn[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #later = new Set<string>();

  /** `documents` are those of the first batch that has any; where none has, the columns are those that were asked for. */
  constructor(documents: readonly Buffer[], source: Source | undefined, asked: readonly string[] = []) {
    const types = documents.length > 0 ? typesOf(documents) : new Map(asked.map((name) => [name, new Set<number>()]));
    const id = types.has('_id') || documents.length === 0 ? ['_id'] : [];
    const names = [...id, ...[...types.keys()].filter((name) => name !== '_id')].slice(0, MOST_COLUMNS);
    this.#places = new Map(names.map((name, place) => [name, place]));
    this.columns = [...names.map((name) => columnOf(name, [...(types.get(name) ?? [])], source)), LAST];
  }

  /** One value a column; a field that a document does not have is null. */
  row(document: Buffer): Value[] {
    const values: Value[] = new Array(this.#places.size + 1).fill(null);
    let text = '';
    for (const field of fieldsOf(document)) {
      const { cell, json } = textsOf(field);
      text += `${text === '' ? '' : ','}${field.label}${json}`;
      const place = this.#places.get(field.name);
      if (place === undefined) this.#later.add(field.name);
      else values[place] = cell;
    }
    values[this.#places.size] = `{${text}}`;
    return values;
  }

  /** Fields without a column of their own, so far. */
  get later(): readonly string[] {
    return [...this.#later].sort();
  }
}

const LAST: ResultColumn = { name: DOCUMENT, type: 'Extended JSON', kind: 'json', document: true };

function typesOf(documents: readonly Buffer[]): Map<string, Set<number>> {
  const types = new Map<string, Set<number>>();
  for (const document of documents)
    for (const { name, type } of fieldsOf(document)) {
      const known = types.get(name);
      if (known) known.add(type);
      else types.set(name, new Set([type]));
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
