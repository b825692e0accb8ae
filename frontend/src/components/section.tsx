import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

interface SectionProps {
  readonly title: string;
  /** What it is about, in a sentence or two beside its fields. */
  readonly lead?: ReactNode;
  /** Buttons for the whole section, opposite its title. */
  readonly actions?: ReactNode;
  /** Its content takes the whole width, below the title: for lists, tables and code. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A part of a page with a title of its own: title and lead on the left, what is to be filled in on the right. */
export function Section({ title, lead, actions, wide = false, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} data-wide={wide || undefined} aria-labelledby={id}>
      <div className={styles.about}>
        <div>
          <h3 id={id}>{title}</h3>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      <div className={styles.content}>{children}</div>
    </section>
  );
}

/** Short fields side by side, as many as there is room for. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
