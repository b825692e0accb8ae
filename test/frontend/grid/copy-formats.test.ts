import type { ResultColumn, Value } from '#contract/results.ts';
import { COPY_FORMATS, type CopyFormat, copyFormatsOf } from '../../../frontend/src/grid/copy-formats.ts';
import type { Dialect } from '../../../frontend/src/grid/sql-names.ts';

const column = (name: string, kind: ResultColumn['kind'], more: Partial<ResultColumn> = {}): ResultColumn => ({
  name,
  kind,
  type: kind,
  ...more,
});
const write = (format: CopyFormat, columns: ResultColumn[], rows: Value[][], dialect: Dialect = 'postgres') =>
  [...COPY_FORMATS[format].write({ columns, rows, dialect })].join('');

const PEOPLE = [column('id', 'number'), column('name', 'text'), column('active', 'boolean')];

test('text is tab-separated, without a line feed at its end, and NULL is empty', () => {
  expect(
    write('tsv', PEOPLE, [
      ['1', 'Ada', 't'],
      ['2', null, 'f'],
    ]),
  ).toBe('1\tAda\ttrue\n2\t\tfalse');
});

test('a single value is copied as it is', () => {
  expect(write('tsv', [column('name', 'text')], [['plain text']])).toBe('plain text');
});

test('text with tabs, line feeds or quotes is quoted as spreadsheets read it', () => {
  expect(write('tsv', [column('a', 'text'), column('b', 'text')], [['x\ty', 'say "hi"\n']])).toBe(
    '"x\ty"\t"say ""hi""\n"',
  );
});

test('column names come first where asked for', () => {
  expect(write('tsv-names', [column('a b', 'text'), column('c\td', 'text')], [['1', '2']])).toBe('a b\t"c\td"\n1\t2');
});

test('CSV quotes what it must and tells NULL from an empty text', () => {
  expect(
    write('csv', PEOPLE, [
      ['1', 'Lovelace, Ada', 't'],
      ['2', '', null],
      ['3', 'a\r\nb "c"', null],
    ]),
  ).toBe('id,name,active\n1,"Lovelace, Ada",true\n2,"",\n3,"a\r\nb ""c""",\n');
});

test('JSON keeps every digit of a number', () => {
  const text = write(
    'json',
    [column('big', 'number'), column('exact', 'number')],
    [['12345678901234567890', '0.10000000000000000001']],
  );
  expect(text).toBe('[\n  {"big": 12345678901234567890, "exact": 0.10000000000000000001}\n]\n');
});

test('what JSON has no number for becomes a string', () => {
  const rows = [['NaN'], ['Infinity'], ['007'], ['1.'], ['-0.5'], ['1e400']];
  expect(write('json', [column('n', 'number')], rows)).toBe(
    '[\n  {"n": "NaN"},\n  {"n": "Infinity"},\n  {"n": "007"},\n  {"n": "1."},\n  {"n": -0.5},\n  {"n": 1e400}\n]\n',
  );
});

test('JSON values stand as JSON, arrays as arrays, booleans as booleans', () => {
  const columns = [
    column('doc', 'json'),
    column('tags', 'array', { type: 'text[]' }),
    column('sizes', 'array', { type: 'bigint[]' }),
    column('on', 'boolean'),
  ];
  const text = write('json', columns, [
    ['{"a": 12345678901234567890}', '{x,NULL,"1"}', '{{9007199254740993},{NULL}}', 't'],
  ]);
  expect(text).toBe(
    '[\n  {"doc": {"a": 12345678901234567890}, "tags": ["x", null, "1"], "sizes": [[9007199254740993], [null]], "on": true}\n]\n',
  );
});

test('what only looks like JSON or an array stays a string', () => {
  expect(write('json', [column('doc', 'json'), column('a', 'array')], [['{broken', '{broken']])).toBe(
    '[\n  {"doc": "{broken", "a": "{broken"}\n]\n',
  );
});

test('columns of one name become keys of two names, and no rows an empty array', () => {
  const same = [column('id', 'number'), column('id', 'number'), column('id', 'number')];
  expect(JSON.parse(write('json', same, [['1', '2', '3']]))).toEqual([{ id: 1, id_2: 2, id_3: 3 }]);
  expect(write('json', same, [])).toBe('[]\n');
});

const from = (name: string, table: string): Partial<ResultColumn> => ({
  table: { schema: 'Shop', name: table, column: name },
});

test('INSERT names the table and the columns as the dialect quotes them', () => {
  const columns = [column('id', 'number', from('id', 'order')), column('Total', 'number', from('Total', 'order'))];
  expect(
    write('insert', columns, [
      ['1', '10.50'],
      ['2', null],
    ]),
  ).toBe('INSERT INTO "Shop"."order" (id, "Total") VALUES\n  (1, 10.50),\n  (2, NULL);\n');
  expect(write('insert', columns, [['1', '2']], 'mysql')).toBe(
    'INSERT INTO Shop.`order` (id, Total) VALUES\n  (1, 2);\n',
  );
});

test('a renamed column is inserted under the name it has in its table', () => {
  const columns = [column('shown as', 'text', from('name', 'items'))];
  expect(write('insert', columns, [["it's"]])).toContain("(name) VALUES\n  ('it''s');");
});

test('columns of two tables, or of none, leave the table to be named', () => {
  expect(write('insert', [column('n', 'number')], [['1']])).toContain('INSERT INTO table_name (n)');
  const both = [column('a', 'text', from('a', 'x')), column('b', 'text', from('b', 'y'))];
  expect(write('insert', both, [['1', '2']])).toContain('INSERT INTO table_name');
});

test('many rows are several statements', () => {
  const rows = Array.from({ length: 1_001 }, (_, row) => [String(row)]);
  const text = write('insert', [column('n', 'number')], rows);
  expect(text.match(/INSERT INTO/g)).toHaveLength(3);
  expect(text.match(/;\n/g)).toHaveLength(3);
  expect(text).toContain('(499);\nINSERT INTO table_name (n) VALUES\n  (500),');
  expect(write('insert', [column('n', 'number')], [])).toBe('');
});

test('INSERT statements are offered where the database takes them', () => {
  for (const dialect of ['postgres', 'mysql', 'redshift'] as const)
    expect(copyFormatsOf(dialect)).toEqual(Object.keys(COPY_FORMATS));
  for (const dialect of ['partiql', 'mongo'] as const)
    expect(copyFormatsOf(dialect)).toEqual(Object.keys(COPY_FORMATS).filter((format) => format !== 'insert'));
});
