import { Int32, ObjectId } from 'mongodb';
import { COLLECTION_METHODS, DATABASE_METHODS, FIND_METHODS } from '#contract/mongo/methods.ts';
import { operationOf } from '#core/engines/documentdb/operations.ts';
import { parse } from '#core/engines/documentdb/shell/parse.ts';

/** Maps and BSON's numbers as JavaScript has them. */
const plain = (value: unknown): unknown => {
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, each]) => [name, plain(each)]));
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Int32 ? value.valueOf() : value;
};
const read = (text: string) => operationOf(parse(text), 'shop');
const sent = (text: string): unknown => {
  const step = read(text);
  return 'command' in step ? plain(step.command) : 'commands' in step ? step.commands.map(plain) : step;
};

test.each<[string, unknown]>([
  ['use other', { use: 'other' }],
  ['show dbs', { listDatabases: 1 }],
  ['show collections', { listCollections: 1, nameOnly: true, cursor: {} }],
  ['db.a.find()', { find: 'a', filter: {} }],
  ['db.a.b.find({ c: 1 }, { d: 1 })', { find: 'a.b', filter: { c: 1 }, projection: { d: 1 } }],
  [
    'db["a b"].find().sort({ c: -1 }).limit(2).skip(1)',
    { find: 'a b', filter: {}, sort: { c: -1 }, limit: 2, skip: 1 },
  ],
  ['db.getCollection("a").findOne({})', { find: 'a', filter: {}, limit: 1, singleBatch: true }],
  ['db.a.find({ c: 1 }).limit(2).count()', { count: 'a', query: { c: 1 }, limit: 2 }],
  ['db.a.countDocuments({ c: 1 })', { count: 'a', query: { c: 1 } }],
  ['db.a.estimatedDocumentCount()', { count: 'a' }],
  ['db.a.distinct("c", { d: 1 })', { distinct: 'a', key: 'c', query: { d: 1 } }],
  ['db.a.aggregate([{ $limit: 1 }])', { aggregate: 'a', pipeline: [{ $limit: 1 }], cursor: {} }],
  ['db.a.find({}).explain()', { explain: { find: 'a', filter: {} }, verbosity: 'queryPlanner' }],
  ['db.a.explain("executionStats").count({})', { explain: { count: 'a', query: {} }, verbosity: 'executionStats' }],
  ['db.a.insertMany([{ _id: 1 }, { _id: 2 }])', { insert: 'a', documents: [{ _id: 1 }, { _id: 2 }] }],
  [
    'db.a.updateOne({ c: 1 }, { $set: { d: 2 } }, { upsert: true })',
    { update: 'a', updates: [{ q: { c: 1 }, u: { $set: { d: 2 } }, multi: false, upsert: true }] },
  ],
  ['db.a.replaceOne({ c: 1 }, { d: 2 })', { update: 'a', updates: [{ q: { c: 1 }, u: { d: 2 }, multi: false }] }],
  ['db.a.deleteMany({})', { delete: 'a', deletes: [{ q: {}, limit: 0 }] }],
  [
    'db.a.findOneAndUpdate({}, { $inc: { n: 1 } }, { returnDocument: "after", projection: { n: 1 } })',
    { findAndModify: 'a', query: {}, update: { $inc: { n: 1 } }, new: true, fields: { n: 1 } },
  ],
  ['db.a.findOneAndDelete({ c: 1 })', { findAndModify: 'a', query: { c: 1 }, remove: true }],
  [
    'db.a.createIndex({ c: 1, d: -1 }, { unique: true })',
    { createIndexes: 'a', indexes: [{ key: { c: 1, d: -1 }, unique: true, name: 'c_1_d_-1' }] },
  ],
  ['db.a.dropIndex("c_1")', { dropIndexes: 'a', index: 'c_1' }],
  ['db.createCollection("a", { capped: true })', { create: 'a', capped: true }],
  ['db.runCommand({ ping: 1 })', { ping: 1 }],
  ['db.adminCommand("serverStatus")', { serverStatus: 1 }],
])('%s is the command %j', (text, command) => {
  expect(sent(text)).toEqual(command);
});

test.each([
  ['db.getSiblingDB("other").a.find()', 'other', { find: 'a', filter: {} }],
  ['db.getSiblingDB("other").getCollection("a").find()', 'other', { find: 'a', filter: {} }],
  ['db.getSiblingDB("other")["a b"].find()', 'other', { find: 'a b', filter: {} }],
  ['db.getSiblingDB("other").dropDatabase()', 'other', { dropDatabase: 1 }],
  ['db.adminCommand("ping")', 'admin', { ping: 1 }],
  ['db.a.find()', 'shop', { find: 'a', filter: {} }],
])('%s is asked of the database %s', (text, database, command) => {
  expect(read(text)).toMatchObject({ database });
  expect(sent(text)).toEqual(command);
});

describe('bulkWrite', () => {
  it('puts neighbours of one kind into one command, in their order', () => {
    expect(
      sent(`db.a.bulkWrite([
        { insertOne: { document: { _id: 1 } } }, { insertOne: { document: { _id: 2 } } },
        { updateOne: { filter: { _id: 1 }, update: { $set: { b: 1 } }, upsert: true } },
        { replaceOne: { filter: { _id: 2 }, replacement: { b: 2 } } },
        { deleteOne: { filter: { b: 1 } } }, { deleteMany: { filter: {} } },
        { insertOne: { document: { _id: 3 } } }], { ordered: false })`),
    ).toEqual([
      { insert: 'a', documents: [{ _id: 1 }, { _id: 2 }], ordered: false },
      {
        update: 'a',
        updates: [
          { q: { _id: 1 }, u: { $set: { b: 1 } }, multi: false, upsert: true },
          { q: { _id: 2 }, u: { b: 2 }, multi: false },
        ],
        ordered: false,
      },
      {
        delete: 'a',
        deletes: [
          { q: { b: 1 }, limit: 1 },
          { q: {}, limit: 0 },
        ],
        ordered: false,
      },
      { insert: 'a', documents: [{ _id: 3 }], ordered: false },
    ]);
  });

  it.each([
    ['db.a.bulkWrite([])', 'at least one operation'],
    ['db.a.bulkWrite([{ dropAll: {} }])', 'takes operations such as'],
    ['db.a.bulkWrite([{ insertOne: {} }])', 'takes documents here'],
    ['db.a.bulkWrite([{ updateOne: { filter: {}, update: { b: 1 } } }])', 'takes operators such as'],
    ['db.a.bulkWrite([{ deleteOne: { filter: {}, multi: true } }])', 'has no option multi'],
  ])('refuses %s: it %s', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test('an insert makes the _id that is missing, before the other fields', () => {
  const step = sent('db.a.insertOne({ b: 1 })') as { documents: Record<string, unknown>[] };
  expect(Object.keys(step.documents[0] ?? {})).toEqual(['_id', 'b']);
  expect(step.documents[0]?._id).toBeInstanceOf(ObjectId);
});

test.each([
  ['db.a.updateOne({}, { b: 1 })', 'takes operators', 6],
  ['db.a.replaceOne({}, { $set: { b: 1 } })', 'without operators', 6],
  ['db.a.fnid()', 'Lodge knows no method fnid()', 6],
  ['db.a.find().insertOne({})', 'insertOne() cannot follow find()', 13],
  ['db.a.aggregate([]).sort({})', 'sort() cannot follow aggregate()', 20],
  ['db.a.find(1)', 'find() takes a document here', 6],
  ['db.a.find({}, {}, { max: 1, color: 1 })', 'find() has no option max', 6],
  ['db.a', 'Here a call is expected', 1],
  ['db.getSiblingDB("other")', 'Here a call is expected', 1],
  ['use a b', 'the name of a database', 5],
  ['show me', '`dbs` or `collections`', 6],
  ['select 1', '`db`, `use` or `show`', 1],
])('%s: %s, and where', (text, message, position) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message),
      details: expect.objectContaining({ native: { code: 'SyntaxError', position } }),
    }),
  );
});

test('there is a method for each that the editor offers', () => {
  const known = (text: string): boolean => {
    try {
      read(text);
      return true;
    } catch (error) {
      return !/knows no method|cannot follow/.test((error as Error).message);
    }
  };
  const all = [
    ...COLLECTION_METHODS.map((name) => `db.a.${name}()`),
    ...DATABASE_METHODS.map((name) => `db.${name}()`),
    ...FIND_METHODS.map((name) => `db.a.find().${name}()`),
  ];
  // What stands alone in front of a call is one only with it.
  expect(all.filter((text) => !known(text))).toEqual(['db.a.explain()']);
});
