/** What may be typed at a place of a statement, best first. Pure: the editor turns it into a list, a test reads it. */

import type { Dialect } from '../grid/sql-names.ts';
import { quoteAlways, writeName } from '../grid/sql-names.ts';
import type { NamedColumn, NamedTable, NameIndex } from './name-index.ts';
import { FUNCTIONS, KEYWORDS } from './sql-words.ts';
import { readScope, type StatementScope, type TableUse } from './statement-scope.ts';

export interface Suggestion {
  readonly label: string;
  readonly kind: 'column' | 'table' | 'view' | 'schema' | 'alias' | 'function' | 'keyword' | 'condition';
  readonly detail?: string;
  /** What is written; the label where it is left out. */
  readonly apply: string;
}
export interface Suggestions {
  /** Where the text to replace begins, in the statement. */
  readonly from: number;
  readonly options: readonly Suggestion[];
}

/** A list longer than this is not read: the next letter makes it shorter. */
const MOST_TABLES = 120;
const MOST = 250;

export function suggest(
  statement: string,
  cursor: number,
  index: NameIndex | undefined,
  dialect: Dialect,
): Suggestions | undefined {
  const scope = readScope(statement, cursor);
  if (scope.expects === 'nothing') return undefined;
  const options = new Suggester(scope, index, dialect).options();
  return { from: scope.from, options: options.slice(0, MOST) };
}

class Suggester {
  readonly #scope: StatementScope;
  readonly #index: NameIndex | undefined;
  readonly #dialect: Dialect;
  readonly #prefix: string;
  constructor(scope: StatementScope, index: NameIndex | undefined, dialect: Dialect) {
    this.#scope = scope;
    this.#index = index;
    this.#dialect = dialect;
    this.#prefix = scope.prefix.toLowerCase();
  }

  options(): Suggestion[] {
    const { path, expects } = this.#scope;
    if (path.length > 0) return this.#below(path);
    if (expects === 'table') return [...this.#expressions(), ...this.#tables(this.#index), ...this.#schemas()];
    if (expects === 'insert') return this.#columns(this.#scope.tables.slice(0, 1));
    const columns = this.#columns(this.#scope.tables);
    const conditions = expects === 'join' ? this.#conditions() : [];
    // Before the first table is named, every table may be meant; after it, its columns mostly are.
    const tables = this.#scope.tables.length === 0 || this.#prefix.length > 1 ? this.#tables(this.#index) : [];
    return [...conditions, ...columns, ...this.#aliases(), ...this.#words(), ...tables, ...this.#schemas()];
  }

  /** After a dot: columns of what is before it, or tables of the schema. */
  #below(path: readonly string[]): Suggestion[] {
    const [last = '', schema] = [path.at(-1), path.at(-2)];
    const used = [...this.#scope.tables, ...this.#scope.expressions].find((use) => isCalled(use, last, schema));
    if (used) return this.#columns([used]);
    const inSchema = schema === undefined ? this.#index?.schema(last) : undefined;
    if (inSchema) return this.#tables(inSchema);
    const [table] = this.#index?.named(last, schema) ?? [];
    return table ? this.#columns([{ ...table, alias: undefined }]) : [];
  }

  #columns(uses: readonly TableUse[]): Suggestion[] {
    const found = uses.flatMap((use) => this.#columnsOf(use).map((column) => ({ use, column })));
    const counts = new Map<string, number>();
    for (const { column } of found) counts.set(column.name, (counts.get(column.name) ?? 0) + 1);
    return this.#ranked(found, ({ column }) => column.name).map(({ use, column }) => {
      // Two tables have a column of this name: only with its table's name does it mean one of them.
      const ambiguous = (counts.get(column.name) ?? 0) > 1 && this.#scope.path.length === 0;
      const name = this.#write(column.name);
      const by = use.alias ?? use.name;
      const detail = [column.type, uses.length > 1 ? by : ''].filter(Boolean).join(' · ');
      return {
        label: ambiguous ? `${by}.${column.name}` : column.name,
        kind: 'column',
        detail,
        apply: ambiguous ? `${writeName(by, this.#dialect)}.${name}` : name,
      };
    });
  }

  #columnsOf(use: TableUse): NamedColumn[] {
    if (use.columns) return use.columns.map((name) => ({ name, type: '' }));
    if (use.derived) return [];
    const expression = use.schema === undefined && this.#scope.expressions.find(({ name }) => same(name, use.name));
    if (expression) return (expression.columns ?? []).map((name) => ({ name, type: '' }));
    const [table] = this.#index?.named(use.name, use.schema) ?? [];
    return table && this.#index ? this.#index.columns(table) : [];
  }

  #tables(index: NameIndex | undefined): Suggestion[] {
    if (!index) return [];
    const { prefix } = this.#scope;
    const found = index.withPrefix(prefix, MOST_TABLES);
    if (prefix.length > 1 && found.length < MOST_TABLES)
      found.push(...index.containing(prefix, MOST_TABLES - found.length));
    return found.map((table) => this.#table(table));
  }

  #table({ schema, name, kind }: NamedTable): Suggestion {
    const written = this.#write(name);
    // A name that several schemas have, or that stands in one which is not searched, needs its schema before it.
    const unclear = this.#scope.path.length === 0 && !this.#scope.quoted && !isSearched(schema);
    return {
      label: name,
      kind: kind === 'table' || kind === 'foreign-table' ? 'table' : 'view',
      detail: schema,
      apply: unclear ? `${writeName(schema, this.#dialect)}.${written}` : written,
    };
  }

  #schemas(): Suggestion[] {
    return this.#ranked(this.#index?.schemas ?? [], (name) => name).map((name) => ({
      label: name,
      kind: 'schema',
      detail: 'schema',
      apply: this.#write(name),
    }));
  }

  #expressions(): Suggestion[] {
    return this.#ranked(this.#scope.expressions, ({ name }) => name).map(({ name }) => ({
      label: name,
      kind: 'alias',
      detail: 'of this statement',
      apply: this.#write(name),
    }));
  }

  #aliases(): Suggestion[] {
    const named = this.#scope.tables.map(({ alias, name }) => ({ by: alias ?? name, name }));
    return this.#ranked(named, ({ by }) => by).map(({ by, name }) => ({
      label: by,
      kind: 'alias',
      detail: by === name ? 'table here' : name,
      apply: this.#write(by),
    }));
  }

  /** Keywords in the case in which the word was begun: small letters give small ones. */
  #words(): Suggestion[] {
    if (this.#scope.quoted || this.#prefix === '') return [];
    const small = this.#scope.prefix === this.#prefix;
    const keywords = KEYWORDS.filter((word) => word.startsWith(this.#prefix)).map((word): Suggestion => {
      const label = small ? word : word.toUpperCase();
      return { label, kind: 'keyword', apply: label };
    });
    const functions = FUNCTIONS.filter((name) => name.startsWith(this.#prefix)).map(
      (name): Suggestion => ({ label: name, kind: 'function', detail: 'function', apply: name }),
    );
    return [...keywords, ...functions];
  }

  /** After ON: columns of the last table that look like the key of one before it, or the other way round. */
  #conditions(): Suggestion[] {
    const joined = this.#scope.tables.at(-1);
    if (!joined) return [];
    return this.#scope.tables.slice(0, -1).flatMap((other) => this.#conditionsOf(joined, other));
  }

  #conditionsOf(joined: TableUse, other: TableUse): Suggestion[] {
    const mine = this.#columnsOf(joined).map(({ name }) => name);
    const theirs = this.#columnsOf(other).map(({ name }) => name);
    const pairs: [string, string][] = [];
    for (const name of mine) {
      if (name !== 'id' && /id$/i.test(name) && theirs.includes(name)) pairs.push([name, name]);
      if (same(name, `${singular(other.name)}_id`) && theirs.includes('id')) pairs.push([name, 'id']);
    }
    for (const name of theirs)
      if (same(name, `${singular(joined.name)}_id`) && mine.includes('id')) pairs.push(['id', name]);
    const by = (use: TableUse, column: string): string =>
      `${writeName(use.alias ?? use.name, this.#dialect)}.${writeName(column, this.#dialect)}`;
    return pairs
      .map(([here, there]) => `${by(joined, here)} = ${by(other, there)}`)
      .filter((condition) => condition.toLowerCase().includes(this.#prefix))
      .map((condition) => ({ label: condition, kind: 'condition', apply: condition }));
  }

  /** Those that begin with what is typed, then those that contain it. */
  #ranked<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
    const first: T[] = [];
    const others: T[] = [];
    for (const item of items) {
      const at = nameOf(item).toLowerCase().indexOf(this.#prefix);
      if (at === 0) first.push(item);
      else if (at > 0 && this.#prefix.length > 1) others.push(item);
    }
    return [...first, ...others];
  }

  /** A name that was begun with a quote is written with quotes, needed or not. */
  #write(name: string): string {
    const written = writeName(name, this.#dialect);
    if (!this.#scope.quoted || written !== name) return written;
    return quoteAlways(name, this.#dialect);
  }
}

/** Schemas whose tables are found without naming the schema (PostgreSQL: the default `search_path`). */
const isSearched = (schema: string): boolean => schema === 'public' || schema === 'pg_catalog' || schema === '';
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const isCalled = ({ alias, name, schema }: TableUse, called: string, calledSchema: string | undefined): boolean =>
  calledSchema === undefined ? same(alias ?? name, called) : same(name, called) && same(schema ?? '', calledSchema);
const singular = (name: string): string =>
  name
    .replace(/ies$/i, 'y')
    .replace(/(ss|x|ch|sh)es$/i, '$1')
    .replace(/([^s])s$/i, '$1');
