import fc from 'fast-check';
import { ItemColumns } from '#core/engines/dynamodb/item-columns.ts';
import { recordsOf, rowsOf } from '../documents/lines.ts';
import { itemsOf } from './items.ts';

/** One value as a column and the cell in it. */
function shown(value: string) {
  const items = itemsOf(`{"a":${value}}`);
  const columns = new ItemColumns(items, undefined);
  return { column: columns.columns[0], cell: rowsOf(columns, items)[0]?.[0] };
}

test.each([
  ['{"S":"é\\"\\n\\u00e9\\/"}', 'S', 'text', 'é"\né/'],
  ['{"S":""}', 'S', 'text', ''],
  ['{"N":"12345678901234567890123456789012345678"}', 'N', 'number', '12345678901234567890123456789012345678'],
  ['{"BOOL":false}', 'BOOL', 'boolean', 'false'],
  ['{"NULL":true}', 'NULL', 'other', 'null'],
  ['{"B":"AP8H"}', 'B', 'other', 'AP8H'],
  ['{"SS":["a","b"]}', 'SS', 'json', '{"SS":["a","b"]}'],
  ['{"NS":["1","2.50"]}', 'NS', 'json', '{"NS":["1","2.50"]}'],
  ['{"BS":["AP8H"]}', 'BS', 'json', '{"BS":["AP8H"]}'],
  ['{"L":[{"N":"1.10"},{"B":"AP8H"}]}', 'L', 'json', '{"L":[{"N":"1.10"},{"B":"AP8H"}]}'],
  ['{"M":{"a":{"M":{"b":{"NULL":true}}}}}', 'M', 'json', '{"M":{"a":{"M":{"b":{"NULL":true}}}}}'],
  ['{ "N" : "1" }', 'N', 'number', '1'],
  ['{"NEW":[1]}', 'NEW', 'other', '{"NEW":[1]}'],
])('a value keeps what it is: %s', (value, type, kind, cell) => {
  expect(shown(value)).toEqual({ column: expect.objectContaining({ type, kind }), cell });
});

test.each(['{"S":"a"', '"a"', '{"a":"b"}', '{"a":{}}', '{"a":{"S"}}'])('%s is no item', (item) => {
  expect(() => new ItemColumns(itemsOf(item), undefined)).toThrow(SyntaxError);
});

const place = { table: 't', key: ['pk', 'sk'], indexKey: ['day', 'pk'] };
const items = itemsOf(
  { zeta: { S: 'z' }, sk: { N: '1' }, pk: { S: 'a' }, day: { S: 'd' } },
  { alpha: { NULL: true }, sk: { N: '2' }, pk: { S: 'a' }, zeta: { N: '1' } },
  { alpha: { N: '5' }, sk: { N: '3' }, pk: { S: 'b' } },
);

describe('columns', () => {
  const { columns } = new ItemColumns(items, place);
  it('are the attributes of the first items, those of the keys first, the whole item last', () => {
    expect(columns.map(({ name }) => name)).toEqual(['pk', 'sk', 'day', 'alpha', 'zeta', '{item}']);
  });
  it('say their types, their table and the key', () => {
    expect(columns[0]).toEqual({
      name: 'pk',
      type: 'S',
      kind: 'text',
      table: { schema: '', name: 't', column: 'pk' },
      key: true,
    });
    expect(columns[2]).not.toHaveProperty('key');
    expect(columns[3]).toMatchObject({ type: 'N | NULL', kind: 'number' });
    expect(columns[4]).toMatchObject({ type: 'N | S', kind: 'text' });
    expect(columns.at(-1)).toEqual({ name: '{item}', type: 'DynamoDB JSON', kind: 'json', document: true });
  });
  it('are the keys where there is no item, and no keys where nothing is known', () => {
    expect(new ItemColumns([], place).columns.map(({ name }) => name)).toEqual(['pk', 'sk', 'day', '{item}']);
    expect(new ItemColumns([], undefined).columns.map(({ name }) => name)).toEqual(['{item}']);
  });
  it('leave out a key that was not asked for', () => {
    const columns = new ItemColumns(itemsOf({ a: { S: '' } }), place);
    expect(columns.columns.map(({ name }) => name)).toEqual(['a', '{item}']);
  });
  it('have the names that the attributes have, however those are escaped and however long they are', () => {
    const long = 'x'.repeat(255);
    const columns = new ItemColumns(itemsOf(`{"a\\"\\u00e9":{"N":"1"},"aé":{"N":"2"},"${long}":{"N":"3"}}`), undefined);
    expect(columns.columns.map(({ name }) => name)).toEqual(['a"é', 'aé', long, '{item}']);
  });
});

test('an attribute that an item lacks is null, and one that came later is in the last column and named', () => {
  const columns = new ItemColumns(items.slice(0, 1), place);
  const late = '{"pk":{"S":"x"},"late":{"S":"l"},"zeta":{"S":""}}';
  expect(rowsOf(columns, itemsOf(late, '{}'))).toEqual([
    ['x', null, null, '', late],
    [null, null, null, null, '{}'],
  ]);
  expect(columns.later.notice('attributes', 'page')).toMatchObject({ message: expect.stringContaining(': late.') });
});

test('an attribute that came twice does not put a column out of step', () => {
  const twice = itemsOf('{"a":{"S":"1"},"a":{"S":"2"}}', '{"a":{"S":"3"}}');
  expect(rowsOf(new ItemColumns(twice, undefined), twice).map(([a]) => a)).toEqual(['1', '3']);
});

test('whatever items hold, their texts and the whole of them come out as they went in', () => {
  const texts = fc.dictionary(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), (given) => {
      const well = given.map((each) => JSON.parse(JSON.stringify(each).toWellFormed()) as Record<string, string>);
      const made = well.map((each) =>
        Object.fromEntries(Object.entries(each).map(([name, S]) => [name.toWellFormed(), { S: S.toWellFormed() }])),
      );
      const read = itemsOf(...made);
      const columns = new ItemColumns(read, undefined);
      const names = columns.columns.slice(0, -1).map(({ name }) => name);
      for (const [at, row] of rowsOf(columns, read).entries()) {
        expect(row.slice(0, -1)).toEqual(names.map((name) => made[at]?.[name]?.S ?? null));
        expect(JSON.parse(row.at(-1) ?? '')).toEqual(made[at]);
      }
    }),
  );
});

test('rows leave in lines of bounded size, by columns', () => {
  const many = itemsOf(
    ...Array.from({ length: 100 }, (_, at) => ({ pk: { S: String(at) }, text: { S: 'x'.repeat(5_000) } })),
  );
  const columns = new ItemColumns(many, undefined);
  const records = recordsOf(columns, many);
  expect(records.length).toBeGreaterThan(3);
  expect(records.flatMap(({ values }) => values[0] ?? [])).toEqual(many.map((_, at) => String(at)));
  expect(recordsOf(columns, [])).toEqual([]);
});
