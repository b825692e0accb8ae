// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot hold a window into ten thousand rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row (aria-activedescendant)
import { type MouseEvent, memo, type ReactNode } from 'react';
import type { Spot } from './action-menu.tsx';
import { IconButton } from './button.tsx';
import styles from './virtual-table.module.css';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  /** A track of the grid: `120px`, `minmax(160px, 1fr)`. */
  readonly width: string;
  /** Numbers stand at the end of their cell. */
  readonly end?: boolean;
  cell(row: T): ReactNode;
}

/** What can be done with any row: the same functions for all of them. */
export interface RowActs<T> {
  /** A press on the row itself; `twice` for the second of a double click. */
  onPress(row: T, twice: boolean): void;
  onMenu(row: T, spot: Spot): void;
}

interface VirtualRowProps<T> {
  readonly id: string;
  readonly row: T;
  /** What it is called aloud. */
  readonly name: string;
  /** As a screen reader counts it, with the line of titles. */
  readonly place: number;
  readonly top: number;
  readonly height: number;
  readonly cellHeight: number;
  readonly columns: readonly Column<T>[];
  readonly selected: boolean;
  readonly hasActions: boolean;
  readonly note: ReactNode;
  readonly acts: RowActs<T>;
}

/** What is pressed inside a row is not the row. */
const isControl = ({ target }: MouseEvent): boolean =>
  target instanceof Element && target.closest('button, select, input, a') !== null;

function Row<T>({ row, columns, cellHeight, hasActions, note, acts, ...props }: VirtualRowProps<T>) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keyboard
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.place}
      aria-selected={props.selected}
      className={styles.row}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      onClick={(event) => !isControl(event) && acts.onPress(row, false)}
      onDoubleClick={(event) => !isControl(event) && acts.onPress(row, true)}
      onContextMenu={(event) => {
        if (!hasActions) return;
        event.preventDefault();
        acts.onMenu(row, { x: event.clientX, y: event.clientY });
      }}
    >
      {columns.map((column) => (
        <div key={column.key} role="gridcell" data-end={column.end || undefined} style={{ height: cellHeight }}>
          {column.cell(row)}
        </div>
      ))}
      {hasActions && (
        <div role="gridcell" className={styles.more} style={{ height: cellHeight }}>
          <IconButton
            icon="more"
            label={`Actions for ${props.name}`}
            aria-haspopup="menu"
            tabIndex={-1}
            onClick={({ currentTarget }) => {
              const { left, bottom } = currentTarget.getBoundingClientRect();
              acts.onMenu(row, { x: left, y: bottom });
            }}
          />
        </div>
      )}
      {note && (
        <div role="gridcell" className={styles.note}>
          {note}
        </div>
      )}
    </div>
  );
}

/** Drawn anew only where something of it has changed. */
export const VirtualRow = memo(Row) as typeof Row;
