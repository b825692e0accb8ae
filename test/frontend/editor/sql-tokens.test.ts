import { readTokens } from '../../../frontend/src/editor/sql-tokens.ts';

const kinds = (statement: string) => readTokens(statement).map(({ kind, value }) => `${kind} ${value}`);

test('words, quoted names, signs and numbers are told apart', () => {
  expect(kinds('select "Order".id, a.b1 from t2 where x>=10.5')).toEqual([
    'name select',
    'name Order',
    'sign .',
    'name id',
    'sign ,',
    'name a',
    'sign .',
    'name b1',
    'name from',
    'name t2',
    'name where',
    'name x',
    'sign >',
    'sign =',
    'number 10.5',
  ]);
});

test.each([
  ["'it''s'", 'text', true],
  ["'open", 'text', false],
  ["E'a\\'b'", 'text', true],
  ["E'a\\'", 'text', false],
  ["''", 'text', true],
  ["'a''", 'text', false],
  ['$$ body; $$', 'text', true],
  ['$fn$ a $$ b $fn$', 'text', true],
  ['$fn$ open', 'text', false],
  ['-- to the end', 'comment', false],
  ['/* a */', 'comment', true],
  ['/* open', 'comment', false],
  ['/*/', 'comment', false],
  ['"open', 'name', false],
  ['"a""b"', 'name', true],
  ['"a""', 'name', false],
  ['`tick`', 'name', true],
])('%s is one token', (text, kind, closed) => {
  expect(readTokens(text)).toEqual([expect.objectContaining({ kind, closed, from: 0, to: text.length })]);
});

test('a quoted name is given without its quotes', () => {
  expect(readTokens('"so ""called"""').map(({ value, quoted }) => [value, quoted])).toEqual([['so "called"', true]]);
  expect(readTokens('größe_1')[0]?.value).toBe('größe_1');
});

test('places are those of the statement', () => {
  expect(readTokens('a  bc').map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [3, 5],
  ]);
});
