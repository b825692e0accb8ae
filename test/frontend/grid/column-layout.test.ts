import { ColumnLayout, clampWidth, NARROWEST, WIDEST } from '../../../frontend/src/grid/column-layout.ts';

const layout = new ColumnLayout([100, 50, 200]);

test('columns stand one after another', () => {
  expect([0, 1, 2, 3].map((column) => layout.left(column))).toEqual([0, 100, 150, 350]);
  expect([layout.width, layout.widthOf(1)]).toEqual([350, 50]);
});

test.each([
  [-5, 0],
  [0, 0],
  [99, 0],
  [100, 1],
  [149.5, 1],
  [150, 2],
  [9_999, 2],
])('at %d px stands column %d', (x, column) => {
  expect(layout.columnAt(x)).toBe(column);
});

test('of 1,600 columns only those in view and two at either side are drawn', () => {
  const wide = new ColumnLayout(Array.from({ length: 1_600 }, () => 100));
  expect(wide.visible(0, 1_000)).toEqual({ from: 0, to: 13 });
  expect(wide.visible(50_000, 1_000)).toEqual({ from: 498, to: 513 });
  expect(wide.visible(159_000, 1_000)).toEqual({ from: 1_588, to: 1_600 });
});

test('a result without columns draws none', () => {
  expect(new ColumnLayout([]).visible(0, 800)).toEqual({ from: 0, to: 0 });
  expect(new ColumnLayout([]).width).toBe(0);
});

test('a resized column moves the ones after it, and the old layout stays as it was', () => {
  const resized = layout.resized(1, 80);
  expect([resized.left(1), resized.left(2), resized.width]).toEqual([100, 180, 380]);
  expect(layout.left(2)).toBe(150);
});

test('no column is too narrow to be taken hold of, nor wider than a screen', () => {
  expect([clampWidth(1), clampWidth(5_000), clampWidth(77.4)]).toEqual([NARROWEST, WIDEST, 77]);
  expect(layout.resized(0, -10).widthOf(0)).toBe(NARROWEST);
});
