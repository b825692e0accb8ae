import { NameIndex } from '../../../frontend/src/editor/name-index.ts';
import { suggestMongo } from '../../../frontend/src/editor/suggest-mongo.ts';

const index = new NameIndex({
  types: ['string', 'double'],
  tables: [
    ['shop', 'orders', 'collection', ['_id', 0, 'total', 1, 'ship.city', 0]],
    ['shop', 'old.orders', 'collection', ['_id', 0]],
    ['shop', 'odd name', 'collection', ['_id', 0]],
  ],
});
/** Asks at the `|`. */
const at = (marked: string) => suggestMongo(marked.replace('|', ''), marked.indexOf('|'), index);
const labels = (marked: string) => at(marked)?.options.map(({ label }) => label) ?? [];
const applied = (marked: string, label: string) => at(marked)?.options.find((one) => one.label === label)?.apply;

test('a statement begins with db, use or show', () => {
  expect(labels('|')).toEqual(['db', 'use', 'show']);
  expect(labels('sh|')).toEqual(['show']);
  expect(labels('show c|')).toEqual(['collections']);
  expect(labels('use |')).toEqual(['shop']);
});

test('behind db the collections are offered, then the methods of a database', () => {
  expect(labels('db.|').slice(0, 4)).toEqual(['odd name', 'old.orders', 'orders', 'getCollection']);
  expect(labels('db.ord|')).toEqual(['orders', 'old.orders']);
  expect(applied('db.o|', 'odd name')).toBe('getCollection("odd name")');
  expect(at('db.ord|')?.from).toBe(3);
});

test('behind a collection its methods are offered', () => {
  expect(labels('db.orders.find|')).toEqual([
    'find',
    'findOne',
    'findOneAndUpdate',
    'findOneAndReplace',
    'findOneAndDelete',
  ]);
  expect(labels('db.getCollection("odd name").bul|')).toEqual(['bulkWrite']);
  expect(labels('db["odd name"].bul|')).toEqual(['bulkWrite']);
  expect(labels('db.getSiblingDB("other").orders.insertO|')).toEqual(['insertOne']);
});

test('behind a call stands what may follow it', () => {
  expect(labels('db.orders.find({ a: ")" }).so|')).toEqual(['sort']);
  expect(labels('db.orders.find({})\n  .sort({ a: 1 })\n  .li|')).toEqual(['limit']);
  expect(labels('db.orders.aggregate([]).|')).toContain('explain');
  expect(labels('db.orders.aggregate([]).|')).not.toContain('sort');
  expect(labels('db.orders.insertOne({}).|')).toEqual([]);
});

test('another database has its own collections', () => {
  expect(labels('db.getSiblingDB("shop").|')).toContain('orders');
  expect(labels('db.getSiblingDB("other").|')).not.toContain('orders');
});

test('inside of a document the fields of the collection are offered, and operators', () => {
  expect(labels('db.orders.find({ |')).toEqual(['_id', 'total', 'ship.city']);
  expect(labels('db.orders.find({ a: 1, to|')).toEqual(['total']);
  expect(applied('db.orders.find({ sh|', 'ship.city')).toBe('"ship.city"');
  expect(labels('db.orders.find({ total: { $gt|')).toEqual(['$gt', '$gte']);
  expect(labels('db.orders.find({ total: |')).toEqual([]);
  expect(labels('db.orders.find(|')).toEqual([]);
});

test.each(['db.orders.find({ a: "to|', "db.orders.find({ a: 'to|'", '// to|', '/* to|', 'db.orders.find({ a: /to|'])(
  'nothing is offered inside of a text, a comment or a regular expression: %s',
  (marked) => {
    expect(at(marked)).toBeUndefined();
  },
);
