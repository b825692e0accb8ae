/** Selecting with the pointer: a press on a cell, a row's number or a column's name, and dragging from there. */
import type { GridModel } from './grid-model.ts';
import type { GridScroller } from './grid-scroller.ts';
import {
  allSelected,
  at,
  type Bounds,
  type Cell,
  clamp,
  columnsSelected,
  holds,
  rangeOf,
  rowsSelected,
  type Selection,
} from './selection.ts';

/** What was pressed decides what a drag selects. */
type Reach = 'cells' | 'rows' | 'columns';
const SELECT: Readonly<Record<Reach, (anchor: Cell, to: Cell, bounds: Bounds) => Selection>> = {
  cells: (anchor, active) => ({ anchor, active }),
  rows: (anchor, to, bounds) => rowsSelected(anchor.row, to.row, bounds),
  columns: (anchor, to, bounds) => columnsSelected(anchor.column, to.column, bounds),
};
/** Of the way that the pointer is beyond the edge, so much a frame. */
const PULL = 0.3;

export function attachPointerSelection(element: HTMLElement, model: GridModel, scroller: GridScroller): () => void {
  const leave = new AbortController();
  const { signal } = leave;
  let drag: { reach: Reach; anchor: Cell; x: number; y: number } | undefined;
  let frame = 0;

  const bounds = (): Bounds => model.bounds(scroller.page);
  const cellAt = (x: number, y: number): Cell => {
    const cell = clamp(scroller.cellAt(x, y), bounds());
    return { ...cell, row: Math.max(0, cell.row) };
  };

  const extend = (): void => {
    if (!drag || model.rows === 0) return;
    model.select(SELECT[drag.reach](drag.anchor, cellAt(drag.x, drag.y), bounds()));
  };
  /** While the pointer is held outside of the rows, they come by, the faster the further it is. */
  const pull = (): void => {
    frame = 0;
    if (!drag) return;
    const { x, y } = scroller.beyond(drag.x, drag.y);
    const moves = { x: drag.reach === 'rows' ? 0 : x * PULL, y: drag.reach === 'columns' ? 0 : y * PULL };
    if (moves.x !== 0 || moves.y !== 0) {
      scroller.moveBy(moves.x, moves.y);
      extend();
      frame = requestAnimationFrame(pull);
    }
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      const pressed = whatIsAt(event.target);
      if (!pressed || event.button > 2) return;
      const cell = cellAt(event.clientX, event.clientY);
      // A press with another button opens a menu: on what is selected, where the press is inside of it.
      if (event.button !== 0 && holds(rangeOf(model.state.get().selection), cell) && pressed === 'cells') return;
      if (model.rows === 0 && pressed !== 'columns') return;
      if (pressed === 'all') {
        model.select(allSelected(bounds()));
        return;
      }
      const { anchor } = model.state.get().selection;
      const from = event.shiftKey ? originOf(pressed, anchor, model.state.get().selection) : cell;
      model.select(pressed === 'cells' && !event.shiftKey ? at(cell) : SELECT[pressed](from, cell, bounds()));
      if (event.button !== 0 || event.pointerType === 'touch') return;
      drag = { reach: pressed, anchor: from, x: event.clientX, y: event.clientY };
      element.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      if (!drag) return;
      drag = { ...drag, x: event.clientX, y: event.clientY };
      extend();
      if (frame === 0) frame = requestAnimationFrame(pull);
    },
    { signal },
  );
  const end = (): void => {
    drag = undefined;
    cancelAnimationFrame(frame);
    frame = 0;
  };
  element.addEventListener('pointerup', end, { signal });
  element.addEventListener('pointercancel', end, { signal });
  return () => {
    leave.abort();
    end();
  };
}

/** Where a press with Shift extends from: rows and columns keep their anchor at their far end. */
function originOf(reach: Reach, anchor: Cell, { active }: Selection): Cell {
  if (reach === 'rows') return { row: anchor.row, column: 0 };
  if (reach === 'columns') return { row: 0, column: anchor.column };
  return anchor.row < 0 ? active : anchor;
}

function whatIsAt(target: EventTarget | null): Reach | 'all' | undefined {
  if (!(target instanceof Element) || target.closest('[data-sort], [data-edge]')) return undefined;
  if (target.closest('[data-corner]')) return 'all';
  if (target.closest('[data-column]')) return 'columns';
  if (target.closest('[role="rowheader"]')) return 'rows';
  return target.closest('[role="gridcell"]') ? 'cells' : undefined;
}
