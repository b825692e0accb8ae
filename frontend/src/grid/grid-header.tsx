// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot hold a window into ten million rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell (aria-activedescendant)
import { memo, type PointerEvent, useState } from 'react';
import type { ResultColumn } from '#contract/results.ts';
import { Icon } from '../components/icon.tsx';
import type { ColumnLayout } from './column-layout.ts';
import styles from './grid.module.css';
import type { GridModel, Sort } from './grid-model.ts';
import { cellId } from './grid-row.tsx';
import { HEADER_ROW } from './selection.ts';

interface GridHeaderProps {
  readonly gridId: string;
  readonly model: GridModel;
  readonly layout: ColumnLayout;
  readonly from: number;
  readonly to: number;
  readonly numbersWidth: number;
  readonly sort: Sort | undefined;
  /** The selected columns, both inside. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  /** The active column where the header is active, else -1. */
  readonly active: number;
}

/** The names of the columns: stays at the top, sorts, and changes widths. */
export const GridHeader = memo(function GridHeader(props: GridHeaderProps) {
  const { model, layout, from, to, numbersWidth } = props;
  const names = model.result.columns.slice(from, to);
  return (
    <div role="rowgroup" className={styles.header} style={{ width: layout.width + numbersWidth }}>
      <div role="row" aria-rowindex={1} className={styles.headerRow}>
        <div
          role="columnheader"
          aria-colindex={1}
          className={styles.corner}
          style={{ width: numbersWidth }}
          data-corner=""
        >
          <span className="visually-hidden">Row</span>
        </div>
        {names.map((column, place) => (
          // Columns have no other identity than their place: two may have one name.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <ColumnName key={from + place} {...props} index={from + place} column={column} />
        ))}
      </div>
    </div>
  );
});

const SORTED = { ascending: 'ascending', descending: 'descending', none: undefined } as const;

function ColumnName(props: GridHeaderProps & { readonly index: number; readonly column: ResultColumn }) {
  const { model, layout, numbersWidth, sort, index, column } = props;
  const sorted = sort?.column === index ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const active = props.active === index;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={SORTED[sorted]}
      id={active ? cellId(props.gridId, HEADER_ROW, index) : undefined}
      className={styles.name}
      style={{ left: numbersWidth + layout.left(index), width: layout.widthOf(index) }}
      title={describe(column)}
      data-column={index}
      data-within={index >= props.selectedFrom && index <= props.selectedTo ? '' : undefined}
      data-active={active ? '' : undefined}
    >
      {column.key && <Icon name="key" size={12} className={styles.key} />}
      {column.key && <span className="visually-hidden">key </span>}
      <span className={styles.nameText}>{column.name}</span>
      <span className={styles.type}>{column.type}</span>
      <span
        className={styles.sort}
        data-sort={index}
        data-sorted={sorted === 'none' ? undefined : ''}
        title={SORT_HINTS[sorted]}
        aria-hidden="true"
      >
        <Icon name={sorted === 'descending' ? 'sortDown' : 'sortUp'} size={13} />
      </span>
      <ResizeEdge model={model} index={index} width={layout.widthOf(index)} />
    </div>
  );
}

/** What a click on the sort button does next. */
const SORT_HINTS = {
  none: 'Sort the rows loaded, smallest first',
  ascending: 'Sort the rows loaded, largest first',
  descending: 'Show the rows as they came',
} as const;

function describe({ name, type, table, key }: ResultColumn): string {
  const from = table ? `\n${table.schema}.${table.name}.${table.column}` : '';
  return `${name}\n${type}${key ? ' · primary key' : ''}${from}`;
}

function ResizeEdge({ model, index, width }: { model: GridModel; index: number; width: number }) {
  const [held, setHeld] = useState<{ x: number; width: number }>();
  const take = (event: PointerEvent<HTMLDivElement>): void => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setHeld({ x: event.clientX, width });
  };
  return (
    <div
      className={styles.edge}
      data-edge=""
      data-held={held ? '' : undefined}
      aria-hidden="true"
      onPointerDown={take}
      onPointerMove={(event) => held && model.resize(index, held.width + event.clientX - held.x)}
      onPointerUp={() => setHeld(undefined)}
      onPointerCancel={() => setHeld(undefined)}
      onDoubleClick={(event) => {
        event.stopPropagation();
        model.fit(index, Math.floor(model.scroll.virtual / 24));
      }}
    />
  );
}
