import { ColumnLayout } from '../../../frontend/src/grid/column-layout.ts';
import { sameWindow, visibleWindow } from '../../../frontend/src/grid/visible-window.ts';

const layout = new ColumnLayout(Array.from({ length: 100 }, () => 100));
const look = (top: number, rows = 1_000_000, left = 0) =>
  visibleWindow({ top, left, height: 240, width: 500 }, rows, 24, layout);

test('at the top stand the first rows and columns', () => {
  expect(look(0)).toEqual({ firstRow: 0, endRow: 11, from: 0, to: 8, base: 0 });
});

test('a row that is partly in view is drawn, at either end', () => {
  expect(look(36)).toMatchObject({ firstRow: 1, endRow: 12 });
});

test('rows are placed from a base that seldom moves', () => {
  expect(look(999 * 24).base).toBe(0);
  expect(look(1_000 * 24).base).toBe(1_000);
  expect(look(123_456 * 24)).toMatchObject({ firstRow: 123_456, base: 123_000 });
});

test('the last row is the last that is drawn', () => {
  expect(look(1_000_000 * 24 - 240)).toMatchObject({ firstRow: 999_990, endRow: 1_000_000 });
  expect(look(0, 3)).toMatchObject({ firstRow: 0, endRow: 3 });
});

test('without rows none is drawn', () => {
  expect(look(0, 0)).toMatchObject({ firstRow: 0, endRow: 0 });
});

test('scrolled to the right other columns are drawn', () => {
  expect(look(0, 10, 5_000)).toMatchObject({ from: 48, to: 58 });
});

test('a window is the same as long as the same is in view', () => {
  expect(sameWindow(look(0), look(10))).toBe(true);
  expect(sameWindow(look(0), look(24))).toBe(false);
  expect(sameWindow(look(0), look(0, 1_000_000, 500))).toBe(false);
});
