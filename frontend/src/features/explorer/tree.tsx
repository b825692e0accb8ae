import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from '../../app/store.ts';
import { SIZES } from '../../app/theme.ts';
import { type Desk, useDesk } from '../workbench/desk.ts';
import { openRow, rowActions, selectRow } from './row-actions.ts';
import { type OpenMenu, RowMenu } from './row-menu.tsx';
import styles from './tree.module.css';
import { keyMove, topToShow, typedFilter } from './tree-keys.ts';
import { TreeRowView } from './tree-row.tsx';
import type { TreeRow } from './tree-rows.ts';

const rowHeight = (): number => SIZES.row;

const indexOf = (rows: readonly TreeRow[], key: string | undefined): number => rows.findIndex((row) => row.key === key);

/** What can be done with any row: the same functions for all of them, so that a row that did not change is not drawn anew. */
function rowActs(desk: Desk, setMenu: (menu: OpenMenu) => void) {
  const goTo = (row: TreeRow | undefined) => {
    if (!row) return;
    desk.explorer.change({ current: row.key });
    selectRow(desk, row);
  };
  const openMenu = (row: TreeRow, x: number, y: number) => {
    goTo(row);
    if (rowActions(desk, row).length > 0) setMenu({ row, x, y });
  };
  return {
    goTo,
    openMenu,
    onPick: goTo,
    onToggle: (row: TreeRow) => desk.explorer.toggle(row),
    onOpen: (row: TreeRow) => openRow(desk, row),
    onMenu: openMenu,
  };
}

/**
 * The tree, drawn a screen at a time. The keyboard stays on the tree itself and `aria-activedescendant` names the row, so
 * that a row may leave the screen without taking the focus with it (WAI-ARIA tree pattern).
 */
export function Tree({ rows }: { rows: readonly TreeRow[] }) {
  const desk = useDesk();
  const { explorer } = desk;
  const currentKey = useStore(explorer.tree, (tree) => tree.current);
  const current = useMemo(() => Math.max(0, indexOf(rows, currentKey)), [rows, currentKey]);
  const [menu, setMenu] = useState<OpenMenu>();
  const scroller = useRef<HTMLDivElement>(null);
  // The same function for the same rows: with another one all of them are measured anew, at each step of a scroll.
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 12,
    getItemKey,
  });
  // As the virtualiser knows it: to ask the page would lay it out before its time, at each key.
  const height = virtual.scrollRect?.height ?? 0;
  const shown = useRef(height);
  shown.current = height;
  useEffect(() => {
    const element = scroller.current;
    const top =
      element && currentKey && topToShow(current, SIZES.row, { top: element.scrollTop, height: shown.current });
    if (element && typeof top === 'number') element.scrollTop = top;
  }, [currentKey, current]);

  const { goTo, openMenu, ...act } = useMemo(() => rowActs(desk, setMenu), [desk]);
  function onKeyDown(event: KeyboardEvent) {
    const row = rows[current];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      const box = document.getElementById(`tree-row-${current}`)?.getBoundingClientRect();
      if (box) openMenu(row, box.left + 40, box.bottom);
      return;
    }
    const move = keyMove(event.key, rows, current, Math.floor(height / SIZES.row));
    if (move?.to !== undefined) goTo(rows[move.to]);
    if (move?.toggle) explorer.toggle(row);
    if (event.key === 'Enter') openRow(desk, row);
    const typed = typedFilter(event.key, row, explorer.tree.get().levelFilters);
    if (typed) explorer.change({ levelFilters: typed.filters, current: typed.level });
    if (move || typed || event.key === 'Enter') event.preventDefault();
  }
  return (
    <>
      <div
        ref={scroller}
        id="explorer-tree"
        role="tree"
        aria-label="Resources and objects"
        aria-activedescendant={`tree-row-${current}`}
        tabIndex={0}
        className={styles.tree}
        onKeyDown={onKeyDown}
      >
        <div className={styles.rows} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <TreeRowView
                key={key}
                id={`tree-row-${index}`}
                row={row}
                top={start}
                active={index === current}
                selected={index === current && currentKey !== undefined}
                {...act}
              />
            );
          })}
        </div>
      </div>
      {menu && (
        <RowMenu
          key={menu.row.key}
          menu={menu}
          onClose={() => {
            setMenu(undefined);
            scroller.current?.focus();
          }}
        />
      )}
    </>
  );
}
