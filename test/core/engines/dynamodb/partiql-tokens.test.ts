import fc from 'fast-check';
import { isSelect, isWord, readTokens, withoutComments } from '#core/engines/dynamodb/partiql-tokens.ts';

const kinds = (statement: string) => readTokens(statement).map(({ kind, value }) => [kind, value]);

test('words, names, texts, numbers and signs are told apart, without quotes and comments', () => {
  expect(kinds(`SELECT "a ""b""", c FROM t -- all\nWHERE x = 'it''s' /* or\nnot */ AND y > 1.5`)).toEqual([
    ['word', 'SELECT'],
    ['name', 'a "b"'],
    ['sign', ','],
    ['word', 'c'],
    ['word', 'FROM'],
    ['word', 't'],
    ['word', 'WHERE'],
    ['word', 'x'],
    ['sign', '='],
    ['text', "it's"],
    ['word', 'AND'],
    ['word', 'y'],
    ['sign', '>'],
    ['number', '1.5'],
  ]);
});

test('what stands in brackets is deeper', () => {
  const depths = readTokens('a IN [1, (2)] AND b').map(({ value, depth }) => `${value}${depth}`);
  expect(depths).toEqual(['a0', 'IN0', '[0', '11', ',1', '(1', '22', ')1', ']0', 'AND0', 'b0']);
});

test('a word is known in any case, and a name in quotes is none', () => {
  expect(isWord(readTokens('sElEcT')[0], 'SELECT')).toBe(true);
  expect(isWord(readTokens('"select"')[0], 'SELECT')).toBe(false);
  expect(isWord(undefined, 'SELECT')).toBe(false);
});

test.each([
  'SELECT * FROM "orders"',
  `select "update", "set" from orders where note = 'delete from orders; drop'`,
  'SELECT pk FROM "orders"."by-day" WHERE day IN [1, 2] AND begins_with("sk", \'a\') ORDER BY sk DESC',
  '-- insert\nSELECT * FROM t',
])('a SELECT is understood to its end: %s', (statement) => {
  expect(isSelect(readTokens(statement))).toBe(true);
});

test.each([
  '',
  `INSERT INTO t VALUE {'pk': 'a'}`,
  `UPDATE t SET a = 1 WHERE pk = 'a'`,
  `DELETE FROM t WHERE pk = 'a'`,
  `"SELECT" * FROM t`,
  `SELECT * FROM t; DELETE FROM t WHERE pk = 'a'`,
  `SELECT * FROM t WHERE a = 'open`,
  'SELECT * FROM "open',
  'SELECT "a\\" FROM t',
  'SELECT `1` FROM t',
  'SELECT * FROM t) DELETE',
  'SELECT * FROM (DELETE FROM t)',
  'SELECT * FROM t /* open',
  `EXISTS(SELECT * FROM t WHERE pk = 'a')`,
  '/* SELECT */ UPDATE t REMOVE a',
])('everything else is none: %s', (statement) => {
  expect(isSelect(readTokens(statement))).toBe(false);
});

test('whatever is put before, behind or into a statement that writes, it is never taken for a SELECT', () => {
  const word = fc.constantFrom(
    'SELECT',
    '*',
    'FROM',
    '"t"',
    "'a'",
    '--x\n',
    '/*',
    '*/',
    '"',
    "'",
    '\\',
    ';',
    '(',
    ')',
    ' ',
  );
  const writing = fc.constantFrom(
    'DELETE FROM t',
    "UPDATE t SET a = 1 WHERE pk = 'a'",
    "INSERT INTO t VALUE {'pk': 'a'}",
  );
  fc.assert(
    fc.property(fc.array(word), writing, fc.array(word), (before, write, after) => {
      const statement = [...before, write, ...after].join(' ');
      const tokens = readTokens(statement);
      const words = tokens.filter(({ kind }) => kind === 'word').map(({ value }) => value);
      const hidden = !words.some((each) => /^(DELETE|UPDATE|INSERT)$/.test(each));
      // Only where the words stand in quotes or in a comment may it pass.
      if (!hidden) expect(isSelect(tokens)).toBe(false);
    }),
  );
});

test('comments become spaces, and every place stays where it was', () => {
  const statement = `SELECT '--a' -- b\nFROM "/*c*/" /* d\n */ WHERE e = 1`;
  const sent = withoutComments(statement);
  expect(sent).toBe(`SELECT '--a'     \nFROM "/*c*/"     \n    WHERE e = 1`);
  expect(sent).toHaveLength(statement.length);
});

test('what is sent has the tokens that were read', () => {
  const piece = fc.constantFrom('SELECT', "'a--b'", '"c/*d"', '-- e\n', '/* f */', ' ', '\n', 'x', '=', '1');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const statement = pieces.join(' ');
      expect(readTokens(withoutComments(statement))).toEqual(readTokens(statement));
    }),
  );
});
