import fc from 'fast-check';
import { readMongoToken } from '#contract/mongo/tokens.ts';

const tokens = (text: string): string[] => {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const { kind, to, closed } = readMongoToken(text, at);
    if (kind !== 'space') found.push(`${kind}${closed ? '' : ' open'} ${text.slice(at, to)}`);
    at = to;
  }
  return found;
};

test('names, signs, numbers and values are told apart', () => {
  expect(tokens('db.öl.find({ $gt: -1.5e3, _x: 0xFF })')).toEqual([
    'word db',
    'sign .',
    'word öl',
    'sign .',
    'word find',
    'sign (',
    'sign {',
    'word $gt',
    'sign :',
    'sign -',
    'number 1.5e3',
    'sign ,',
    'word _x',
    'sign :',
    'number 0xFF',
    'sign }',
    'sign )',
  ]);
});

test.each([
  [`'it\\'s'`, 'string'],
  [`"a \\\\"`, 'string'],
  ['`two\nlines`', 'string'],
  ["'the line ends", 'string open'],
  ['"\\"', 'string open'],
  ['`open', 'string open'],
  ['/a[/]b\\/c/im', 'regex'],
  ['/open', 'regex open'],
  ['// to the end', 'comment'],
  ['/* two\nlines */', 'comment'],
  ['/* open', 'comment open'],
])('%j is a %s', (text, kind) => {
  expect(tokens(text)).toEqual([`${kind} ${text}`]);
});

test('any text is read from its beginning to its end', () => {
  const unit = fc.constantFrom(...'db.a(){}[],:;"\'`/\\*$1-. \n\u2028', 'é', '😀');
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      for (let at = 0; at < text.length; ) {
        const { from, to } = readMongoToken(text, at);
        expect(from).toBe(at);
        expect(to).toBeGreaterThan(at);
        expect(to).toBeLessThanOrEqual(text.length);
        at = to;
      }
    }),
  );
});
