import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { IconButton } from './button.tsx';
import styles from './side-panel.module.css';

interface SidePanelProps {
  readonly title: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  onClose(): void;
  readonly children: ReactNode;
}

/** What is known of one row, beside its table; over it where there is no room. Escape closes it. */
export function SidePanel({ title, actions, onClose, children }: SidePanelProps) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside className={styles.panel} aria-labelledby={id} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <h3 id={id}>{title}</h3>
        {actions}
        <IconButton icon="close" label="Close the details" keys="Esc" onClick={onClose} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1) */}
      <div className={styles.body} tabIndex={0}>
        {children}
      </div>
    </aside>
  );
}

interface FactProps {
  readonly name: string;
  /** Nothing is shown where there is nothing to say. */
  readonly children: ReactNode;
}

export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, children }: FactProps) {
  if (children === undefined || children === null || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
