/** Parameters in the shell's notation: values where the parser takes one, whatever they hold. */
import { Decimal128, Int32, Long, ObjectId } from 'mongodb';
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';
import { parse } from '#core/engines/documentdb/shell/parse.ts';
import type { Connection } from '#core/engines/engine.ts';
import { describeWith } from '../../../support/machine.ts';
import { collect, rowsFrom } from '../collect.ts';
import { type DocumentTestServer, startServer } from './server.ts';

const bound = (...given: [name: string, type: ParameterType, value: string | null][]): BoundParameter[] =>
  given.map(([name, type, value]) => ({ name, type, value }));

/** The arguments of the only call. */
function argsOf(text: string, parameters: BoundParameter[]): readonly unknown[] {
  const shell = parse(text, parameters);
  return shell.kind === 'calls' ? (shell.calls[0]?.args ?? []) : [];
}

test.each<[ParameterType, string | null, unknown]>([
  ['text', '1', '1'],
  ['text', `" }); db.a.drop(); // :x`, `" }); db.a.drop(); // :x`],
  ['integer', '-2147483648', new Int32(-2147483648)],
  ['integer', '2147483648', Long.fromBigInt(2147483648n)],
  ['integer', '9007199254740993', Long.fromBigInt(9007199254740993n)],
  ['integer', '9223372036854775808', Decimal128.fromString('9223372036854775808')],
  ['decimal', '0.10', Decimal128.fromString('0.10')],
  ['boolean', 'false', false],
  ['date', '2026-11-24', new Date('2026-11-24T00:00:00Z')],
  ['timestamp', '2026-11-24T13:30:00+02:00', new Date('2026-11-24T11:30:00Z')],
  ['timestamp', '2026-11-24T13:30', new Date('2026-11-24T13:30:00Z')],
  ['integer', null, null],
])('a value of type %s, %s, is one of BSON', (type, value, expected) => {
  expect(argsOf('db.a.distinct(:x)', bound(['x', type, value]))).toStrictEqual([expected]);
});

test('a parameter stands where a value may: behind a key, in a list, in a call, in what is made of it', () => {
  const id = '507f1f77bcf86cd799439011';
  const values = bound(
    ['a', 'text', id],
    ['n', 'integer', '3'],
    ['day', 'date', '2026-11-24'],
    ['p', 'decimal', '0.1'],
  );
  const [query, ...more] = argsOf('db.a.find({ _id: ObjectId(:a), b::n, c: [:n, /* :a */ :a], d: ":a" }, :n)', values);
  expect(query).toEqual(
    new Map<string, unknown>([
      ['_id', new ObjectId(id)],
      ['b', new Int32(3)],
      ['c', [new Int32(3), id]],
      ['d', ':a'],
    ]),
  );
  expect(more).toEqual([new Int32(3)]);
  expect(argsOf('db.a.find({ $oid: :a }, ISODate(:day), NumberDecimal(:p), NumberLong(:n))', values)).toEqual([
    new ObjectId(id),
    new Date('2026-11-24'),
    Decimal128.fromString('0.1'),
    Long.fromNumber(3),
  ]);
});

test.each<[string, number, string]>([
  ['db.a.find({ b: :none })', 16, 'There is no parameter :none'],
  ['db.a.find({ b: : x })', 16, 'a value is expected'],
  ['db.a.find({ :x: 1 })', 13, 'the name of a field'],
  ['db.:x.find()', 4, 'a name is expected'],
  ['db.a.find({ b: :x, c: :large })', 23, 'The value of :large does not fit'],
  ['db.a.find({ b: :x, c: })', 23, 'a value is expected'],
])('an error is told at its place in the text as it was written: %s', (text, position, message) => {
  const values = bound(['x', 'text', 'a very long text, which stands nowhere'], ['large', 'integer', '9'.repeat(35)]);
  expect(() => parse(text, values)).toThrow(
    expect.objectContaining({
      code: 'STATEMENT_FAILED',
      message: expect.stringContaining(message),
      details: expect.objectContaining({ native: { code: 'SyntaxError', position } }),
    }),
  );
});

describeWith('documentdb', 'parameters for a server of documents', () => {
  let server: DocumentTestServer;
  const connections: Partial<Record<'editor' | 'reader', Connection>> = {};
  beforeAll(async () => {
    server = await startServer();
    connections.editor = await server.connect();
    connections.reader = await server.connect({ readOnly: true });
    const values = bound(['big', 'integer', '9007199254740993'], ['day', 'timestamp', '2026-11-25T10:00:00Z']);
    const insert = `db.bound.insertMany([
      { _id: 1, name: "one", at: ISODate("2026-11-24T10:00:00Z"), price: 12.5, open: true },
      { _id: :big, name: "two", at: :day, price: 99.99, open: false, note: null }])`;
    const { error } = await collect(connections.editor, insert, { parameters: values });
    if (error) throw error;
  }, 60_000);
  afterAll(async () => {
    for (const connection of Object.values(connections)) await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  const TWO = '9007199254740993';

  describe.each(['editor', 'reader'] as const)('as %s', (who) => {
    test.each<[query: string, type: ParameterType, value: string | null, ids: string[]]>([
      ['{ _id: :x }', 'integer', TWO, [TWO]],
      ['{ name: :x }', 'text', 'one', ['1']],
      ['{ name: :x }', 'text', '{ $ne: 0 }', []],
      ['{ at: { $gt: :x } }', 'timestamp', '2026-11-24T12:00:00+02:00', [TWO]],
      ['{ at: { $lt: :x } }', 'date', '2026-11-25', ['1']],
      ['{ price: { $gt: :x } }', 'integer', '13', [TWO]],
      ['{ open: :x }', 'boolean', 'true', ['1']],
      ['{ note: { $exists: true, $eq: :x } }', 'text', null, [TWO]],
    ])('finds %s, with a %s', async (query, type, value, ids) => {
      const script = `db.bound.find(${query}, { _id: 1 })`;
      const found = await rowsFrom(connections[who] as Connection, script, { parameters: bound(['x', type, value]) });
      expect(found.map(([id]) => id)).toEqual(ids);
    });

    test('each statement of a script has those that it names, and a limit may be one', async () => {
      const parameters = bound(['n', 'integer', '1'], ['name', 'text', 'two']);
      const script = 'db.bound.find({}, { _id: 1 }).limit(:n); db.bound.countDocuments({ name: :name })';
      const { results, error } = await collect(connections[who] as Connection, script, { parameters });
      expect(error).toBeUndefined();
      expect(results.map((rows) => rows.length)).toEqual([1, 1]);
      expect(results[1]?.[0]?.[0]).toBe('1');
    });
  });

  test('a reader writes nothing, whichever value names what is done', async () => {
    const parameters = bound(['what', 'text', 'dropDatabase'], ['out', 'text', 'other']);
    for (const script of ['db.runCommand(:what)', 'db.bound.aggregate([{ $out: :out }])'])
      expect((await collect(connections.reader as Connection, script, { parameters })).error).toMatchObject({
        code: 'READ_ONLY',
      });
  });
});
