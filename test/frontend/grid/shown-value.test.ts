import { alignsRight, cellText, plainText, spokenText } from '../../../frontend/src/grid/shown-value.ts';

test('booleans are spelled out, whatever the database prints', () => {
  expect(['t', 'f', '1', '0', 'true', 'unknown'].map((value) => plainText(value, 'boolean'))).toEqual([
    'true',
    'false',
    'true',
    'false',
    'true',
    'unknown',
  ]);
  expect(plainText('t', 'text')).toBe('t');
});

test('a cell is one line, with a mark where lines end', () => {
  expect(cellText('a\r\nb\nc\td', 'text')).toBe('a⏎b⏎c⇥d');
});

test('a cell shows the beginning of a long text', () => {
  const shown = cellText('x'.repeat(100_000), 'text');
  expect(shown).toHaveLength(301);
  expect(shown.endsWith('…')).toBe(true);
});

test('a number keeps its digits', () => {
  expect(cellText('12345678901234567890.10', 'number')).toBe('12345678901234567890.10');
});

test('only numbers stand right', () => {
  expect([alignsRight('number'), alignsRight('temporal'), alignsRight('text')]).toEqual([true, false, false]);
});

test('a screen reader hears NULL and emptiness', () => {
  expect([spokenText(null, 'text'), spokenText('', 'text'), spokenText('t', 'boolean')]).toEqual([
    'NULL',
    'empty',
    'true',
  ]);
});
