import { readRowsLine, writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('the count of a line of rows is read from its first bytes', () => {
  const line = readRowsLine(bytes('{"type":"rows","count":1700,"values":[["1"'));
  expect(line?.count).toBe(1700);
  expect(String.fromCharCode(line?.bytes[line.valuesAt] ?? 0)).toBe('[');
});

test.each([
  '{"type":"end","elapsedMs":4}',
  '{"type":"rows"',
  '{"type":"rows","count":,"values":[]}',
  '{"count":2,"type":"rows","values":[["1","2"]]}',
  '{"type":"rows","count":2, "values":[["1","2"]]}',
  '',
])('another record is left to be parsed: %s', (text) => {
  expect(readRowsLine(bytes(text))).toBeUndefined();
});

test('a written line is read again', () => {
  const written = writeRowsLine({
    count: 2,
    values: [
      ['a', null],
      ['ä"\n', ''],
    ],
  });
  expect(readRowsLine(written.bytes)).toEqual(written);
  expect(JSON.parse(new TextDecoder().decode(written.bytes))).toEqual({
    type: 'rows',
    count: 2,
    values: [
      ['a', null],
      ['ä"\n', ''],
    ],
  });
});
