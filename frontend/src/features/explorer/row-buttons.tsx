import type { MouseEvent, ReactNode } from 'react';
import styles from './tree.module.css';

/** What the mouse can do with a row; the keyboard has the row's menu. */
export function RowButtons({ children }: { children: ReactNode }) {
  const stop = (event: MouseEvent) => event.stopPropagation();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: it only keeps clicks from the row
    <span className={styles.actions} onClick={stop} onDoubleClick={stop}>
      {children}
    </span>
  );
}
