import { type ReactNode, useId } from 'react';
import styles from './choices.module.css';

export interface Option<V extends string = string> {
  readonly value: V;
  readonly label: string;
}

interface SelectFieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** The label is read aloud, and seen from what stands around it. */
  readonly bare?: boolean;
  onValue(value: V): void;
}

/** A labelled choice of one among several, in the browser's own list. */
export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  const { label, value, options, hint, error, bare = false, onValue } = props;
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.select}>
      <label htmlFor={id} className={bare ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        onChange={({ target }) => onValue(target.value as V)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
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
