import fc from 'fast-check';
import { jsonl } from '#core/output/jsonl.ts';
import { uniqueNames } from '#core/output/unique-names.ts';
import { byColumns, column, hardText, tableOf, written } from './columns.ts';

/** One value of a kind, as it stands in its line. */
const printed = (kind: Parameters<typeof column>[1], value: string | null): string =>
  written(jsonl, [column('v', kind)], byColumns([[value]], 1))
    .toString('utf8')
    .replace(/^\{"v":|\}\n$/g, '');

test('a row is an object on one line, in the order of its columns', () => {
  const columns = [column('id', 'number'), column('name'), column('ok', 'boolean'), column('at', 'temporal')];
  const rows = byColumns(
    [
      ['1', 'Ada "A"', 't', '2026-01-01'],
      ['2', null, 'f', null],
    ],
    4,
  );
  expect(written(jsonl, columns, rows).toString()).toBe(
    '{"id":1,"name":"Ada \\"A\\"","ok":true,"at":"2026-01-01"}\n{"id":2,"name":null,"ok":false,"at":null}\n',
  );
});

test('columns of one name stay apart, and a result without rows is an empty file', () => {
  const columns = [column('a'), column('a'), column('')];
  expect(written(jsonl, columns, byColumns([['1', '2', '3']], 3)).toString()).toBe(
    '{"a":"1","a_2":"2","column3":"3"}\n',
  );
  expect(written(jsonl, columns).toString()).toBe('');
});

test.each([
  ['0', '0'],
  ['-1.50', '-1.50'],
  ['.5', '0.5'],
  ['-.5', '-0.5'],
  ['1e+22', '1e+22'],
  ['0.30000000000000004', '0.30000000000000004'],
  ['9007199254740991', '9007199254740991'],
  ['9007199254740992', '"9007199254740992"'],
  ['9007199254740993', '"9007199254740993"'],
  ['-9223372036854775808', '"-9223372036854775808"'],
  ['0.1234567890123456789', '"0.1234567890123456789"'],
  ['1e400', '"1e400"'],
  ['1e-400', '"1e-400"'],
  ['NaN', '"NaN"'],
  ['-Infinity', '"-Infinity"'],
  ['007', '"007"'],
  ['+5', '"+5"'],
  ['', '""'],
  ['.', '"."'],
  ['0x1F', '"0x1F"'],
])('the number %s is written as %s', (text, json) => {
  expect(printed('number', text)).toBe(json);
});

test('a number that is written as one is the same number for whoever reads doubles', () => {
  const numbers = fc.oneof(
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.tuple(fc.bigInt(), fc.nat()).map(([whole, fraction]) => `${whole}.${fraction}`),
  );
  fc.assert(
    fc.property(numbers, (text) => {
      const value: unknown = JSON.parse(printed('number', text));
      if (typeof value === 'string') expect(value).toBe(text);
      else if (/^-?\d+$/.test(text)) expect(BigInt(value as number)).toBe(BigInt(text));
      else expect(value).toBe(Number(text));
    }),
  );
});

test('what a double prints is its number, in whichever digits, and what is none is a string', () => {
  const values = ['0.10000000000000001', '9278.422680412371', '1e-07', '-0', 'NaN', '-Infinity', null];
  const lines = written(
    jsonl,
    [column('v', 'number', 'double precision')],
    byColumns(
      values.map((value) => [value]),
      1,
    ),
  );
  expect(
    lines
      .toString()
      .replaceAll(/\{"v":|\}/g, '')
      .split('\n')
      .slice(0, -1),
  ).toEqual(['0.10000000000000001', '9278.422680412371', '1e-07', '-0', '"NaN"', '"-Infinity"', 'null']);
});

test('JSON stays what it is, on one line and with its digits; what is none becomes a string', () => {
  expect(printed('json', '{"a": 12345678901234567890}')).toBe('{"a": 12345678901234567890}');
  expect(printed('json', '{\n  "a": "x\\n"\r\n}')).toBe('{   "a": "x\\n" }');
  expect(printed('json', '{a}')).toBe('"{a}"');
});

test('a boolean that is neither is kept as it was printed', () => {
  expect(['true', 'false', 'yes'].map((text) => printed('boolean', text))).toEqual(['true', 'false', '"yes"']);
});

test('whatever is written is read back, a line a row, however it was cut into batches', () => {
  fc.assert(
    fc.property(tableOf(fc.option(hardText)), fc.nat(8), ({ names, rows }, cut) => {
      const columns = names.map((name) => column(name));
      const batches = [rows.slice(0, cut), rows.slice(cut)].map((batch) => byColumns(batch, names.length));
      const lines = written(jsonl, columns, ...batches)
        .toString('utf8')
        .split('\n')
        .slice(0, -1);
      const entries = lines.map((line) => Object.entries(JSON.parse(line)));
      const unique = uniqueNames(names);
      const expected = rows.map((row) =>
        Object.entries(Object.fromEntries(row.map((value, at) => [unique[at], value]))),
      );
      expect(entries).toEqual(expected);
    }),
  );
});
