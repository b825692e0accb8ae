import { Int32 } from 'mongodb';
import { describeWith } from '../../../support/machine.ts';
import { conformance, type Subject } from '../conformance.ts';
import { startServer } from './server.ts';

/** 40 MB, and twice that as rows: the columns, and the whole document beside them. */
const MANY = 2_000;
const NOTE = 'some text of a row. '.repeat(1_000);

async function setUp(): Promise<Subject> {
  const server = await startServer();
  const db = server.client.db('test');
  for (let from = 0; from < MANY; from += 500)
    await db
      .collection('numbered')
      .insertMany(Array.from({ length: 500 }, (_, at) => ({ id: new Int32(from + at + 1), note: NOTE })));
  await db
    .collection('thing')
    .insertMany([{ _id: 1 as never, name: 'a' }, { _id: 2 as never, name: 'b' }, { _id: 3 as never }]);
  let texts = 0;
  return {
    connect: (as) => server.connect(as),
    about: { user: 'curator', database: 'test' },
    statements: {
      rows: (count) =>
        count === 0
          ? 'db.numbered.find({ id: { $lt: 1 } }, { id: 1, note: 1 })'
          : `db.numbered.find({}, { id: 1, note: 1 }).limit(${count})`,
      async text(value) {
        texts += 1;
        await db.collection<{ _id: number; value: string }>('texts').insertOne({ _id: texts, value });
        return `db.texts.find({ _id: ${texts} })`;
      },
      endless: 'db.endless.find()',
      wrong: { text: 'db.numbered.find({ id: })', position: 24 },
      empty: ['', ' ;; ', '// nothing', '/* nothing */'],
      changes: [
        'db.thing.insertOne({ _id: 4 })',
        'db.thing.updateMany({}, { $set: { name: "x" } })',
        'db.thing.deleteOne({ _id: 1 })',
        'db.thing.drop()',
        'db.thing.aggregate([{ $out: "other" }])',
      ],
    },
    reading: { records: ['statement', 'columns', 'done'], done: { command: 'find' } },
    thing: {
      path: [
        { kind: 'database', name: 'test' },
        { kind: 'collection', name: 'thing' },
      ],
      named: ['test', 'thing'],
      members: ['_id', 'name'],
      read: 'db.thing.find()',
      missing: [
        [{ kind: 'database', name: 'nowhere' }],
        [
          { kind: 'database', name: 'test' },
          { kind: 'collection', name: 'nothing' },
        ],
        [
          { kind: 'database', name: 'test' },
          { kind: 'collection', name: 'thing' },
          { kind: 'index', name: 'nothing' },
        ],
      ],
    },
    many: MANY,
    longest: 10_000_000,
    running: async () => server.waiting,
    // Nothing waits at the server: it has answered, and is asked for the next batch when that is taken.
    stalled: async () => server.waiting === 0,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describeWith('documentdb', 'DocumentDB’s engine on a server of documents', () => {
  conformance('DocumentDB', setUp);
});
