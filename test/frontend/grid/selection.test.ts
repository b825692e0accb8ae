import {
  allSelected,
  at,
  cellsIn,
  columnsSelected,
  HEADER_ROW,
  holds,
  MOTIONS,
  moved,
  rangeOf,
  rowsSelected,
} from '../../../frontend/src/grid/selection.ts';

const BOUNDS = { rows: 100, columns: 5, page: 20 };
const start = at({ row: 50, column: 2 });
const go = (key: string, from = start, extend = false) => {
  const motion = MOTIONS[key];
  if (!motion) throw new Error(`No such key: ${key}`);
  return moved(from, motion, BOUNDS, extend);
};

test.each([
  ['ArrowUp', 49, 2],
  ['ArrowDown', 51, 2],
  ['ArrowLeft', 50, 1],
  ['ArrowRight', 50, 3],
  ['PageUp', 30, 2],
  ['PageDown', 70, 2],
  ['Home', 50, 0],
  ['End', 50, 4],
  ['Mod+Home', 0, 0],
  ['Mod+End', 99, 4],
  ['Mod+ArrowUp', 0, 2],
  ['Mod+ArrowDown', 99, 2],
  ['Mod+ArrowLeft', 50, 0],
  ['Mod+ArrowRight', 50, 4],
])('%s leads to row %d, column %d', (key, row, column) => {
  expect(go(key).active).toEqual({ row, column });
});

test('a move stops at the edges', () => {
  expect(go('ArrowDown', at({ row: 99, column: 4 })).active).toEqual({ row: 99, column: 4 });
  expect(go('PageDown', at({ row: 95, column: 0 })).active).toEqual({ row: 99, column: 0 });
  expect(go('ArrowRight', at({ row: 0, column: 4 })).active).toEqual({ row: 0, column: 4 });
});

test('above the first row stands the header, and a page up ends below it', () => {
  const header = go('ArrowUp', at({ row: 0, column: 3 }));
  expect(header.active).toEqual({ row: HEADER_ROW, column: 3 });
  expect(go('ArrowUp', header).active.row).toBe(HEADER_ROW);
  expect(go('PageUp', at({ row: 3, column: 3 })).active.row).toBe(0);
  expect(go('PageDown', header).active.row).toBe(20);
});

test('a plain move takes the selection with it, Shift leaves its anchor', () => {
  expect(go('ArrowDown').anchor).toEqual({ row: 51, column: 2 });
  const extended = go('ArrowRight', go('PageDown', start, true), true);
  expect(extended.anchor).toEqual({ row: 50, column: 2 });
  expect(rangeOf(extended)).toEqual({ top: 50, left: 2, bottom: 70, right: 3 });
});

test('a selection extended upwards stops at the first row', () => {
  expect(rangeOf(go('ArrowUp', at({ row: 0, column: 1 }), true))).toEqual({ top: 0, left: 1, bottom: 0, right: 1 });
});

test('an extended selection can shrink over its anchor to the other side', () => {
  const left = go('Home', start, true);
  expect(rangeOf(left)).toEqual({ top: 50, left: 0, bottom: 50, right: 2 });
  expect(rangeOf(go('End', left, true))).toEqual({ top: 50, left: 2, bottom: 50, right: 4 });
});

test('rows, columns and everything can be selected at once', () => {
  expect(rangeOf(rowsSelected(3, 7, BOUNDS))).toEqual({ top: 3, left: 0, bottom: 7, right: 4 });
  expect(rangeOf(columnsSelected(4, 1, BOUNDS))).toEqual({ top: 0, left: 1, bottom: 99, right: 4 });
  expect(rangeOf(allSelected(BOUNDS))).toEqual({ top: 0, left: 0, bottom: 99, right: 4 });
});

test('the cells of a range are counted, the header not among them', () => {
  expect(cellsIn(rangeOf(allSelected(BOUNDS)))).toBe(500);
  expect(cellsIn({ top: HEADER_ROW, left: 1, bottom: HEADER_ROW, right: 1 })).toBe(0);
  expect(cellsIn(rangeOf(start))).toBe(1);
});

test('a range holds its edges', () => {
  const range = { top: 1, left: 1, bottom: 2, right: 3 };
  expect(holds(range, { row: 1, column: 3 })).toBe(true);
  expect(holds(range, { row: 2, column: 1 })).toBe(true);
  expect(holds(range, { row: 3, column: 1 })).toBe(false);
  expect(holds(range, { row: 2, column: 4 })).toBe(false);
});

test('without rows every move ends in the header', () => {
  const motion = MOTIONS.ArrowDown;
  if (!motion) throw new Error('No such key');
  const empty = { rows: 0, columns: 2, page: 10 };
  expect(moved(at({ row: -1, column: 0 }), motion, empty, false).active).toEqual({ row: -1, column: 0 });
});
