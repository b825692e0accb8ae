import fc from 'fast-check';
import { Binary, BSON, Code, Decimal128, Double, Int32, Long, ObjectId, UUID } from 'mongodb';
import { documentsOf, type Place, placeOf } from '#core/engines/documentdb/bson.ts';
import { FieldColumns } from '#core/engines/documentdb/field-columns.ts';
import { recordsOf, rowsOf } from '../documents/lines.ts';

const bytesOf = (document: object): Buffer => Buffer.from(BSON.serialize(document));
/** Documents as a batch holds them: in one piece, not at its beginning. */
function batchOf(...documents: object[]): Place[] {
  const bytes = Buffer.concat([Buffer.alloc(7, 0xff), bytesOf(Object.fromEntries(documents.entries()))]);
  return [...documentsOf(placeOf(bytes, 7))];
}
const valueIn = (document: Readonly<Record<string, string>> | undefined, name: string): string | null =>
  document && Object.hasOwn(document, name) ? (document[name] ?? null) : null;
const SOURCE = { database: 'd', collection: 'c' };

test.each<[unknown, string, string]>([
  ['é"\n', 'string', 'é"\n'],
  ['', 'string', ''],
  [new Int32(-7), 'int', '-7'],
  [Long.MAX_VALUE, 'long', '9223372036854775807'],
  [new Double(1), 'double', '1.0'],
  [Decimal128.fromString('1.50'), 'decimal', '1.50'],
  [true, 'bool', 'true'],
  [null, 'null', 'null'],
  [new Date(0), 'date', '1970-01-01T00:00:00.000Z'],
  [new ObjectId('0123456789abcdef01234567'), 'objectId', '0123456789abcdef01234567'],
  [new UUID('00112233-4455-6677-8899-aabbccddeeff'), 'binData', '00112233-4455-6677-8899-aabbccddeeff'],
  [new Binary(Buffer.from([0, 255])), 'binData', 'AP8='],
  [/a"b/i, 'regex', '/a"b/i'],
  [{ a: ['"', { b: new Int32(1) }] }, 'object', '{"a":["\\"",{"b":1}]}'],
  [[], 'array', '[]'],
  [new Code('f()', { x: 'y' }), 'javascriptWithScope', '{"$code":"f()","$scope":{"x":"y"}}'],
])('a cell shows a value bare, or as Extended JSON: %j', (value, type, cell) => {
  const documents = batchOf({ value });
  const columns = new FieldColumns(documents, undefined);
  expect(columns.columns[0]).toMatchObject({ name: 'value', type });
  expect(rowsOf(columns, documents)[0]?.[0]).toBe(cell);
});

describe('columns', () => {
  it('are the fields of the first documents, the id first, the whole document last', () => {
    const documents = batchOf({ b: 'x', _id: new Int32(1) }, { a: null, b: new Int32(1), _id: new Int32(2) });
    const { columns } = new FieldColumns(documents, SOURCE);
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['_id', 'int'],
      ['b', 'int | string'],
      ['a', 'null'],
      ['{document}', 'Extended JSON'],
    ]);
    expect(columns[0]).toMatchObject({ key: true, table: { schema: 'd', name: 'c', column: '_id' } });
  });

  it('are those that were asked for where there is no document', () => {
    const { columns } = new FieldColumns([], SOURCE, ['a']);
    expect(columns.map(({ name }) => name)).toEqual(['_id', 'a', '{document}']);
  });
});

test('a field that a document lacks is null, and one that came later is in the last column and named', () => {
  const columns = new FieldColumns(batchOf({ a: 'x', b: 'y' }), undefined);
  expect(rowsOf(columns, batchOf({ b: 'z', late: 'l' }, {}))).toEqual([
    [null, 'z', '{"b":"z","late":"l"}'],
    [null, null, '{}'],
  ]);
  expect(columns.later.notice('fields', 'batch')).toMatchObject({ message: expect.stringContaining(': late.') });
});

test('a field that a document has twice does not put a column out of step', () => {
  const [one] = batchOf({ a: '1', b: '2' });
  const twice = Buffer.from(one?.bytes ?? []);
  twice.write('a', twice.lastIndexOf('b'));
  const columns = new FieldColumns(batchOf({ a: '' }), undefined);
  expect(rowsOf(columns, [placeOf(twice, one?.at), ...batchOf({ a: '3' })])).toEqual([
    ['1', '{"a":"1","a":"2"}'],
    ['3', '{"a":"3"}'],
  ]);
});

test('texts come out as they went in, in their cells and in the whole document', () => {
  const names = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 8 })
    .map((name) => name.toWellFormed().replaceAll('\0', '0'))
    .filter((name) => name !== '__proto__');
  const texts = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());
  fc.assert(
    fc.property(fc.array(fc.dictionary(names, texts), { minLength: 1, maxLength: 5 }), (given) => {
      const documents = batchOf(...given);
      const columns = new FieldColumns(documents, undefined);
      const shown = columns.columns.slice(0, -1).map(({ name }) => name);
      for (const [at, row] of rowsOf(columns, documents).entries()) {
        expect(row.slice(0, -1)).toEqual(shown.map((name) => valueIn(given[at], name)));
        expect(JSON.parse(row.at(-1) ?? '')).toEqual(given[at]);
      }
    }),
  );
});

test('rows leave in lines of bounded size, however long a document is', () => {
  const documents = batchOf(
    ...Array.from({ length: 40 }, (_, at) => ({ text: 'x'.repeat(at === 7 ? 2_000_000 : 9_000) })),
  );
  const records = recordsOf(new FieldColumns(documents, undefined), documents);
  expect(records.length).toBeGreaterThan(3);
  expect(records.reduce((sum, { count }) => sum + count, 0)).toBe(40);
});

test('bytes that are no array of documents are told', () => {
  const array = bytesOf({ 0: 'text' });
  expect(() => [...documentsOf(placeOf(array))]).toThrow(RangeError);
});
