import { collect, copyCells, TooMuch, writeCells } from '../../../frontend/src/grid/copy-cells.ts';
import { GridModel } from '../../../frontend/src/grid/grid-model.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';
import { clipboard } from './clipboard.ts';

function open(rows: number) {
  const frames: (() => void)[] = [];
  const store = new ResultStore(
    [
      { name: 'id', type: 'int8', kind: 'number' },
      { name: 'name', type: 'text', kind: 'text' },
    ],
    (task) => frames.push(task),
  );
  for (let first = 0; first < rows; first += 500) {
    const ids = Array.from({ length: Math.min(500, rows - first) }, (_, row) => String(first + row));
    store.append(writeRowsLine({ count: ids.length, values: [ids, ids.map((id) => `name ${id}`)] }));
  }
  for (const frame of frames.splice(0)) frame();
  const makeWorker = () => {
    throw new Error('There is nothing to sort in this test');
  };
  return new GridModel(store, { dialect: 'postgres', makeWorker });
}

const never = new AbortController().signal;
const quiet = { signal: never, onProgress: () => undefined };

test('the cells of a range are written, columns and rows inside of it alone', () => {
  const text = [...writeCells(open(10), { range: { top: 2, left: 1, bottom: 3, right: 1 }, format: 'csv' })].join('');
  expect(text).toBe('name\nname 2\nname 3\n');
});

test('a range that begins in the header begins with the first row', () => {
  const range = { top: -1, left: 0, bottom: 0, right: 1 };
  expect([...writeCells(open(10), { range, format: 'tsv' })].join('')).toBe('0\tname 0');
});

test('rows that were found are copied, and no others', async () => {
  const model = open(30);
  await model.find('name 2');
  const range = { top: 0, left: 0, bottom: 2, right: 0 };
  expect([...writeCells(model, { range, format: 'tsv' })].join('')).toBe('2\n20\n21');
});

test('a few cells are copied at once', async () => {
  const kept = clipboard();
  const range = { top: 0, left: 0, bottom: 1, right: 1 };
  expect(await copyCells(open(10), { range, format: 'tsv', ...quiet })).toBe(4);
  expect(kept.text).toBe('0\tname 0\n1\tname 1');
});

test('many cells are copied whole, in slices', async () => {
  const kept = clipboard();
  const model = open(30_000);
  const range = { top: 0, left: 0, bottom: 29_999, right: 1 };
  expect(await copyCells(model, { range, format: 'tsv', ...quiet })).toBe(60_000);
  const lines = kept.text?.split('\n') ?? [];
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([30_000, '0\tname 0', '29999\tname 29999']);
});

test('more than a clipboard takes is refused before anything is written', async () => {
  const kept = clipboard();
  const model = open(1_000);
  jest.spyOn(model.result, 'bytes', 'get').mockReturnValue(400_000_000);
  const range = { top: 0, left: 0, bottom: 999, right: 1 };
  await expect(copyCells(model, { range, format: 'tsv', ...quiet })).rejects.toThrow(TooMuch);
  expect(kept.text).toBeUndefined();
});

test('a long copy tells how far it is, and can be stopped', async () => {
  const stop = new AbortController();
  const told: number[] = [];
  function* slowly() {
    for (let row = 0; row < 50; row++) {
      const end = performance.now() + 3;
      while (performance.now() < end);
      yield 'x'.repeat(20_000);
    }
  }
  const copying = collect(slowly(), 50, {
    signal: stop.signal,
    onProgress: (done) => {
      told.push(done);
      if (told.length === 2) stop.abort(new Error('stopped'));
    },
  });
  await expect(copying).rejects.toThrow('stopped');
  expect(told).toHaveLength(2);
  expect(told[0]).toBeGreaterThan(0);
  expect(told[1]).toBeGreaterThan(told[0] ?? 1);
});

test('a text that grows too long on the way is given up', async () => {
  function* endless() {
    for (;;) yield 'x'.repeat(1_000_000);
  }
  await expect(collect(endless(), 1, quiet)).rejects.toThrow(TooMuch);
});
