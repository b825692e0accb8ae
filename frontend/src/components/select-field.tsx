import styles from './choices.module.css';
import { Labelled, type Said } from './labelled.tsx';

export interface Option<V extends string = string> {
  readonly value: V;
  readonly label: string;
}

interface SelectFieldProps<V extends string> extends Said {
  readonly value: V;
  readonly options: readonly Option<V>[];
  /** The label is read aloud, and seen from what stands around it. */
  readonly bare?: boolean;
  onValue(value: V): void;
}

/** A labelled choice of one among several, in the browser's own list. */
export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  const { label, value, options, hint, error, bare, onValue } = props;
  return (
    <Labelled {...{ label, hint, error, bare }} className={styles.select}>
      {(ties) => (
        <select {...ties} value={value} onChange={({ target }) => onValue(target.value as V)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
