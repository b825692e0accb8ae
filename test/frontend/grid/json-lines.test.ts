import * as fc from 'fast-check';
import { jsonLines, jsonText, unfolded } from '../../../frontend/src/grid/json-lines.ts';

const pretty = (text: string) => jsonText(jsonLines(text) ?? []);

test('a document is indented as it is read', () => {
  expect(pretty('{"a":1,"b":[true,null,{"c":"x"}],"d":{},"e":[ ]}')).toBe(
    `{
  "a": 1,
  "b": [
    true,
    null,
    {
      "c": "x"
    }
  ],
  "d": {},
  "e": []
}`,
  );
});

test('every digit of a number stays', () => {
  expect(pretty('[12345678901234567890, 0.10000000000000000000001, 1e400]')).toBe(
    '[\n  12345678901234567890,\n  0.10000000000000000000001,\n  1e400\n]',
  );
});

test('a single value is one line', () => {
  expect(pretty('"a \\"quoted\\" text"')).toBe('"a \\"quoted\\" text"');
  expect(pretty(' 42 ')).toBe('42');
});

test.each(['', '{', '{"a":}', '[1,]', 'plain text', '{"a":1}x'])('%p is no JSON', (text) => {
  expect(jsonLines(text)).toBeUndefined();
});

test('a line that opens knows where it closes and what it holds', () => {
  const lines = jsonLines('{"a": [1, 2, 3], "b": "x"}') ?? [];
  expect(lines.map(({ closedBy, holds }) => [closedBy, holds])).toEqual([
    [7, 2],
    [5, 3],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(lines.map(({ depth }) => depth)).toEqual([0, 1, 2, 2, 2, 1, 1, 0]);
});

test('keys and texts are told apart', () => {
  const [, line] = jsonLines('{"a": "b"}') ?? [];
  expect(line?.parts).toEqual([
    { kind: 'key', text: '"a"' },
    { kind: 'sign', text: ': ' },
    { kind: 'text', text: '"b"' },
  ]);
});

test('folded lines hide what they hold, and what is folded inside of them', () => {
  const lines = jsonLines('{"a": [1, [2]], "b": 3}') ?? [];
  expect(unfolded(lines, new Set())).toHaveLength(lines.length);
  expect(unfolded(lines, new Set([1]))).toEqual([0, 1, 7, 8]);
  expect(unfolded(lines, new Set([0, 1]))).toEqual([0]);
});

test('any document says the same afterwards', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(pretty(text))).toEqual(JSON.parse(text));
    }),
  );
});
