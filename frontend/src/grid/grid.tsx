// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot hold a window into ten million rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell (aria-activedescendant)
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useStore } from '../app/store.ts';
import { SIZES } from '../app/theme.ts';
import styles from './grid.module.css';
import { GridHeader } from './grid-header.tsx';
import { type GridActions, pressGridKey } from './grid-keys.ts';
import type { GridModel } from './grid-model.ts';
import { cellId, GridRow } from './grid-row.tsx';
import { GridScroller } from './grid-scroller.ts';
import { keyName } from './key-name.ts';
import { attachPointerSelection } from './pointer-selection.ts';
import { heightFor } from './scaled-scroll.ts';
import { cellsIn, HEADER_ROW, rangeOf } from './selection.ts';

interface GridProps {
  readonly model: GridModel;
  readonly label: string;
  readonly actions: GridActions;
  /** A menu is asked for, at a point of the page. */
  readonly onMenu: (at: { x: number; y: number }) => void;
}

/** A grid of any number of rows and columns: only what is in view is in the page. */
export function Grid({ model, label, actions, onMenu }: GridProps) {
  const gridId = useId();
  const rows = useRows(model);
  const { selection, layout, order, sort, find } = useStore(model.state);
  const element = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [scroller] = useState(() => new GridScroller(model));
  const view = useStore(scroller.window);
  const numbersWidth = widthOfNumbers(rows);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order means other values at the same places
  const read = useCallback((row: number, column: number) => model.value(row, column), [model, order]);

  useLayoutEffect(() => {
    if (!element.current || !body.current) return;
    const letGo = scroller.attach(element.current, body.current);
    const leave = attachPointerSelection(element.current, model, scroller);
    return () => {
      letGo();
      leave();
    };
  }, [model, scroller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other widths change what is in view
  useLayoutEffect(() => scroller.update(rows, numbersWidth), [scroller, rows, numbersWidth, layout]);

  const range = rangeOf(selection);
  const { active } = selection;
  const inView =
    active.row >= view.firstRow && active.row < view.endRow && active.column >= view.from && active.column < view.to;
  const named = active.row === HEADER_ROW ? active.column >= view.from && active.column < view.to : inView;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!pressGridKey(keyName(event), { model, bounds: model.bounds(scroller.page), actions })) return;
    event.preventDefault();
    const now = model.state.get().selection;
    if (now !== selection) scroller.reveal(now.active);
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    onMenu(pointOf(event, element.current, gridId, active));
  };
  const onClick = (event: MouseEvent): void => {
    const sorted = event.target instanceof Element && event.target.closest<HTMLElement>('[data-sort]');
    if (sorted) void model.sortNext(Number(sorted.dataset.sort));
  };
  const onDoubleClick = ({ clientX, clientY }: MouseEvent): void => {
    // The grid holds the pointer while it selects: what is clicked then is the grid, wherever the pointer is.
    if (document.elementFromPoint(clientX, clientY)?.closest('[role="gridcell"]')) actions.open();
  };

  const drawn = [];
  for (let row = view.firstRow; row < Math.min(view.endRow, rows); row++) {
    const within = row >= range.top && row <= range.bottom;
    drawn.push(
      <GridRow
        // A row that leaves at the top is used again at the bottom: fewer elements are made while scrolling.
        key={row % (view.endRow - view.firstRow)}
        gridId={gridId}
        row={row}
        top={(row - view.base) * SIZES.row}
        read={read}
        columns={model.result.columns}
        layout={layout}
        from={view.from}
        to={view.to}
        numbersWidth={numbersWidth}
        selectedFrom={within ? range.left : -1}
        selectedTo={within ? range.right : -1}
        active={row === active.row ? active.column : -1}
        many={row === active.row && cellsIn(range) > 1}
        wanted={find?.text.toLowerCase() ?? ''}
      />,
    );
  }

  return (
    <div
      ref={element}
      role="grid"
      aria-label={label}
      aria-rowcount={rows + 1}
      aria-colcount={model.result.columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={named ? cellId(gridId, active.row, active.column) : undefined}
      tabIndex={0}
      className={styles.grid}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      <GridHeader
        gridId={gridId}
        model={model}
        layout={layout}
        from={view.from}
        to={view.to}
        numbersWidth={numbersWidth}
        sort={sort}
        selectedFrom={range.left}
        selectedTo={range.right}
        active={active.row === HEADER_ROW ? active.column : -1}
      />
      <div
        role="rowgroup"
        className={styles.content}
        style={{ height: heightFor(rows * SIZES.row), width: layout.width + numbersWidth }}
      >
        <div role="presentation" className={styles.view} style={{ height: `min(100cqh - var(--grid-header), 100%)` }}>
          <div role="presentation" ref={body}>
            {drawn}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The rows that the screen has been told of. */
function useRows(model: GridModel): number {
  useSyncExternalStore(model.result.subscribe, model.result.shownRows);
  return model.rows;
}

/** Room for the digits of the last row's number, in few steps: while rows arrive, the columns should stand still. */
const widthOfNumbers = (rows: number): number => (rows < 100_000 ? 56 : rows < 10_000_000 ? 78 : 86);

/** Where a menu opens: at the pointer, or at the active cell where a key asked for it. */
function pointOf(
  event: MouseEvent,
  grid: HTMLElement | null,
  gridId: string,
  active: { row: number; column: number },
): { x: number; y: number } {
  if (event.button === 2 || event.clientX > 0) return { x: event.clientX, y: event.clientY };
  const box = document.getElementById(cellId(gridId, active.row, active.column))?.getBoundingClientRect();
  const around = grid?.getBoundingClientRect();
  return { x: (box ?? around)?.left ?? 0, y: (box ?? around)?.bottom ?? 0 };
}
