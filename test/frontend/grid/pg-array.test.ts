import * as fc from 'fast-check';
import { type ArrayValue, readArray } from '../../../frontend/src/grid/pg-array.ts';

test.each<[string, ArrayValue[]]>([
  ['{}', []],
  ['{1,2,3}', ['1', '2', '3']],
  ['{NULL,"NULL",null}', [null, 'NULL', null]],
  ['{"a \\"quoted\\" \\\\ word","with, comma",plain}', ['a "quoted" \\ word', 'with, comma', 'plain']],
  [
    '{{1,2},{3,4}}',
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['[0:2]={7,8,9}', ['7', '8', '9']],
  ['{"",x}', ['', 'x']],
])('%s is read', (text, expected) => {
  expect(readArray(text)).toEqual(expected);
});

test.each(['', '1', '{', '{1', '{1,', '{1,}', '{,}', '{"a}', '{1}x', '{1}{2}', '[1,2]', '{(1,1),(0,0);(2,2),(1,1)}'])(
  '%s is no array',
  (text) => {
    expect(readArray(text)).toBeUndefined();
  },
);

test('whatever PostgreSQL would write for some strings is read back', () => {
  const write = (values: ArrayValue[]): string =>
    `{${values
      .map((value) => {
        if (Array.isArray(value)) return write(value);
        return value === null ? 'NULL' : `"${value.replaceAll(/[\\"]/g, '\\$&')}"`;
      })
      .join(',')}}`;
  const element = fc.option(fc.string({ unit: 'binary' }), { nil: null });
  fc.assert(
    fc.property(fc.array(fc.oneof(element, fc.array(element, { minLength: 1 }))), (values) => {
      expect(readArray(write(values))).toEqual(values);
    }),
  );
});
