import fc from 'fast-check';
import { ARRAY, eachPart, endOfValue, OBJECT, skipSpace } from '#core/engines/dynamodb/json-bytes.ts';

const indents = fc.constantFrom('', '  ', '\t');
const endIn = (text: string, at = 0): number => endOfValue(Buffer.from(text), at);

describe('a value in bytes', () => {
  it('ends where it ends, whatever it is and whatever follows', () => {
    fc.assert(
      fc.property(fc.jsonValue(), indents, fc.constantFrom('', ' ', ',1', '}', ']', '\n}'), (value, indent, behind) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(endIn(`xx${text}${behind}`, 2)).toBe(Buffer.byteLength(text) + 2);
      }),
    );
  });

  it.each(['"a\\"]}"', '"\\\\"', '"\\u005d"', '{"a":"}"}', '[["]"]]', '-1.5e+10', 'null', '{ }', '"é😀"'])(
    '%s is one',
    (text) => {
      expect(endIn(`${text},`)).toBe(Buffer.byteLength(text));
    },
  );

  it.each(['', ',', '"', '"a', '"a\\"', '"a\nb"', '{', '[1', '{"a":"}', ']'])('%j is none', (text) => {
    expect(() => endIn(text)).toThrow(SyntaxError);
  });
});

describe('the parts of an array', () => {
  const partsOf = (text: string, open = ARRAY) => {
    const bytes = Buffer.from(text);
    const parts: unknown[] = [];
    const end = eachPart(bytes, skipSpace(bytes, 0), open, (at) => {
      const to = endOfValue(bytes, at);
      parts.push(JSON.parse(bytes.toString('utf8', at, to)));
      return to;
    });
    expect(end).toBe(Buffer.byteLength(text.trimEnd()));
    return parts;
  };

  it('are taken in their order, up to its end', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), indents, (values, indent) => {
        const text = JSON.stringify(values, undefined, indent);
        expect(partsOf(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(partsOf(' [ 1 , 2 ] ')).toEqual([1, 2]);
    expect(partsOf('[]')).toEqual([]);
  });

  it.each(['', '{}', '[1 2]', '[1', '[1,', '[1}', '['])('%j is none', (text) => {
    expect(() => partsOf(text)).toThrow(SyntaxError);
  });

  it('are no members, which begin with a name', () => {
    expect(() => partsOf('[1]', OBJECT)).toThrow(SyntaxError);
    expect(partsOf('{ }', OBJECT)).toEqual([]);
  });
});
