import type { ComponentProps, ReactNode } from 'react';
import { VirtualTable } from '../../components/virtual-table.tsx';
import styles from './list.module.css';
import { ListFoot } from './list-foot.tsx';
import type { Paged, PagedState } from './paged.ts';

interface PagedTableProps<T>
  extends Omit<ComponentProps<typeof VirtualTable<T>>, 'rows' | 'complete' | 'busy' | 'onNearEnd'> {
  /** What a row is called. */
  readonly one: string;
  readonly many: string;
  readonly list: Pick<Paged<T>, 'more' | 'goOn' | 'stop'>;
  readonly state: PagedState<T>;
  /** What is known of one row, beside the list. */
  readonly children?: ReactNode;
}

/** A list that is read as one scrolls, and below it how reading stands; that it is empty is said once that is known. */
export function PagedTable<T>({ one, many, list, state, empty, children, ...table }: PagedTableProps<T>) {
  return (
    <div className={styles.list}>
      <div className={styles.rows}>
        <VirtualTable<T>
          {...table}
          rows={state.rows}
          complete={state.phase === 'end'}
          busy={state.phase === 'reading'}
          onNearEnd={list.more}
          empty={state.phase === 'end' && empty}
        />
        <ListFoot {...{ one, many, list, state }} />
      </div>
      {children}
    </div>
  );
}
