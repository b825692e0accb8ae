/** What is selected, as a value: a rectangle between the cell where it began and the active one. */

export interface Cell {
  /** In the order shown; the header is row -1. */
  readonly row: number;
  readonly column: number;
}
export interface Selection {
  readonly anchor: Cell;
  readonly active: Cell;
}
/** The grid's extent, and how many rows a page moves by. */
export interface Bounds {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}
/** A rectangle of cells; all four edges are inside. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const HEADER_ROW = -1;

type Motion = (at: Cell, bounds: Bounds) => Cell;
const by =
  (rows: number, columns: number): Motion =>
  ({ row, column }) => ({ row: row + rows, column: column + columns });

/** Where a key leads; `Mod` is Ctrl, or Command on a Mac. */
export const MOTIONS: Readonly<Record<string, Motion>> = {
  ArrowUp: by(-1, 0),
  ArrowDown: by(1, 0),
  ArrowLeft: by(0, -1),
  ArrowRight: by(0, 1),
  PageUp: ({ row, column }, { page }) => ({ row: row === HEADER_ROW ? row : Math.max(0, row - page), column }),
  PageDown: ({ row, column }, { page }) => ({ row: Math.max(0, row) + page, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columns }) => ({ row, column: columns - 1 }),
  'Mod+Home': () => ({ row: 0, column: 0 }),
  'Mod+End': (_, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
  'Mod+ArrowUp': ({ column }) => ({ row: 0, column }),
  'Mod+ArrowDown': ({ column }, { rows }) => ({ row: rows - 1, column }),
  'Mod+ArrowLeft': ({ row }) => ({ row, column: 0 }),
  'Mod+ArrowRight': ({ row }, { columns }) => ({ row, column: columns - 1 }),
};

export const at = (cell: Cell): Selection => ({ anchor: cell, active: cell });

/** Moves the active cell; `extend` leaves the anchor where it is, within the rows. */
export function moved(selection: Selection, motion: Motion, bounds: Bounds, extend: boolean): Selection {
  const active = clamp(motion(selection.active, bounds), bounds);
  if (!extend) return at(active);
  return { anchor: inRows(selection.anchor), active: inRows(active) };
}

/** The whole of some rows, columns, or of all; the active cell is the first of them. */
export const rowsSelected = (from: number, to: number, bounds: Bounds): Selection => ({
  anchor: { row: from, column: bounds.columns - 1 },
  active: { row: to, column: 0 },
});
export const columnsSelected = (from: number, to: number, bounds: Bounds): Selection => ({
  anchor: { row: bounds.rows - 1, column: from },
  active: { row: 0, column: to },
});
export const allSelected = (bounds: Bounds): Selection => ({
  anchor: { row: bounds.rows - 1, column: bounds.columns - 1 },
  active: { row: 0, column: 0 },
});

export function rangeOf({ anchor, active }: Selection): CellRange {
  return {
    top: Math.min(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    bottom: Math.max(anchor.row, active.row),
    right: Math.max(anchor.column, active.column),
  };
}

/** How many cells a range holds; the header is none. */
export const cellsIn = ({ top, left, bottom, right }: CellRange): number =>
  Math.max(0, bottom - Math.max(0, top) + 1) * Math.max(0, right - left + 1);

export const holds = (range: CellRange, { row, column }: Cell): boolean =>
  row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;

/** Brings a cell inside; without rows only the header is left. */
export function clamp({ row, column }: Cell, { rows, columns }: Bounds): Cell {
  return {
    row: Math.min(Math.max(HEADER_ROW, row), rows - 1),
    column: Math.max(0, Math.min(column, columns - 1)),
  };
}

const inRows = ({ row, column }: Cell): Cell => ({ row: Math.max(0, row), column });
