import fc from 'fast-check';
import {
  Binary,
  BSON,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';
import { documentText } from '#core/engines/documentdb/extended-json.ts';
import { parse } from '#core/engines/documentdb/shell/parse.ts';

const hex = fc.stringMatching(/^[0-9a-f]{24}$/);
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.constant(null),
  fc.integer().map((each) => new Int32(each)),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((each) => Long.fromBigInt(each)),
  fc.double({ noNaN: true }).map((each) => new Double(each)),
  hex.map((each) => new ObjectId(each)),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array().map((bytes) => new Binary(bytes, 0)),
  fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
  fc.bigInt(-(10n ** 33n), 10n ** 33n).map((each) => Decimal128.fromString(`${each}E-7`)),
  fc.constantFrom(new MinKey(), new MaxKey(), new BSONRegExp('a+', 'im')),
);
const name = fc.string({ minLength: 1 }).filter((each) => !/[\0$]/.test(each) && each !== '__proto__');
const document = fc.dictionary(name, fc.oneof(value, fc.array(value), fc.dictionary(name, value)));

test('a document’s text holds all of it: typed again, it is the same bytes', () => {
  fc.assert(
    fc.property(document, (each) => {
      const bytes = Buffer.from(BSON.serialize(each));
      const shell = parse(`db.c.insertOne(${documentText(bytes)})`);
      const again = shell.kind === 'calls' ? shell.calls[0]?.args[0] : undefined;
      expect(Buffer.from(BSON.serialize(again as BSON.Document))).toEqual(bytes);
    }),
  );
});

test('names that are alike to whatever remembers them stay apart', () => {
  const long = 'n'.repeat(100);
  for (const name of ['Aa', 'BB', 'Aa', 'AaAa', 'BBBB', `${long}Aa`, `${long}BB`, 'é"'])
    expect(documentText(Buffer.from(BSON.serialize({ [name]: true })))).toBe(`{${JSON.stringify(name)}:true}`);
});

test('bytes whose last name has no end are no document', () => {
  const bytes = Buffer.from(BSON.serialize({ name: null })).fill(0x61, 5);
  expect(() => documentText(bytes)).toThrow(RangeError);
});

test('a date beyond JavaScript’s keeps its milliseconds', () => {
  const bytes = Buffer.from(BSON.serialize({ at: new Date(0) }));
  bytes.writeBigInt64LE(2n ** 62n, bytes.length - 9);
  expect(documentText(bytes)).toBe('{"at":{"$date":{"$numberLong":"4611686018427387904"}}}');
});

test('the parser takes any text without harm', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'db.a(){}[],:;"\'`/\\$1-. \n', '__proto__', 'ObjectId') }),
      (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toMatchObject({
            code: 'STATEMENT_FAILED',
            details: { native: { position: expect.any(Number) } },
          });
        }
      },
    ),
  );
  expect(() => parse(`db.c.find(${'['.repeat(100_000)}`)).toThrow('at most 100 levels');
  parse('db.c.find({ __proto__: { polluted: 1 }, constructor: { prototype: { polluted: 1 } } })');
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
