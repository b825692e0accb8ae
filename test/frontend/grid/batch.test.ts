import * as fc from 'fast-check';
import { Batch } from '../../../frontend/src/grid/batch.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';

const batchOf = (values: (string | null)[][], count = values[0]?.length ?? 0) =>
  new Batch(writeRowsLine({ count, values }), values.length);

test('each value is read where it stands', () => {
  const batch = batchOf([
    ['1', null, '3'],
    ['null', '', 'a,b'],
    ['[x]', 'quote " and \\ slash', 'line\nfeed'],
  ]);
  expect([0, 1, 2].map((row) => [0, 1, 2].map((column) => batch.value(row, column)))).toEqual([
    ['1', 'null', '[x]'],
    [null, '', 'quote " and \\ slash'],
    ['3', 'a,b', 'line\nfeed'],
  ]);
});

test('any column of any text comes back whole, value by value and as a column', () => {
  const cell = fc.option(fc.string({ unit: 'binary' }), { nil: null });
  const table = fc
    .tuple(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 4 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), { minLength: columns, maxLength: columns }),
    );
  fc.assert(
    fc.property(table, (values) => {
      const batch = batchOf(values);
      for (const [column, expected] of values.entries()) {
        expect(batch.column(column)).toEqual(expected);
        expect(expected.map((_, row) => batch.value(row, column))).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

test('values on both sides of the marks are found from the marks', () => {
  const long = Array.from({ length: 1000 }, (_, row) => (row % 7 === 0 ? null : `value ${row}`));
  const batch = batchOf([long, long.toReversed()]);
  for (const row of [0, 1, 62, 63, 64, 65, 127, 128, 511, 998, 999]) {
    expect(batch.value(row, 0)).toBe(long[row]);
    expect(batch.value(row, 1)).toBe(long[999 - row]);
  }
});

test('the bytes of a column are its JSON array alone', () => {
  const batch = batchOf([
    ['1', '2'],
    [']', null],
  ]);
  expect(new TextDecoder().decode(batch.columnBytes(0))).toBe('["1","2"]');
  expect(new TextDecoder().decode(batch.columnBytes(1))).toBe('["]",null]');
});

test('columns of a batch without rows are empty', () => {
  const batch = batchOf([[], []], 0);
  expect([batch.column(0), batch.column(1)]).toEqual([[], []]);
});
