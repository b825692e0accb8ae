import { useId } from 'react';
import styles from './choices.module.css';
import type { Option } from './select-field.tsx';

interface ChoiceListProps<V extends string> {
  readonly label: string;
  /** Undefined: nothing is chosen yet. */
  readonly value: V | undefined;
  /** Each with a sentence that says what it means. */
  readonly options: readonly (Option<V> & { readonly says?: string })[];
  onValue(value: V): void;
}

/** One of a few, each with what it means: as cards, so that nobody need open a list to compare them. */
export function ChoiceList<V extends string>({ label, value, options, onValue }: ChoiceListProps<V>) {
  const id = useId();
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.label}>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={id}
              checked={option.value === value}
              aria-describedby={option.says ? `${id}-${option.value}` : undefined}
              aria-label={option.label}
              onChange={() => onValue(option.value)}
            />
            <span>{option.label}</span>
            {option.says && <small id={`${id}-${option.value}`}>{option.says}</small>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
