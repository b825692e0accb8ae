// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot hold a window into ten million rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell (aria-activedescendant)
import { memo } from 'react';
import type { ResultColumn, Value } from '#contract/results.ts';
import { SIZES } from '../app/theme.ts';
import type { ColumnLayout } from './column-layout.ts';
import { contains } from './find-rows.ts';
import styles from './grid.module.css';
import { cellText, plainText, spokenText } from './shown-value.ts';

interface GridRowProps {
  readonly gridId: string;
  /** In the order shown. */
  readonly row: number;
  /** From the top of the element that holds the rows. */
  readonly top: number;
  readonly read: (row: number, column: number) => Value;
  readonly columns: readonly ResultColumn[];
  readonly layout: ColumnLayout;
  /** The columns in view; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  readonly numbersWidth: number;
  /** The selected columns of this row, both inside; -1 where there are none. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  /** The column of the active cell, -1 where it is in another row. */
  readonly active: number;
  /** More than one cell is selected. */
  readonly many: boolean;
  /** A text that is searched for, in small letters. */
  readonly wanted: string;
}

/** One row: its number, and the cells that are in view. Drawn anew only where something of it changed. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, top, layout, from, to, numbersWidth, selectedFrom } = props;
  const cells = [];
  for (let column = from; column < to; column++) cells.push(<GridCell key={column} {...props} column={column} />);
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.row}
      style={{ transform: `translateY(${top}px)`, width: layout.width + numbersWidth }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={styles.number}
        style={{ width: numbersWidth, height: SIZES.row - 1 }}
        data-within={selectedFrom >= 0 ? '' : undefined}
      >
        {(row + 1).toLocaleString('en')}
      </div>
      {cells}
    </div>
  );
});

function GridCell({ column, ...row }: GridRowProps & { readonly column: number }) {
  const kind = row.columns[column]?.kind ?? 'text';
  const value = row.read(row.row, column);
  const selected = column >= row.selectedFrom && column <= row.selectedTo;
  const active = column === row.active;
  return (
    <div
      role="gridcell"
      aria-colindex={column + 2}
      aria-selected={selected || undefined}
      aria-label={value === '' ? spokenText(value, kind) : undefined}
      id={active ? cellId(row.gridId, row.row, column) : undefined}
      className={styles.cell}
      style={{ left: row.numbersWidth + row.layout.left(column), width: row.layout.widthOf(column) }}
      data-kind={kind}
      data-null={value === null ? '' : undefined}
      data-selected={selected ? '' : undefined}
      data-active={active ? '' : undefined}
      data-many={active && row.many ? '' : undefined}
      data-found={value !== null && contains(plainText(value, kind), row.wanted) ? '' : undefined}
    >
      {value === null ? 'NULL' : cellText(value, kind)}
    </div>
  );
}

export const cellId = (gridId: string, row: number, column: number): string => `${gridId}-${row}-${column}`;
