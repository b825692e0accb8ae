// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot hold a window into ten thousand rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row (aria-activedescendant)
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Action, ActionMenu, type Spot } from './action-menu.tsx';
import { rowMove } from './row-keys.ts';
import { type Column, type RowActs, VirtualRow } from './virtual-row.tsx';
import styles from './virtual-table.module.css';

/** How a table is laid out where it has so much room. */
export interface TableLayout<T> {
  readonly columns: readonly Column<T>[];
  readonly rowHeight: number;
  /** No line of titles: its cells say what they are. */
  readonly untitled?: boolean;
}

interface VirtualTableProps<T> {
  readonly label: string;
  /** Receives the table, for whoever gives the keyboard back to it. */
  readonly table?: RefObject<HTMLDivElement | null>;
  layout(width: number): TableLayout<T>;
  readonly rows: readonly T[];
  keyOf(row: T): string;
  /** What a row is called aloud where it is acted upon. */
  nameOf(row: T): string;
  readonly current: string | undefined;
  onCurrent(key: string): void;
  /** Enter, or a double click; with `opensByClick` a click. */
  onOpen(row: T): void;
  readonly opensByClick?: boolean;
  /** By a button in the row, the right mouse button, the menu key, or Shift+F10. */
  actions?(row: T): readonly Action[];
  /** Stands below a row: what went wrong with it. */
  note?(row: T): ReactNode;
  /** True when nothing follows the rows that are there. */
  readonly complete: boolean;
  /** While rows are being read. */
  readonly busy: boolean;
  /** The last rows are near: there may be more to read. */
  onNearEnd(): void;
  /** Shown in place of rows. */
  readonly empty: ReactNode;
}

/** So many rows before the end the next are read: a screen or so. */
const NEAR = 30;
const NOTE_HEIGHT = 40;
/** As high as `.head` in the style sheet. */
const HEAD_HEIGHT = 30;

/**
 * A table of any length, drawn a screen at a time. The keyboard stays on the table itself and `aria-activedescendant` names
 * the row (WAI-ARIA grid pattern), so that a row may leave the screen without taking the focus with it.
 */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, rows, keyOf, nameOf, current, actions, note, complete, busy, onNearEnd } = props;
  const id = useId();
  const own = useRef<HTMLDivElement>(null);
  const scroller = props.table ?? own;
  const width = useWidth(scroller);
  const layout = useMemo(() => props.layout(width), [props.layout, width]);
  const { columns, rowHeight, untitled = false } = layout;
  const head = untitled ? 0 : HEAD_HEIGHT;
  // Both look at every row: not once a frame while somebody scrolls.
  const noted = useMemo(
    () => new Set(note ? rows.flatMap((row, index) => (note(row) ? [index] : [])) : []),
    [rows, note],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + (noted.has(index) ? NOTE_HEIGHT : 0),
    overscan: 10,
    paddingStart: head,
    scrollPaddingStart: head,
  });
  const heights = `${rowHeight} ${head} ${[...noted].join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever a row is as high as it was not before
  useLayoutEffect(() => virtual.measure(), [heights, virtual]);

  const shown = virtual.getVirtualItems();
  const near = width > 0 && (shown.at(-1)?.index ?? -1) >= rows.length - NEAR;
  useEffect(() => {
    if (near && !busy) onNearEnd();
  }, [near, busy, onNearEnd]);

  const [menu, setMenu] = useState<Spot & { readonly row: T }>();
  const latest = useRef(props);
  latest.current = props;
  const acts = useMemo((): RowActs<T> => {
    const goTo = (row: T) => latest.current.onCurrent(latest.current.keyOf(row));
    return {
      onPress(row, twice) {
        goTo(row);
        if (twice !== (latest.current.opensByClick ?? false)) latest.current.onOpen(row);
      },
      onMenu(row, spot) {
        goTo(row);
        if (latest.current.actions?.(row).length) setMenu({ row, ...spot });
      },
    };
  }, []);
  const at = useMemo(() => rows.findIndex((row) => keyOf(row) === current), [rows, keyOf, current]);
  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1;
    const to = rowMove(event.key, at, rows.length, page);
    const next = to === undefined ? undefined : rows[to];
    if (to !== undefined && next) {
      props.onCurrent(keyOf(next));
      virtual.scrollToIndex(to);
    } else if (row && event.key === 'Enter') props.onOpen(row);
    else if (row && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      const box = document.getElementById(`${id}-${at}`)?.getBoundingClientRect();
      if (box) acts.onMenu(row, { x: box.left + 24, y: box.top + rowHeight - 4 });
    } else return;
    event.preventDefault();
  }
  function onFocus({ target, currentTarget }: React.FocusEvent) {
    const first = rows[shown.find(({ start }) => start >= (scroller.current?.scrollTop ?? 0))?.index ?? 0];
    if (target === currentTarget && at === -1 && first) props.onCurrent(keyOf(first));
  }
  return (
    <>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={complete ? rows.length + (untitled ? 0 : 1) : -1}
        aria-busy={busy || undefined}
        aria-activedescendant={shown.some(({ index }) => index === at) ? `${id}-${at}` : undefined}
        tabIndex={0}
        className={styles.table}
        style={{ '--columns': template(columns, actions !== undefined) } as CSSProperties}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        {!untitled && <Head columns={columns} hasActions={actions !== undefined} />}
        {rows.length > 0 && (
          <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() - head }}>
            {shown.map(({ index, start, size }) => {
              const row = rows[index];
              if (!row) return null;
              return (
                <VirtualRow
                  key={keyOf(row)}
                  id={`${id}-${index}`}
                  row={row}
                  name={nameOf(row)}
                  place={index + (untitled ? 1 : 2)}
                  top={start - head}
                  height={size}
                  cellHeight={rowHeight}
                  columns={columns}
                  selected={index === at}
                  hasActions={actions !== undefined}
                  note={note?.(row) || undefined}
                  acts={acts}
                />
              );
            })}
          </div>
        )}
      </div>
      {rows.length === 0 && props.empty && <div className={styles.empty}>{props.empty}</div>}
      {menu && actions && (
        <ActionMenu
          label={`Actions for ${nameOf(menu.row)}`}
          at={menu}
          actions={actions(menu.row)}
          onClose={() => {
            setMenu(undefined);
            scroller.current?.focus();
          }}
        />
      )}
    </>
  );
}

const template = (columns: readonly { readonly width: string }[], hasActions: boolean): string =>
  [...columns.map(({ width }) => width), ...(hasActions ? ['34px'] : [])].join(' ');

interface HeadProps {
  readonly columns: readonly { readonly key: string; readonly title: string; readonly end?: boolean }[];
  readonly hasActions: boolean;
}

const Head = ({ columns, hasActions }: HeadProps) => (
  <div role="row" aria-rowindex={1} className={styles.head}>
    {columns.map(({ key, title, end }) => (
      <div key={key} role="columnheader" data-end={end || undefined}>
        {title}
      </div>
    ))}
    {hasActions && (
      <div role="columnheader">
        <span className="visually-hidden">Actions</span>
      </div>
    )}
  </div>
);

/** How wide it is on the screen; 0 until it was laid out. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    setWidth(element.current.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
