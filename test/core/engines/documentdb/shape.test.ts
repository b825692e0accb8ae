import { BSON, Int32, Long } from 'mongodb';
import { shapeOf, typesText } from '#core/engines/documentdb/catalogue/shape.ts';

const shape = (...documents: BSON.Document[]) => shapeOf(documents.map((each) => Buffer.from(BSON.serialize(each))));
const told = (...documents: BSON.Document[]) =>
  shape(...documents).map((each) => `${each.path.join('.')}: ${typesText(each)} ${Math.round(each.share * 100)} %`);

test('fields come in the order in which they are met, with what is inside them behind', () => {
  expect(told({ a: new Int32(1), b: { c: 'x', d: true } }, { a: new Int32(2), e: null })).toEqual([
    'a: int 100 %',
    'b: object 50 %',
    'b.c: string 100 %',
    'b.d: bool 100 %',
    'e: null 50 %',
  ]);
});

test('a field of several types names them, the most frequent first', () => {
  const [field] = shape({ a: 'x' }, { a: 'y' }, { a: 'z' }, { a: Long.ONE });
  expect(field && typesText(field)).toBe('string 75 %, long 25 %');
});

test('an array shows the fields of its first document', () => {
  expect(told({ list: [1, { a: 'x' }, { b: 'y' }] }).slice(1)).toEqual(['list.a: string 100 %']);
  expect(shape({ list: [1] })[0]?.nested).toBe(false);
});

test('what lies deep, and what is too much, is left out', () => {
  expect(told({ a: { b: { c: { d: { e: 1 } } } } }).map((text) => text.split(':')[0])).toEqual([
    'a',
    'a.b',
    'a.b.c',
    'a.b.c.d',
  ]);
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`f${at}`, at]));
  expect(shape(many)).toHaveLength(500);
});

test('names that mean something to JavaScript are names like others', () => {
  const bytes = Buffer.from(BSON.serialize(new Map(Object.entries({ constructor: 'x', toString: 'y' }))));
  expect(shapeOf([bytes]).map(({ path }) => path.join('.'))).toEqual(['constructor', 'toString']);
  expect(shapeOf([])).toEqual([]);
});
