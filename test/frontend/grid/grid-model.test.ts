import type { ResultColumn, Value } from '#contract/results.ts';
import { GridModel } from '../../../frontend/src/grid/grid-model.ts';
import { Ranking } from '../../../frontend/src/grid/ranking.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';
import { at } from '../../../frontend/src/grid/selection.ts';
import type { SortRequest, SortWorker } from '../../../frontend/src/grid/sort-column.ts';

const COLUMNS: ResultColumn[] = [
  { name: 'n', type: 'int8', kind: 'number' },
  { name: 'word', type: 'text', kind: 'text' },
];

/** Sorts at once, in this process; or fails; or never answers. */
function worker(behaviour: 'sorts' | 'fails' | 'hangs' = 'sorts'): SortWorker {
  const ranking = new Ranking();
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of the port
  const listeners: Record<string, any> = {};
  return {
    addEventListener: (type: string, listener: unknown) => {
      listeners[type] = listener;
    },
    postMessage(request: SortRequest) {
      if (request.type === 'columns') {
        for (const json of request.json) ranking.add(JSON.parse(new TextDecoder().decode(json)) as Value[]);
        return;
      }
      if (behaviour === 'fails') listeners.error?.(new Error('lost'));
      if (behaviour === 'sorts')
        listeners.message?.({ data: { order: ranking.order(request.kind, { descending: request.descending }) } });
    },
    terminate: () => undefined,
  };
}

function open(numbers: string[], behaviour: 'sorts' | 'fails' | 'hangs' = 'sorts') {
  const frames: (() => void)[] = [];
  const store = new ResultStore(COLUMNS, (task) => frames.push(task));
  const add = (values: string[]) => {
    store.append(writeRowsLine({ count: values.length, values: [values, values.map((value) => `word ${value}`)] }));
    for (const frame of frames.splice(0)) frame();
  };
  const model = new GridModel(store, { dialect: 'postgres', makeWorker: () => worker(behaviour) });
  if (numbers.length > 0) add(numbers);
  const shown = () => Array.from({ length: model.rows }, (_, row) => model.value(row, 0));
  return { model, store, add, shown };
}

test('rows are shown as they came', () => {
  const { model, shown } = open(['3', '1', '2']);
  expect(shown()).toEqual(['3', '1', '2']);
  expect(model.bounds(7)).toEqual({ rows: 3, columns: 2, page: 7 });
});

test('a header sorts up, then down, then as the rows came', async () => {
  const { model, shown } = open(['3', '10', '2']);
  await model.sortNext(0);
  expect([shown(), model.state.get().sort]).toEqual([['2', '3', '10'], { column: 0, descending: false, rows: 3 }]);
  await model.sortNext(0);
  expect(shown()).toEqual(['10', '3', '2']);
  await model.sortNext(0);
  expect([shown(), model.state.get().sort]).toEqual([['3', '10', '2'], undefined]);
  await model.sortNext(0);
  await model.sortNext(1);
  expect(model.state.get().sort).toMatchObject({ column: 1, descending: false });
});

test('rows that arrive after a sort follow it', async () => {
  const { model, shown, add } = open(['3', '1']);
  await model.sort({ column: 0, descending: false });
  add(['0', '9']);
  expect(shown()).toEqual(['1', '3', '0', '9']);
  expect(model.state.get().sort?.rows).toBe(2);
});

test('a sort that goes on is seen, and can be cancelled', async () => {
  const { model, shown } = open(['3', '1'], 'hangs');
  const sorting = model.sort({ column: 0, descending: false });
  expect(model.state.get().sorting).toEqual({ column: 0, descending: false });
  model.cancelSort();
  await sorting;
  expect([model.state.get().sorting, model.state.get().problem, shown()]).toEqual([undefined, undefined, ['3', '1']]);
});

test('a sort that fails says so and leaves the rows alone', async () => {
  const { model, shown } = open(['3', '1'], 'fails');
  await model.sort({ column: 0, descending: false });
  expect(model.state.get().problem).toBe('The rows could not be sorted.');
  expect(shown()).toEqual(['3', '1']);
});

test('only rows that contain a text are shown, also of sorted ones, until the search ends', async () => {
  const { model, shown } = open(['31', '2', '13', '1', '20']);
  await model.find('1');
  expect([shown(), model.state.get().find]).toEqual([['31', '13', '1'], { text: '1', found: 3, searched: 5 }]);
  await model.sort({ column: 0, descending: false });
  expect(shown()).toEqual(['1', '13', '31']);
  await model.find('');
  expect(shown()).toEqual(['1', '2', '13', '20', '31']);
  await model.sort(undefined);
  expect(shown()).toEqual(['31', '2', '13', '1', '20']);
});

test('rows that arrived after the sort are found as well', async () => {
  const { model, shown, add } = open(['3', '1']);
  await model.sort({ column: 0, descending: false });
  add(['33', '4']);
  await model.find('3');
  expect(shown()).toEqual(['3', '33']);
});

test('a search that finds nothing shows nothing, and the next one ends it', async () => {
  const { model, shown } = open(['1', '2']);
  await Promise.all([model.find('x'), model.find('2')]);
  expect(shown()).toEqual(['2']);
  await model.find('x');
  expect([shown(), model.state.get().find?.found]).toEqual([[], 0]);
});

test('columns are measured when the first rows come', () => {
  const { model, add } = open([]);
  const before = model.state.get().layout.widthOf(1);
  add(['1'.repeat(30)]);
  expect(model.state.get().layout.widthOf(1)).toBeGreaterThan(before);
});

test('a column can be resized, and fits the values around the view', () => {
  const { model } = open(['1', '2'.repeat(60)]);
  model.resize(0, 60);
  expect(model.state.get().layout.widthOf(0)).toBe(60);
  model.fit(0, 0);
  expect(model.state.get().layout.widthOf(0)).toBeGreaterThan(400);
  model.fit(9, 0);
  expect(model.state.get().layout.widths).toHaveLength(2);
});

test('what is selected is told to who looks', () => {
  const { model } = open(['1']);
  const told = jest.fn();
  model.state.subscribe(told);
  model.select(at({ row: 0, column: 1 }));
  expect(model.state.get().selection.active).toEqual({ row: 0, column: 1 });
  expect(told).toHaveBeenCalledTimes(1);
});

test('a closed grid ends what goes on', async () => {
  const { model } = open(['3', '1'], 'hangs');
  const sorting = model.sort({ column: 0, descending: false });
  const finding = model.find('3');
  model.dispose();
  await Promise.all([sorting, finding]);
  expect(model.state.get().order).toBeUndefined();
});
