/** Which rows and columns are in view: computed at every scroll, and the same object while it is the same. */
import type { ColumnLayout } from './column-layout.ts';

export interface Viewport {
  /** The first visible pixel, in the full height of the rows and the full width of the columns. */
  readonly top: number;
  readonly left: number;
  /** Of the rows alone: without the header and the row numbers. */
  readonly height: number;
  readonly width: number;
}
export interface VisibleWindow {
  readonly firstRow: number;
  /** Exclusive. */
  readonly endRow: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Rows are placed from here, so that those that stay in view keep their place in the page. */
  readonly base: number;
}

const BASE_STEP = 1_000;

export function visibleWindow(
  { top, left, height, width }: Viewport,
  rows: number,
  rowHeight: number,
  layout: ColumnLayout,
): VisibleWindow {
  const firstRow = Math.max(0, Math.min(Math.floor(top / rowHeight), rows - 1));
  // One more than fit: both the first and the last may stand in view partly.
  const endRow = Math.min(rows, firstRow + Math.ceil(height / rowHeight) + 1);
  return { firstRow, endRow, ...layout.visible(left, width), base: firstRow - (firstRow % BASE_STEP) };
}

export const sameWindow = (a: VisibleWindow, b: VisibleWindow): boolean =>
  a.firstRow === b.firstRow && a.endRow === b.endRow && a.from === b.from && a.to === b.to && a.base === b.base;
