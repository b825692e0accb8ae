import { AppError } from '#contract/errors.ts';
import { readStatement } from '#core/engines/dynamodb/statements.ts';

const failure = (text: string, readOnly = false): unknown => {
  try {
    return readStatement(text, readOnly);
  } catch (error) {
    return error;
  }
};

test.each([
  ['SELECT * FROM "shop-orders"', 'select', 'shop-orders', undefined],
  ['select a from orders."by-day" where x = 1', 'select', 'orders', 'by-day'],
  [`INSERT INTO "t" VALUE {'pk': 'a'}`, 'insert', 't', undefined],
  [`update t set a = 1 where pk = 'a'`, 'update', 't', undefined],
  [`DELETE FROM "t" WHERE pk = 'a'`, 'delete', 't', undefined],
  ['QUERY {"table": "t", "index": "i", "key": {"pk": "a"}}', 'query', 't', 'i'],
  ['scan { "table": "t" }', 'scan', 't', undefined],
])('%s is known by its kind and its table', (text, kind, table, index) => {
  expect(readStatement(text, false)).toMatchObject({ kind, table, index });
});

test('a table that stands in brackets is not guessed', () => {
  expect(readStatement('SELECT * FROM (SELECT * FROM t)', false)).toMatchObject({ table: undefined });
});

test('what is sent to DynamoDB has no comments', () => {
  expect(readStatement('SELECT * -- all\nFROM t', false)).toMatchObject({ text: 'SELECT *       \nFROM t' });
});

test('a filter is where not every item that is read is returned', () => {
  expect(readStatement('SELECT * FROM t', false)).toMatchObject({ filtered: false });
  expect(readStatement('SELECT * FROM t WHERE a = 1', false)).toMatchObject({ filtered: true });
  expect(readStatement('SCAN {"table": "t", "filter": {"a": 1}}', false)).toMatchObject({ filtered: true });
});

test.each(['SELECT * FROM t', 'SCAN {"table": "t"}', 'QUERY {"table": "t", "key": {"pk": "a"}}'])(
  'a reader may run %s',
  (text) => {
    expect(readStatement(text, true)).toEqual(readStatement(text, false));
  },
);

test.each([
  `INSERT INTO "t" VALUE {'pk': 'a'}`,
  `UPDATE t SET a = 1 WHERE pk = 'a'`,
  `DELETE FROM "t" WHERE pk = 'a'`,
  '/* SELECT */ DELETE FROM t',
  `SELECT * FROM t WHERE a = 'open`,
  'CREATE TABLE t',
  'nonsense',
])('a reader may not run %s', (text) => {
  expect(failure(text, true)).toMatchObject({ code: 'READ_ONLY', details: { hint: expect.any(String) } });
});

test('what DynamoDB does not know is refused with what it does', () => {
  const error = failure('CREATE TABLE t');
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({
    code: 'STATEMENT_FAILED',
    message: expect.stringContaining('CREATE'),
    details: { hint: expect.stringContaining('QUERY') },
  });
});
