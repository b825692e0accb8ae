import { type ReactNode, useId } from 'react';
import styles from './field.module.css';

/** What is said of a control. */
export interface Said {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

/** What ties a control to what is said of it. */
interface Ties {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

interface LabelledProps extends Said {
  readonly optional?: boolean | undefined;
  /** The label is read aloud, and seen from what stands around it. */
  readonly bare?: boolean | undefined;
  readonly className?: string | undefined;
  children(ties: Ties): ReactNode;
}

/** A control between its label and its error and hint, so that a screen reader says all of them with it. */
export function Labelled({ label, hint, error, optional, bare, className, children }: LabelledProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={[styles.field, className].filter(Boolean).join(' ')}>
      <label htmlFor={id} className={bare ? 'visually-hidden' : styles.label}>
        {label}
        {optional && <span className={styles.optional}>optional</span>}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': described || undefined })}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
