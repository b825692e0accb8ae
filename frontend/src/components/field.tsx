import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { IconButton } from './button.tsx';
import styles from './field.module.css';

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Keys, names and hosts read better in the monospace font. */
  readonly mono?: boolean;
  readonly optional?: boolean;
  readonly after?: ReactNode;
}

/** A labelled input; its hint and its error are tied to it, so that a screen reader says them with it. */
export function Field({ label, hint, error, mono = false, optional = false, after, className, ...input }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={[styles.field, className].filter(Boolean).join(' ')}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {optional && <span className={styles.optional}>optional</span>}
      </label>
      <div className={styles.box} data-invalid={error ? '' : undefined}>
        <input
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          {...input}
          id={id}
          className={[styles.input, mono && styles.mono].filter(Boolean).join(' ')}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
        {after}
      </div>
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

/** A field whose value is hidden until its owner asks to see it; the browser is asked not to keep it. */
export function SecretField(props: Omit<FieldProps, 'type' | 'after'>) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      autoComplete="off"
      data-1p-ignore=""
      data-lpignore="true"
      {...props}
      type={shown ? 'text' : 'password'}
      mono
      after={
        <IconButton
          icon={shown ? 'eyeOff' : 'eye'}
          label={`${shown ? 'Hide' : 'Show'} the ${props.label.toLowerCase()}`}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
