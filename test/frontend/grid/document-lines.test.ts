import { documentLines } from '../../../frontend/src/grid/document-lines.ts';

const read = (text: string, type: string) =>
  documentLines(text, type)?.map(
    ({ depth, parts }) => '  '.repeat(depth) + parts.map(({ text: part }) => part).join(''),
  );

test('DynamoDB JSON has its types beside its values, and every digit of its numbers', () => {
  const item = {
    pk: { S: 'a"b' },
    n: { N: '12345678901234567890123456789012345678' },
    yes: { BOOL: true },
    none: { NULL: true },
    tags: { SS: ['x', 'y'] },
    sizes: { NS: ['1'] },
    empty: { M: {} },
    map: { M: { S: { S: 'a key called S' }, list: { L: [{ N: '1' }] } } },
  };
  expect(read(JSON.stringify(item), 'DynamoDB JSON')).toEqual([
    '{',
    '  "pk": S"a\\"b",',
    '  "n": N12345678901234567890123456789012345678,',
    '  "yes": BOOLtrue,',
    '  "none": NULLnull,',
    '  "tags": SS[',
    '    "x",',
    '    "y"',
    '  ],',
    '  "sizes": NS[',
    '    1',
    '  ],',
    '  "empty": M{},',
    '  "map": M{',
    '    "S": S"a key called S",',
    '    "list": L[',
    '      N1',
    '    ]',
    '  }',
    '}',
  ]);
});

test('other documents are cut as they came, and what wraps one value stands on its line', () => {
  const text = '{"_id":{"$oid":"65"},"n":12345678901234567890,"inner":{"a":1,"b":{"$date":"x"}}}';
  const lines = documentLines(text, 'document');
  expect(read(text, 'document')).toEqual([
    ...['{', '  "_id": { "$oid": "65" },', '  "n": 12345678901234567890,', '  "inner": {'],
    ...['    "a": 1,', '    "b": { "$date": "x" }', '  }', '}'],
  ]);
  expect(lines?.map(({ closedBy }) => closedBy)).toEqual([7, undefined, undefined, 6, ...Array(4).fill(undefined)]);
});

test('what is no JSON is none', () => {
  expect(documentLines('{', 'DynamoDB JSON')).toBeUndefined();
  expect(documentLines('{', 'document')).toBeUndefined();
});
