import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from '../../app/store.ts';
import { SIZES } from '../../app/theme.ts';
import { useDesk } from '../workbench/desk.ts';
import { openRow, rowActions, selectRow } from './row-actions.ts';
import { type OpenMenu, RowMenu } from './row-menu.tsx';
import styles from './tree.module.css';
import { keyMove, typedFilter } from './tree-keys.ts';
import { TreeRowView } from './tree-row.tsx';
import type { TreeRow } from './tree-rows.ts';

/**
 * The tree, drawn a screen at a time. The keyboard stays on the tree itself and `aria-activedescendant` names the row, so
 * that a row may leave the screen without taking the focus with it (WAI-ARIA tree pattern).
 */
export function Tree({ rows }: { rows: readonly TreeRow[] }) {
  const desk = useDesk();
  const { explorer } = desk;
  const currentKey = useStore(explorer.tree, (tree) => tree.current);
  const current = Math.max(
    0,
    rows.findIndex((row) => row.key === currentKey),
  );
  const [menu, setMenu] = useState<OpenMenu>();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => SIZES.row,
    overscan: 12,
    getItemKey: (index) => rows[index]?.key ?? index,
  });
  const { scrollToIndex } = virtual;
  useEffect(() => {
    if (currentKey) scrollToIndex(current, { align: 'auto' });
  }, [currentKey, current, scrollToIndex]);

  const goTo = (row: TreeRow | undefined) => {
    if (!row) return;
    explorer.change({ current: row.key });
    selectRow(desk, row);
  };
  const openMenu = (row: TreeRow, x: number, y: number) => {
    goTo(row);
    if (rowActions(desk, row).length > 0) setMenu({ row, x, y });
  };
  function onKeyDown(event: KeyboardEvent) {
    const row = rows[current];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      const box = document.getElementById(`tree-row-${current}`)?.getBoundingClientRect();
      if (box) openMenu(row, box.left + 40, box.bottom);
      return;
    }
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / SIZES.row);
    const move = keyMove(event.key, rows, current, page);
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
                onPick={() => goTo(row)}
                onToggle={() => explorer.toggle(row)}
                onOpen={() => openRow(desk, row)}
                onMenu={(x, y) => openMenu(row, x, y)}
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
