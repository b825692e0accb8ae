import type { ResultColumn } from '#contract/results.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { type RowOrder, readRows, rowsShown, storeRow } from '../../../frontend/src/grid/row-view.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';

const COLUMNS: ResultColumn[] = [
  { name: 'a', type: 'int4', kind: 'number' },
  { name: 'b', type: 'text', kind: 'text' },
];
const store = new ResultStore(COLUMNS, () => undefined);
for (const [first, count] of [
  [0, 3],
  [3, 4],
  [7, 2],
] as const) {
  const ids = Array.from({ length: count }, (_, index) => String(first + index));
  store.append(writeRowsLine({ count, values: [ids, ids.map((id) => `b${id}`)] }));
}

const sorted: RowOrder = { order: Uint32Array.of(2, 0, 1), only: false };
const filtered: RowOrder = { order: Uint32Array.of(8, 4), only: true };
const read = (order: RowOrder | undefined, from: number, to: number, columns = [0, 1]) =>
  [...readRows(store, order, { from, to }, columns)].map((row) => row.join(' '));
// A row is used again for the next one, so the join above must happen while it is held.
const collect = (order: RowOrder | undefined, from: number, to: number, columns = [0, 1]) => {
  const rows: string[] = [];
  for (const row of readRows(store, order, { from, to }, columns)) rows.push(row.join(' '));
  return rows;
};

test('rows as they came are read across batches', () => {
  expect(collect(undefined, 1, 7)).toEqual(['1 b1', '2 b2', '3 b3', '4 b4', '5 b5', '6 b6', '7 b7']);
});

test('columns are read in the order asked for', () => {
  expect(collect(undefined, 8, 8, [1, 0])).toEqual(['b8 8']);
  expect(collect(undefined, 0, 0, [])).toEqual(['']);
});

test('reading stops at the last row loaded', () => {
  expect(collect(undefined, 7, 100)).toEqual(['7 b7', '8 b8']);
});

test('a row is handed out in one array, used again for the next', () => {
  expect(new Set(read(undefined, 0, 2)).size).toBe(1);
});

test('rows that arrived after the sort follow it as they came', () => {
  expect(rowsShown(9, sorted)).toBe(9);
  expect([0, 1, 2, 3, 8].map((row) => storeRow(row, sorted))).toEqual([2, 0, 1, 3, 8]);
  expect(collect(sorted, 0, 4)).toEqual(['2 b2', '0 b0', '1 b1', '3 b3', '4 b4']);
});

test('a filter shows only its rows', () => {
  expect(rowsShown(9, filtered)).toBe(2);
  expect([0, 1, 2].map((row) => storeRow(row, filtered))).toEqual([8, 4, -1]);
  expect(collect(filtered, 0, 1)).toEqual(['8 b8', '4 b4']);
});

test('without an order all that is loaded is shown', () => {
  expect(rowsShown(9, undefined)).toBe(9);
  expect(storeRow(5, undefined)).toBe(5);
});
