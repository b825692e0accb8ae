import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ResultRecord } from '#contract/results.ts';
import { rowRecords } from '#core/engines/documents/row-records.ts';
import { CapacitySum } from '#core/engines/dynamodb/capacity.ts';
import { ItemColumns } from '#core/engines/dynamodb/item-columns.ts';
import { itemText, textOf, typeOf } from '#core/engines/dynamodb/values.ts';

const bytes = new Uint8Array([0, 255, 7]);

test.each<[AttributeValue, string, string]>([
  [{ S: 'é"\n' }, 'S', 'é"\n'],
  [{ N: '12345678901234567890123456789012345678' }, 'N', '12345678901234567890123456789012345678'],
  [{ BOOL: false }, 'BOOL', 'false'],
  [{ NULL: true }, 'NULL', 'null'],
  [{ B: bytes }, 'B', 'AP8H'],
  [{ SS: ['a', 'b'] }, 'SS', '{"SS":["a","b"]}'],
  [{ NS: ['1', '2.50'] }, 'NS', '{"NS":["1","2.50"]}'],
  [{ BS: [bytes] }, 'BS', '{"BS":["AP8H"]}'],
  [{ L: [{ N: '1.10' }, { B: bytes }] }, 'L', '{"L":[{"N":"1.10"},{"B":"AP8H"}]}'],
  [{ M: { a: { M: { b: { NULL: true } } } } }, 'M', '{"M":{"a":{"M":{"b":{"NULL":true}}}}}'],
])('a value keeps what it is: %j', (value, type, text) => {
  expect(typeOf(value)).toBe(type);
  expect(textOf(value)).toBe(text);
});

test('a whole item is DynamoDB JSON', () => {
  expect(JSON.parse(itemText({ a: { N: '1' }, b: { B: bytes } }))).toEqual({ a: { N: '1' }, b: { B: 'AP8H' } });
});

const place = { table: 't', key: ['pk', 'sk'], indexKey: ['day', 'pk'] };
const items = [
  { zeta: { S: 'z' }, sk: { N: '1' }, pk: { S: 'a' }, day: { S: 'd' } },
  { alpha: { NULL: true as const }, sk: { N: '2' }, pk: { S: 'a' }, zeta: { N: '1' } },
  { alpha: { N: '5' }, sk: { N: '3' }, pk: { S: 'b' } },
];

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
    expect(new ItemColumns([{ a: { S: '' } }], place).columns.map(({ name }) => name)).toEqual(['a', '{item}']);
  });
});

test('an attribute that an item lacks is null, and one that came later is in the last column and named', () => {
  const columns = new ItemColumns(items.slice(0, 1), place);
  expect(columns.row({ pk: { S: 'x' }, late: { S: 'l' }, zeta: { S: '' } })).toEqual([
    'x',
    null,
    null,
    '',
    '{"pk":{"S":"x"},"late":{"S":"l"},"zeta":{"S":""}}',
  ]);
  expect(columns.later).toEqual(['late']);
});

test('rows leave in records of bounded size, by columns', () => {
  const many = Array.from({ length: 100 }, (_, at) => ({ pk: { S: String(at) }, text: { S: 'x'.repeat(5_000) } }));
  const columns = new ItemColumns(many, undefined);
  const records = [...rowRecords(many, columns)].map((record) => ResultRecord.parse(record));
  expect(records.length).toBeGreaterThan(3);
  const pks = records.flatMap((record) => (record.type === 'rows' ? (record.values[0] ?? []) : []));
  expect(pks).toEqual(many.map(({ pk }) => pk.S));
  expect([...rowRecords([], columns)]).toEqual([]);
});

describe('capacity', () => {
  it('is summed over pages, with what went to each index', () => {
    const sum = new CapacitySum();
    sum.add({ CapacityUnits: 1.5, GlobalSecondaryIndexes: { a: { CapacityUnits: 1 } } });
    sum.add({ CapacityUnits: 2, GlobalSecondaryIndexes: { a: { CapacityUnits: 0.5 } } });
    sum.add({ CapacityUnits: 1, LocalSecondaryIndexes: { b: { CapacityUnits: 1 } } });
    expect(sum.consumed).toEqual({ units: 4.5, indexes: { a: 1.5, b: 1 } });
  });
  it('is not claimed where DynamoDB does not say', () => {
    const sum = new CapacitySum();
    sum.add(undefined);
    expect(sum.consumed).toBeUndefined();
    sum.add({ CapacityUnits: 0.5 });
    expect(sum.consumed).toEqual({ units: 0.5 });
  });
});
