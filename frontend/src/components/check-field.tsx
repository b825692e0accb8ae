import { type ReactNode, useId } from 'react';
import styles from './choices.module.css';

interface CheckFieldProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly hint?: ReactNode;
  onChecked(checked: boolean): void;
}

/** Something that is so, or is not. */
export function CheckField({ label, checked, hint, onChecked }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ target }) => onChecked(target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
