import fc from 'fast-check';
import type { BoundParameter } from '#contract/parameters.ts';
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { bindText } from '#core/engines/sql/bind-text.ts';

const { postgres } = SQL_DIALECTS;
const value = (name: string): BoundParameter => ({ name, type: 'text', value: `the ${name}` });
const dollars = { write: (place: number) => `$${place}`, placeOf: 'name' } as const;
const marks = { write: () => '?', placeOf: 'use' } as const;

test('each name is a place, however often it is used', () => {
  const { text, values } = bindText('select :a, :b, :a', postgres, [value('a'), value('b')], dollars);
  expect([text, values.map(({ name }) => name)]).toEqual(['select $1, $2, $1', ['a', 'b']]);
});

test('or each use is one', () => {
  const { text, values } = bindText('select :a, :b, :a', postgres, [value('a'), value('b')], marks);
  expect([text, values.map(({ name }) => name)]).toEqual(['select ?, ?, ?', ['a', 'b', 'a']]);
});

test('places are in the order of the text, and what is not used has none', () => {
  const { values } = bindText('select :b', postgres, [value('a'), value('b')], dollars);
  expect(values).toEqual([value('b')]);
});

test.each([[`select ':a', ":a", $$:a$$ -- :a\n/* :a */`], ['select b::a, x[1:2]'], ['select :undeclared']])(
  '%s is left as it is',
  (text) => {
    expect(bindText(text, postgres, [value('a')], dollars)).toMatchObject({ text, values: [] });
  },
);

test('without parameters a colon means nothing', () => {
  expect(bindText('select :a', postgres, undefined, dollars)).toMatchObject({ text: 'select :a', values: [] });
});

test('no value becomes a part of the text', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (secret) => {
      const bound = bindText('select :a', postgres, [{ name: 'a', type: 'text', value: secret }], dollars);
      expect(bound.text).toBe('select $1');
    }),
  );
});

test('a place in the bound text is found again in the text as it was written', () => {
  const part = fc.constantFrom(' x ', ' :a ', ' :longer ', ' 😀 ', "':a'", ' , ');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const written = parts.join('');
      const { text, original } = bindText(written, postgres, [value('a'), value('longer')], dollars);
      for (const sign of ['x', ',', '😀'])
        for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1))
          expect(written.startsWith(sign, original(at))).toBe(true);
      for (let at = text.indexOf('$1'); at >= 0; at = text.indexOf('$1', at + 1))
        expect(written[original(at)]).toBe(':');
      expect(original(text.length)).toBe(written.length);
    }),
  );
});
