import type { ComponentProps } from 'react';
import styles from './field.module.css';
import { Labelled, type Said } from './labelled.tsx';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'>, Said {
  readonly optional?: boolean;
}

/** A labelled field of several lines. */
export function TextArea({ label, hint, error, optional, rows = 3, ...area }: TextAreaProps) {
  return (
    <Labelled {...{ label, hint, error, optional }}>
      {(ties) => (
        <div className={styles.box} data-invalid={error ? '' : undefined}>
          <textarea {...area} {...ties} rows={rows} className={styles.area} />
        </div>
      )}
    </Labelled>
  );
}
