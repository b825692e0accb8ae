import { Menu } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useStore } from '../../app/store.ts';
import { isMac, keyText } from '../../commands/keys.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { CopyFormat } from '../../grid/copy-formats.ts';
import type { GridModel } from '../../grid/grid-model.ts';
import { sizeText } from '../../grid/hex-dump.ts';
import { cellsIn, rangeOf } from '../../grid/selection.ts';
import { CopyItems } from './grid-menu.tsx';
import styles from './query.module.css';
import { moreRows } from './run-options.ts';
import type { ResultSet } from './run-state.ts';
import { charge, count, cutText, duration, stoppedText } from './wording.ts';

/** A copy that goes on: how many cells, and which part is done. */
export interface Copying {
  readonly cells: number;
  /** What they are: `cell`, `document`. */
  readonly unit: string;
  readonly done: number;
}

interface ResultBarProps {
  readonly result: ResultSet;
  readonly model: GridModel;
  readonly maxRows: number;
  /** What the instance lets one result have. */
  readonly mostRows: number;
  readonly copying: Copying | undefined;
  readonly said: string;
  readonly onReadMore: (() => void) | undefined;
  onCopy(format: CopyFormat): void;
  onStopCopy(): void;
  onFind(): void;
  /** Copies every document; absent where cells are shown. */
  readonly onCopyAll: (() => void) | undefined;
}

/** Below a grid: how much there is of it, in which order, and what is selected. */
export function ResultBar({ result, model, maxRows, mostRows, copying, said, onReadMore, ...actions }: ResultBarProps) {
  const rows = useSyncExternalStore(result.store.subscribe, result.store.shownRows);
  return (
    <footer className={styles.resultBar}>
      <span title={`${sizeText(result.store.bytes)} in memory`}>
        <strong>{count(rows, 'row')}</strong> × {count(result.store.columns.length, 'column')}
      </span>
      {result.elapsedMs !== undefined && <span>{duration(result.elapsedMs)}</span>}
      {result.consumed && <span>{charge({ ...result.consumed, total: 0 })}</span>}
      <HowItEnded state={result.state} rows={rows} maxRows={maxRows} mostRows={mostRows} onReadMore={onReadMore} />
      <SortState model={model} rows={rows} />
      <span className={styles.fill} />
      {copying ? (
        <span>
          Copying {count(copying.cells, copying.unit)}… {Math.round(copying.done * 100)}%
          <BarButton onClick={actions.onStopCopy}>Stop</BarButton>
        </span>
      ) : (
        !actions.onCopyAll && <Selected model={model} />
      )}
      <span role="status" className={said ? undefined : 'visually-hidden'}>
        {said}
      </span>
      <Tools {...actions} />
    </footer>
  );
}

function Tools({ onCopy, onFind, onCopyAll }: Pick<ResultBarProps, 'onCopy' | 'onFind' | 'onCopyAll'>) {
  return (
    <span className={styles.tools}>
      <IconButton
        icon="search"
        label="Show only rows that contain a text"
        keys={keyText('Mod+F', isMac())}
        onClick={onFind}
      />
      {onCopyAll ? (
        <IconButton icon="copy" label="Copy all documents as JSON" onClick={onCopyAll} />
      ) : (
        <Menu
          position="top-end"
          width={270}
          shadow="none"
          transitionProps={{ duration: 0 }}
          withInitialFocusPlaceholder={false}
        >
          <Menu.Target>
            <IconButton icon="copy" label="Copy the selected cells" />
          </Menu.Target>
          <Menu.Dropdown className={styles.menu ?? ''}>
            <CopyItems onCopy={onCopy} />
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  );
}

function HowItEnded(
  props: Pick<ResultBarProps, 'maxRows' | 'mostRows' | 'onReadMore'> & { state: ResultSet['state']; rows: number },
) {
  const { state, rows, maxRows, mostRows, onReadMore } = props;
  // The limit may have been lowered since this page was loaded: fewer rows came than it asked for.
  const more = rows < maxRows ? undefined : moreRows(maxRows, mostRows);
  if (state === 'truncated')
    return (
      <span className={styles.warn}>
        {more ? stoppedText(rows) : cutText(rows)}
        {onReadMore && more && (
          <BarButton onClick={onReadMore}>Run again and read up to {more.toLocaleString('en')}</BarButton>
        )}
      </span>
    );
  if (state === 'partial')
    return (
      <span className={styles.warn}>
        <Icon name="alert" size={13} /> The run ended before all rows had arrived.
      </span>
    );
  return null;
}

function SortState({ model, rows }: { model: GridModel; rows: number }) {
  const { sort, sorting, problem } = useStore(model.state);
  const name = (column: number) => model.result.columns[column]?.name ?? '';
  if (sorting)
    return (
      <span>
        Sorting by {name(sorting.column)}…<BarButton onClick={() => model.cancelSort()}>Cancel</BarButton>
      </span>
    );
  if (problem) return <span className={styles.warn}>{problem}</span>;
  if (!sort) return null;
  const sorted = sort.rows;
  return (
    <span>
      Sorted by {name(sort.column)} {sort.descending ? '↓' : '↑'}, of the {count(sorted, 'row')} loaded
      {rows > sorted && (
        <BarButton onClick={() => void model.sort({ column: sort.column, descending: sort.descending })}>
          Sort all {rows.toLocaleString('en')}
        </BarButton>
      )}
      <BarButton onClick={() => void model.sort(undefined)}>Clear</BarButton>
    </span>
  );
}

function Selected({ model }: { model: GridModel }) {
  const { selection } = useStore(model.state);
  const range = rangeOf(selection);
  const cells = cellsIn(range);
  if (model.rows === 0) return null;
  if (cells <= 1)
    return <span className={styles.quiet}>Row {(Math.max(0, selection.active.row) + 1).toLocaleString('en')}</span>;
  const high = range.bottom - Math.max(0, range.top) + 1;
  return (
    <span>
      {count(high, 'row')} × {count(range.right - range.left + 1, 'column')} selected
    </span>
  );
}

function BarButton({ onClick, children }: { onClick(): void; children: React.ReactNode }) {
  return (
    <button type="button" className={styles.barButton} onClick={onClick}>
      {children}
    </button>
  );
}
