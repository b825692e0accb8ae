import { type ComponentProps, type ReactNode, useState } from 'react';
import { IconButton } from './button.tsx';
import styles from './field.module.css';
import { Labelled, type Said } from './labelled.tsx';

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'>, Said {
  /** Keys, names and hosts read better in the monospace font. */
  readonly mono?: boolean;
  readonly optional?: boolean;
  readonly after?: ReactNode;
}

/** A labelled input. */
export function Field({ label, hint, error, mono = false, optional, after, className, ...input }: FieldProps) {
  return (
    <Labelled {...{ label, hint, error, optional, className }}>
      {(ties) => (
        <div className={styles.box} data-invalid={error ? '' : undefined}>
          <input
            spellCheck={false}
            autoCapitalize="off"
            autoCorrect="off"
            {...input}
            {...ties}
            className={[styles.input, mono && styles.mono].filter(Boolean).join(' ')}
          />
          {after}
        </div>
      )}
    </Labelled>
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
