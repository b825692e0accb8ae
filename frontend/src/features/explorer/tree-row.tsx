import { type MouseEvent, memo, type ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import { isAlike } from './is-alike.ts';
import { ROW_CONTENT } from './row-content.tsx';
import styles from './tree.module.css';
import type { TreeRow } from './tree-rows.ts';

interface TreeRowViewProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly top: number;
  /** The keyboard is here, as soon as it is in the tree. */
  readonly active: boolean;
  readonly selected: boolean;
  onPick(row: TreeRow): void;
  onToggle(row: TreeRow): void;
  onOpen(row: TreeRow): void;
  onMenu(row: TreeRow, x: number, y: number): void;
}

/** One row, at its place. The twisty is for the mouse; the keyboard's way is the tree's own. */
export const TreeRowView = memo(DrawnRow, drawsTheSame);

/** The list is made anew whenever something is found or typed; most of its rows say what they said before. */
function drawsTheSame({ row: one, ...before }: TreeRowViewProps, { row: other, ...now }: TreeRowViewProps): boolean {
  return isAlike(one, other) && isAlike(before, now);
}

function DrawnRow(props: TreeRowViewProps) {
  const { id, row, top, active, selected, onPick, onToggle, onOpen, onMenu } = props;
  const Body = ROW_CONTENT[row.kind] as (props: { row: TreeRow }) => ReactNode;
  const stop = (event: MouseEvent) => event.stopPropagation();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the tree has the keyboard (aria-activedescendant)
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-selected={selected}
      data-active={active || undefined}
      className={styles.row}
      data-kind={row.kind}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 4 + (row.level - 1) * 13 }}
      onClick={() => onPick(row)}
      onDoubleClick={() => onOpen(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(row, event.clientX, event.clientY);
      }}
    >
      <span
        className={styles.twisty}
        aria-hidden="true"
        onClick={(event) => {
          stop(event);
          onPick(row);
          onToggle(row);
        }}
        onDoubleClick={stop}
      >
        {row.expandable && <Icon name={row.expanded ? 'chevronDown' : 'chevronRight'} size={12} />}
      </span>
      <Body row={row} />
      {row.levelFilter && <span className={styles.typed}>“{row.levelFilter}”</span>}
    </div>
  );
}
