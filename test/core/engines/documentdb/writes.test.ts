import type { Connection } from '#core/engines/engine.ts';
import { describeWith } from '../../../support/machine.ts';
import { collect, rowsFrom } from '../collect.ts';
import { type DocumentTestServer, startServer } from './server.ts';

/** What a server of documents makes of the statements that write, and what is told of it. */
let server: DocumentTestServer;
let connection: Connection;
describeWith('documentdb', 'writing', () => {
  beforeAll(async () => {
    server = await startServer();
    connection = await server.connect();
  }, 60_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await server.client.db('test').collection('things').deleteMany({});
    await server.client
      .db('test')
      .collection<{ _id: number }>('things')
      .insertMany([1, 2, 3].map((_id) => ({ _id, n: 10 })));
  });

  /** The documents of a result, the number that `done` tells, and what is there then. */
  async function write(statement: string) {
    const { results, records, error } = await collect(connection, statement);
    if (error) throw error;
    const done = records.find((record) => record.type === 'done');
    const told = (results[0] ?? []).map((row) => JSON.parse(row.at(-1) ?? ''));
    return { told, affected: done?.type === 'done' ? done.affected : undefined };
  }
  const things = () => server.client.db('test').collection('things').find().sort({ _id: 1 }).toArray();

  it('inserts, and tells the ids', async () => {
    expect(await write('db.things.insertOne({ _id: 4 })')).toEqual({ told: [{ insertedId: 4 }], affected: 1 });
    const { told, affected } = await write('db.things.insertMany([{ _id: "a" }, { n: 5 }])');
    expect(affected).toBe(2);
    expect(told).toEqual([{ insertedId: 'a' }, { insertedId: { $oid: expect.stringMatching(/^[0-9a-f]{24}$/) } }]);
    expect(await things()).toHaveLength(6);
  });

  it.each<[string, object, number]>([
    ['db.things.updateOne({ _id: 1 }, { $set: { n: 11 } })', { matched: 1, modified: 1 }, 1],
    ['db.things.updateMany({}, { $inc: { n: 1 } })', { matched: 3, modified: 3 }, 3],
    ['db.things.updateMany({ n: 10 }, { $set: { n: 10 } })', { matched: 3, modified: 0 }, 0],
    [
      'db.things.updateOne({ _id: 9 }, { $set: { n: 9 } }, { upsert: true })',
      { matched: 0, modified: 0, upsertedId: 9 },
      1,
    ],
    ['db.things.replaceOne({ _id: 1 }, { m: 1 })', { matched: 1, modified: 1 }, 1],
    ['db.things.deleteOne({ n: 10 })', { deleted: 1 }, 1],
    ['db.things.deleteMany({ n: 10 })', { deleted: 3 }, 3],
    ['db.things.findOneAndUpdate({ _id: 1 }, { $set: { n: 7 } })', { _id: 1, n: 10 }, 1],
    ['db.things.findOneAndUpdate({ _id: 1 }, { $set: { n: 7 } }, { returnDocument: "after" })', { _id: 1, n: 7 }, 1],
    ['db.things.findOneAndReplace({ _id: 1 }, { m: 1 }, { returnDocument: "after" })', { _id: 1, m: 1 }, 1],
    ['db.things.findOneAndDelete({ _id: 1 })', { _id: 1, n: 10 }, 1],
  ])('%s tells %j', async (statement, told, affected) => {
    expect(await write(statement)).toEqual({ told: [told], affected });
  });

  it('writes in bulk, in the order given', async () => {
    const { told, affected } = await write(`db.things.bulkWrite([
      { insertOne: { document: { _id: 4, n: 1 } } },
      { updateOne: { filter: { _id: 4 }, update: { $set: { n: 2 } } } },
      { updateOne: { filter: { _id: 5 }, update: { $set: { n: 3 } }, upsert: true } },
      { replaceOne: { filter: { _id: 1 }, replacement: { m: 1 } } },
      { deleteMany: { filter: { n: 10 } } }
    ])`);
    expect(told).toEqual([{ inserted: 1, matched: 2, modified: 2, deleted: 2, upserted: 1 }]);
    expect(affected).toBe(6);
    expect(await things()).toEqual([
      { _id: 1, m: 1 },
      { _id: 4, n: 2 },
      { _id: 5, n: 3 },
    ]);
  });

  it.each([
    ['', 1, [1, 2, 3, 4]],
    [', { ordered: false }', 5, [4, 5]],
  ])(
    'in bulk%s tells what failed, and %i documents are written: it ends there only where the order counts',
    async (options, written, left) => {
      const script = `db.things.bulkWrite([
      { insertOne: { document: { _id: 4 } } }, { insertOne: { document: { _id: 4 } } },
      { insertOne: { document: { _id: 5 } } }, { deleteMany: { filter: { n: 10 } } }]${options})`;
      const { error } = await collect(connection, script);
      expect(error).toMatchObject({
        code: 'STATEMENT_FAILED',
        message: expect.stringContaining('duplicate key'),
        details: { native: { code: '11000' }, hint: expect.stringContaining(`${written} of`) },
      });
      expect((await things()).map(({ _id }) => _id)).toEqual(left);
    },
  );

  it('makes and drops collections and indexes, in another database too', async () => {
    const other = 'db.getSiblingDB("other")';
    await write(`${other}.made.insertOne({ _id: 1 })`);
    await write(`${other}.made.createIndex({ n: -1 }, { name: "by n" })`);
    const indexes = await rowsFrom(connection, `${other}.made.getIndexes()`);
    expect(indexes.map((row) => JSON.parse(row.at(-1) ?? '').name)).toEqual(['_id_', 'by n']);
    await write(`${other}.made.dropIndex("by n")`);
    expect(await rowsFrom(connection, `${other}.made.getIndexes()`)).toHaveLength(1);
    expect(await rowsFrom(connection, `${other}.made.find()`)).toEqual([['1', '{"_id":1}']]);
    await write(`${other}.dropDatabase()`);
    expect(await rowsFrom(connection, `${other}.getCollectionNames()`)).toEqual([]);
  });
});
