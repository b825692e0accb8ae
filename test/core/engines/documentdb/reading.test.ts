import { describeWith } from '../../../support/machine.ts';
import { collect, rowsFrom } from '../collect.ts';
import { type DocumentTestServer, IDENTITY, startServer } from './server.ts';

let server: DocumentTestServer;
describeWith('documentdb', 'reading', () => {
  beforeAll(async () => {
    server = await startServer();
    await server.client
      .db('test')
      .collection('things')
      .insertOne({ _id: 1 as never, name: 'lamp' });
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  it.each([
    'db.things.insertOne({})',
    'db.things.findOneAndUpdate({}, { $set: { name: "x" } })',
    'db.things.aggregate([{ $out: "other" }])',
    'db.things.aggregate([{ $facet: { a: [{ "\\u0024merge": { into: "things" } }] } }])',
    'db.things.aggregate([{ $lookup: { from: "things", pipeline: [{ $out: "other" }], as: "a" } }])',
    'db.things.aggregate([{ $unionWith: { coll: "things", pipeline: [{ $merge: "other" }] } }])',
    'db.things.find({ $where: "sleep(1000)" })',
    'db.things.find({ $expr: { $function: { body: "f", args: [], lang: "js" } } })',
    'db.things.find().explain("executionStats"); db.things.deleteMany({}).explain()',
    'db.things.explain().aggregate([{ $out: "other" }])',
    'db.runCommand({ insert: "things", documents: [{}] })',
    'db.runCommand({ explain: { delete: "things", deletes: [{ q: {}, limit: 0 }] } })',
    'db.runCommand({ aggregate: "things", pipeline: [{ $merge: "other" }], cursor: {} })',
    'db.runCommand({ __proto__: 1, drop: "things" })',
    'db.adminCommand("shutdown")',
    'db.getSiblingDB("other").getCollection("things").drop()',
    'db.dropDatabase()',
  ])('is all that a reader may do: %s', async (script) => {
    await using connection = await server.connect({ readOnly: true });
    expect((await collect(connection, script)).error).toMatchObject({ code: 'READ_ONLY' });
    expect(await server.client.db('test').collection('things').find().toArray()).toEqual([{ _id: 1, name: 'lamp' }]);
  });

  it('finds, counts and lists for a reader, whom AWS says who he is', async () => {
    await using connection = await server.connect({ readOnly: true, login: IDENTITY });
    expect(await rowsFrom(connection, 'db.things.find()')).toEqual([['1', 'lamp', '{"_id":1,"name":"lamp"}']]);
    expect(await rowsFrom(connection, 'db.things.countDocuments({})')).toEqual([['1', '{"count":1}']]);
    expect(await rowsFrom(connection, 'db.things.distinct("name")')).toEqual([['lamp', '{"value":"lamp"}']]);
    expect(await rowsFrom(connection, 'show collections')).toHaveLength(1);
  });

  it.each([
    [{ port: 1 }, 'DATABASE_UNREACHABLE', 'port'],
    [{ host: '127.0.0.1', ca: '' }, 'DATABASE_UNREACHABLE', 'tls'],
    [{ login: { user: 'curator', password: 'wrong' } }, 'LOGIN_FAILED', 'login'],
  ])('says which step of connecting failed: %j', async (as, code, step) => {
    await expect(server.connect(as)).rejects.toMatchObject({ code, details: { step } });
  });
});
