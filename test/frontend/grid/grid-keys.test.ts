import { type GridActions, pressGridKey } from '../../../frontend/src/grid/grid-keys.ts';
import { GridModel } from '../../../frontend/src/grid/grid-model.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';
import { at, rangeOf } from '../../../frontend/src/grid/selection.ts';

function open(rows = 100) {
  const frames: (() => void)[] = [];
  const store = new ResultStore(
    ['a', 'b', 'c'].map((name) => ({ name, type: 'text', kind: 'text' as const })),
    (task) => frames.push(task),
  );
  const values = Array.from({ length: rows }, (_, row) => String(row));
  store.append(writeRowsLine({ count: rows, values: [values, values, values] }));
  for (const frame of frames.splice(0)) frame();
  const makeWorker = () => {
    throw new Error('There is nothing to sort in this test');
  };
  const model = new GridModel(store, { dialect: 'postgres', makeWorker });
  const did: string[] = [];
  let closes = false;
  const actions: GridActions = {
    open: () => did.push('open'),
    copy: (format) => did.push(`copy ${format}`),
    find: () => did.push('find'),
    close: () => {
      did.push('close');
      return closes;
    },
  };
  const press = (key: string) => pressGridKey(key, { model, bounds: model.bounds(10), actions });
  const range = () => rangeOf(model.state.get().selection);
  const letClose = () => {
    closes = true;
  };
  return { model, press, did, range, letClose };
}

test('motions move, with Shift they extend', () => {
  const { model, press, range } = open();
  expect(press('ArrowDown')).toBe(true);
  expect(press('Shift+PageDown')).toBe(true);
  expect(press('Shift+ArrowRight')).toBe(true);
  expect(range()).toEqual({ top: 1, left: 0, bottom: 11, right: 1 });
  press('Mod+Shift+End');
  expect(range()).toEqual({ top: 1, left: 0, bottom: 99, right: 2 });
  press('Mod+Home');
  expect(model.state.get().selection).toEqual(at({ row: 0, column: 0 }));
});

test('all, whole rows and whole columns are selected by key', () => {
  const { model, press, range } = open();
  model.select({ anchor: { row: 4, column: 1 }, active: { row: 6, column: 1 } });
  press('Shift+ ');
  expect(range()).toEqual({ top: 4, left: 0, bottom: 6, right: 2 });
  model.select(at({ row: 4, column: 1 }));
  press('Mod+ ');
  expect(range()).toEqual({ top: 0, left: 1, bottom: 99, right: 1 });
  press('Mod+a');
  expect(range()).toEqual({ top: 0, left: 0, bottom: 99, right: 2 });
});

test('copying, searching and opening are asked of what stands around', () => {
  const { press, did } = open();
  for (const key of ['Mod+c', 'Mod+Shift+c', 'Mod+f', 'Enter']) expect(press(key)).toBe(true);
  expect(did).toEqual(['copy tsv', 'copy tsv-names', 'find', 'open']);
});

test('Enter in the header sorts', () => {
  const { model, press, did } = open();
  const sorted = jest.spyOn(model, 'sortNext').mockResolvedValue();
  press('ArrowRight');
  press('ArrowUp');
  press('Enter');
  expect(sorted).toHaveBeenCalledWith(1);
  expect(did).toEqual([]);
});

test('Escape closes what is open, then lets the selection go', () => {
  const { model, press, range, letClose } = open();
  press('Mod+a');
  press('Escape');
  expect(model.state.get().selection).toEqual(at({ row: 0, column: 0 }));
  letClose();
  press('Mod+a');
  press('Escape');
  expect(range().bottom).toBe(99);
});

test('columns are made wider, narrower and fitting by key', () => {
  const { model, press } = open();
  const width = () => model.state.get().layout.widthOf(0);
  const before = width();
  press('Alt+Shift+ArrowRight');
  expect(width()).toBe(before + 16);
  press('Alt+Shift+ArrowLeft');
  press('Alt+Shift+ArrowLeft');
  expect(width()).toBe(before - 16);
  press('Alt+Enter');
  expect(width()).toBe(before);
});

test('other keys are not the grid’s', () => {
  const { press } = open();
  for (const key of ['x', 'Tab', 'Mod+k', 'Alt+t', 'F1', 'Shift+Tab']) expect(press(key)).toBe(false);
});

test('without rows nothing is selected', () => {
  const { press, range } = open(0);
  press('Mod+a');
  expect(range()).toEqual({ top: 0, left: 0, bottom: 0, right: 0 });
  press('ArrowDown');
  expect(range().top).toBe(-1);
});
