import fc from 'fast-check';
import { splitMongo } from '#contract/mongo/split.ts';

const statements = (script: string): string[] => splitMongo(script).map(({ from, to }) => script.slice(from, to));

test.each<[string, string, string[]]>([
  ['a semicolon', 'db.a.find(); db.b.find()', ['db.a.find()', 'db.b.find()']],
  ['the end of a line', 'use shop\nshow collections\ndb.a.find()', ['use shop', 'show collections', 'db.a.find()']],
  ['Windows’ end of a line', 'use shop\r\ndb.a.find()', ['use shop', 'db.a.find()']],
])('%s ends a statement', (_what, script, expected) => {
  expect(statements(script)).toEqual(expected);
});

test.each([
  ['an open bracket', 'db.a.find({\n  b: 1\n})'],
  ['an open bracket with a semicolon in it', 'db.a.find({ b: [1;\n2] })'],
  ['a dot at the beginning of the next line', 'db.a.find()\n  .sort({ b: 1 })\n  .limit(1)'],
  ['a dot at the end of the line', 'db.a.\nfind()'],
  ['a bracket on the next line', 'db.a.find\n({})'],
  ['a comment between its lines', 'db.a.find({ // why\n  b: 1 /* ; */\n})'],
  ['a text of two lines', 'db.a.find({ b: `one;\ntwo` })'],
  ['a semicolon in a text', "db.a.find({ b: ';' })"],
  ['a semicolon in a regular expression', 'db.a.find({ b: /;[/;]/ })'],
])('%s goes on', (_what, script) => {
  expect(statements(script)).toEqual([script]);
});

test('a bracket that is never closed takes no more than its statement', () => {
  expect(statements('db.a.find({\ndb.b.find({})\n\ndb["c"].find()')).toEqual([
    'db.a.find({',
    'db.b.find({})',
    'db["c"].find()',
  ]);
});

test('comments before a statement are its own, and alone are none', () => {
  expect(statements('// first\ndb.a.find()\n// last')).toEqual(['// first\ndb.a.find()']);
  expect(statements(' ;; // nothing\n/* at all */')).toEqual([]);
});

test('statements stand in their order, apart, and begin with something', () => {
  const unit = fc.constantFrom('db', '.', 'a', '(', ')', '{', '}', ';', '\n', ' ', '"', "'", '/', '*', '// c\n');
  fc.assert(
    fc.property(fc.string({ unit }), (script) => {
      let end = 0;
      for (const { from, to } of splitMongo(script)) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(script.slice(from, to)).toMatch(/^\S/);
        end = to;
      }
    }),
  );
});
