import fc from 'fast-check';
import { placeOf } from '#core/engines/mysql/place.ts';

const near = (text: string, line: number): string =>
  `You have an error in your SQL syntax; check the manual for the right syntax to use near '${text}' at line ${line}`;

test.each<[string, string, string, number, number | undefined]>([
  ['the rest of the statement', 'selec 1', 'selec 1', 1, 1],
  ['a rest with quotes', `select 'a' frm 'b'`, `frm 'b'`, 1, 12],
  ['its end', 'select (1', '', 1, 9],
  ['a later line', 'select 1,\n  2 frm t', 'frm t', 2, 15],
  ['a rest that stands twice', 'select x from x', 'x', 1, 15],
  ['a long rest, as far as it is quoted', `select 1 frm ${'t'.repeat(200)}`, `frm ${'t'.repeat(76)}`, 1, 10],
  ['a line that there is not', 'select 1', 'nothing', 7, undefined],
  ['a long text that stands twice', `${'a'.repeat(90)} ${'a'.repeat(90)}x`, 'a'.repeat(80), 1, undefined],
])('finds the place of %s', (_, text, quoted, line, position) => {
  expect(placeOf(near(quoted, line), text)).toEqual(position === undefined ? {} : { position });
});

test('guesses no place where the server names none', () => {
  expect(placeOf(`Unknown column 'x' in 'field list'`, 'select x')).toEqual({});
  expect(placeOf(`Table 'a.near' doesn't exist`, 'select * from near')).toEqual({});
});

test('a place is always inside of the statement, and where the quoted text begins', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', "'", '\n', 'é', '😀'), minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.nat(60), (text, cut) => {
      const rest = text.slice(Math.min(cut, text.length));
      const line = text.slice(0, text.length - rest.length).split('\n').length;
      const { position } = placeOf(near(rest, line), text);
      if (position === undefined) return;
      expect(position).toBeGreaterThan(0);
      expect(position).toBeLessThanOrEqual(text.length);
      if (rest !== '') expect(text.startsWith(rest, position - 1)).toBe(true);
    }),
  );
});
