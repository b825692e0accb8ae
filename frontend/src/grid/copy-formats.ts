/** What can be copied, as data: each format is a title and a writer that yields its text piece by piece. */
import type { ResultColumn, Value } from '#contract/results.ts';
import { type ArrayValue, readArray } from './pg-array.ts';
import { plainText } from './shown-value.ts';
import { type Dialect, writeLiteral, writeName } from './sql-names.ts';

interface Copied {
  readonly columns: readonly ResultColumn[];
  /** Each row as many values as columns; a row may be reused for the next. */
  readonly rows: Iterable<readonly Value[]>;
  readonly dialect: Dialect;
}
type Writer = (copied: Copied) => Generator<string, void, void>;

/** Rows in one INSERT: few enough for every database, many enough to load fast. */
const ROWS_PER_INSERT = 500;

function* writeTsv({ columns, rows }: Copied): Generator<string, void, void> {
  let between = '';
  for (const row of rows) {
    yield between + row.map((value, place) => tsvField(value, columns[place])).join('\t');
    between = '\n';
  }
}

function* writeTsvWithNames(copied: Copied): Generator<string, void, void> {
  yield `${copied.columns.map(({ name }) => quoteIf(/[\t\n\r"]/, name)).join('\t')}\n`;
  yield* writeTsv(copied);
}

/** RFC 4180, with line feeds. NULL is an empty field and an empty string is `""`, as PostgreSQL's COPY has it. */
function* writeCsv({ columns, rows }: Copied): Generator<string, void, void> {
  yield `${columns.map(({ name }) => quoteIf(/[,\n\r"]/, name)).join(',')}\n`;
  for (const row of rows) yield `${row.map((value, place) => csvField(value, columns[place])).join(',')}\n`;
}

/** An array of objects. Numbers are written digit by digit as they came: a bigint or a numeric stays exact. */
function* writeJson({ columns, rows }: Copied): Generator<string, void, void> {
  const names = uniqueNames(columns).map((name) => JSON.stringify(name));
  let between = '[\n';
  for (const row of rows) {
    const fields = row.map((value, place) => `${names[place]}: ${jsonValue(value, columns[place])}`);
    yield `${between}  {${fields.join(', ')}}`;
    between = ',\n';
  }
  yield between === '[\n' ? '[]\n' : '\n]\n';
}

function* writeInsert({ columns, rows, dialect }: Copied): Generator<string, void, void> {
  const names = columns.map(({ name, table }) => writeName(table?.column ?? name, dialect));
  const head = `INSERT INTO ${tableName(columns, dialect)} (${names.join(', ')}) VALUES\n`;
  let count = 0;
  for (const row of rows) {
    const values = row.map((value, place) => writeLiteral(value, columns[place]?.kind ?? 'text', dialect));
    yield `${count % ROWS_PER_INSERT === 0 ? (count === 0 ? '' : ';\n') + head : ',\n'}  (${values.join(', ')})`;
    count++;
  }
  if (count > 0) yield ';\n';
}

export const COPY_FORMATS = {
  tsv: { title: 'Copy', detail: 'tab-separated', write: writeTsv },
  'tsv-names': { title: 'Copy with column names', detail: 'tab-separated', write: writeTsvWithNames },
  csv: { title: 'Copy as CSV', detail: 'with column names', write: writeCsv },
  json: { title: 'Copy as JSON', detail: 'array of objects', write: writeJson },
  insert: { title: 'Copy as INSERT', detail: 'SQL', write: writeInsert },
} as const satisfies Record<string, { title: string; detail: string; write: Writer }>;
export type CopyFormat = keyof typeof COPY_FORMATS;

/** DynamoDB's INSERT takes one item at a time, and MongoDB has none. */
const WITHOUT_INSERT: ReadonlySet<Dialect> = new Set<Dialect>(['partiql', 'mongo']);

/** The formats to offer for rows of a dialect. */
export const copyFormatsOf = (dialect: Dialect): CopyFormat[] =>
  (Object.keys(COPY_FORMATS) as CopyFormat[]).filter((format) => format !== 'insert' || !WITHOUT_INSERT.has(dialect));

function tsvField(value: Value, column: ResultColumn | undefined): string {
  return value === null ? '' : quoteIf(/[\t\n\r"]/, plainText(value, column?.kind ?? 'text'));
}

function csvField(value: Value, column: ResultColumn | undefined): string {
  if (value === null) return '';
  return value === '' ? '""' : quoteIf(/[,\n\r"]/, plainText(value, column?.kind ?? 'text'));
}

const quoteIf = (special: RegExp, text: string): string =>
  special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** JSON's own grammar of numbers (RFC 8259, 6): `NaN`, `Infinity` and `1.` are strings there. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NUMERIC_ELEMENT = /^(?:smallint|integer|bigint|numeric|decimal|real|double precision|int\d|float\d)/;

function jsonValue(value: Value, column: ResultColumn | undefined): string {
  if (value === null) return 'null';
  if (column?.kind === 'number' && JSON_NUMBER.test(value)) return value;
  if (column?.kind === 'boolean') return plainText(value, 'boolean') === 'true' ? 'true' : 'false';
  if (column?.kind === 'json' && isJson(value)) return value;
  const array = column?.kind === 'array' ? readArray(value) : undefined;
  return array ? jsonArray(array, NUMERIC_ELEMENT.test(column?.type ?? '')) : JSON.stringify(value);
}

const jsonArray = (values: readonly ArrayValue[], numeric: boolean): string =>
  `[${values
    .map((value) => {
      if (Array.isArray(value)) return jsonArray(value, numeric);
      return value !== null && numeric && JSON_NUMBER.test(value) ? value : JSON.stringify(value);
    })
    .join(', ')}]`;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Two columns of one name would be one key: the second becomes `name_2`. */
function uniqueNames(columns: readonly ResultColumn[]): string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name}_${count}`;
    taken.add(unique);
    return unique;
  });
}

/** The table that the columns come from, where all that name one name the same. */
function tableName(columns: readonly ResultColumn[], dialect: Dialect): string {
  const tables = new Map(
    columns.flatMap(({ table }) => (table ? [[`${table.schema}\0${table.name}`, table] as const] : [])),
  );
  const [only] = tables.size === 1 ? tables.values() : [];
  if (!only) return 'table_name';
  return [only.schema, only.name]
    .filter((name) => name !== '')
    .map((name) => writeName(name, dialect))
    .join('.');
}
