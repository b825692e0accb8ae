import fc from 'fast-check';
import type { Value } from '#contract/results.ts';
import { csv } from '#core/output/csv.ts';
import { byColumns, column, hardText, tableOf, written } from './columns.ts';

/** A reader that takes RFC 4180 by its grammar, and NULL and '' for what they are here. */
const parse = (text: string): Value[][] => {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const lines: Value[][] = [];
  let line: Value[] = [];
  for (let match = field.exec(text); match; match = field.exec(text)) {
    const [, quoted, plain = '', end] = match;
    line.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
};

test('a file begins with the names of the columns, and each line ends in CR LF', () => {
  const rows = byColumns(
    [
      ['1', 'Ada'],
      ['2', null],
    ],
    2,
  );
  expect(written(csv, [column('id'), column('name')], rows).toString()).toBe('id,name\r\n1,Ada\r\n2,\r\n');
});

test('NULL is an empty field, and the empty string a quoted one', () => {
  expect(written(csv, [column('a'), column('b')], byColumns([[null, '']], 2)).toString()).toBe('a,b\r\n,""\r\n');
});

test('a value is as the database printed it, whatever a spreadsheet would make of it', () => {
  const rows = byColumns([['=1+1'], ['00123'], ['9007199254740993'], [' x ']], 1);
  expect(written(csv, [column('a')], rows).toString()).toBe('a\r\n=1+1\r\n00123\r\n9007199254740993\r\n x \r\n');
});

test('a result without rows is its header', () => {
  expect(written(csv, [column('a,b'), column('')]).toString()).toBe('"a,b",""\r\n');
});

test('whatever is written is read back, NULL and all, however it was cut into batches', () => {
  fc.assert(
    fc.property(tableOf(fc.option(hardText)), fc.nat(8), ({ names, rows }, cut) => {
      const columns = names.map((name) => column(name));
      const batches = [rows.slice(0, cut), rows.slice(cut)].map((batch) => byColumns(batch, names.length));
      const [header, ...read] = parse(written(csv, columns, ...batches).toString('utf8'));
      expect(header).toEqual(names);
      expect(read).toEqual(rows);
    }),
  );
});
