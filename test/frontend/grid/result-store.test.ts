import type { ResultColumn } from '#contract/results.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';

const COLUMNS: ResultColumn[] = [
  { name: 'id', type: 'bigint', kind: 'number' },
  { name: 'name', type: 'text', kind: 'text' },
];

/** A store whose frames come when the test says so. */
function makeStore() {
  const tasks: (() => void)[] = [];
  const store = new ResultStore(COLUMNS, (task) => tasks.push(task));
  const frame = () => {
    for (const task of tasks.splice(0)) task();
  };
  return { store, frame, tasks };
}

function fill(store: ResultStore, sizes: readonly number[]) {
  let next = store.rows;
  for (const size of sizes) {
    const ids = Array.from({ length: size }, () => String(next++));
    store.append(writeRowsLine({ count: size, values: [ids, ids.map((id) => `name ${id}`)] }));
  }
}

test('rows are found across batches of any size', () => {
  const { store } = makeStore();
  fill(store, [1, 100, 64, 1, 3]);
  expect(store.rows).toBe(169);
  for (let row = 0; row < 169; row++) {
    expect(store.get(row, 0)).toBe(String(row));
    expect(store.get(row, 1)).toBe(`name ${row}`);
  }
});

test('the batch of a row is found at the edges of each batch', () => {
  const { store } = makeStore();
  fill(store, [10, 5, 20]);
  expect([0, 9, 10, 14, 15, 34].map((row) => store.batchOf(row))).toEqual([0, 0, 1, 1, 2, 2]);
  expect([0, 1, 2].map((batch) => store.span(batch))).toEqual([
    { first: 0, count: 10 },
    { first: 10, count: 5 },
    { first: 15, count: 20 },
  ]);
});

test('outside of what is loaded there is nothing', () => {
  const { store } = makeStore();
  fill(store, [3]);
  expect([store.get(-1, 0), store.get(3, 0), store.get(0, 2), store.get(0, -1)]).toEqual([null, null, null, null]);
  expect(store.column(7, 0)).toEqual([]);
  expect(store.columnBytes(7, 0)).toHaveLength(0);
});

test('an empty line adds nothing', () => {
  const { store, tasks } = makeStore();
  store.append(writeRowsLine({ count: 0, values: [[], []] }));
  expect([store.rows, store.batches, tasks.length]).toEqual([0, 0, 0]);
});

test('many lines within a frame are told once, and the snapshot changes only then', () => {
  const { store, frame, tasks } = makeStore();
  const told = jest.fn();
  const leave = store.subscribe(told);
  fill(store, [5, 5, 5]);
  expect(tasks).toHaveLength(1);
  expect([told.mock.calls.length, store.shownRows(), store.rows]).toEqual([0, 0, 15]);
  frame();
  expect([told.mock.calls.length, store.shownRows()]).toEqual([1, 15]);
  leave();
  fill(store, [1]);
  frame();
  expect(told).toHaveBeenCalledTimes(1);
});

test('what the store weighs is the bytes of its lines', () => {
  const { store } = makeStore();
  const line = writeRowsLine({ count: 1, values: [['1'], ['é']] });
  store.append(line);
  store.append(line);
  expect(store.bytes).toBe(2 * line.bytes.length);
});

test('rows looked at long ago are forgotten and read again', () => {
  const { store } = makeStore();
  fill(store, [2_000]);
  for (let row = 0; row < 2_000; row++) store.get(row, 0);
  expect([store.get(0, 0), store.get(1_999, 1), store.get(3, 1)]).toEqual(['0', 'name 1999', 'name 3']);
});
