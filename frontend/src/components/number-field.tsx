import { type ComponentProps, useId } from 'react';
import { Field } from './field.tsx';
import styles from './number-field.module.css';
import { groupDigits } from './numbers.ts';

interface Preset {
  readonly label: string;
  readonly value: number;
}

interface NumberFieldProps extends Omit<ComponentProps<typeof Field>, 'value' | 'onChange' | 'after' | 'type'> {
  /** As it was typed: what is no number yet is kept, and said to be wrong. */
  readonly value: string;
  readonly unit?: string;
  /** Values that are chosen often, to be pressed. */
  readonly presets?: readonly Preset[];
  onValue(value: string): void;
}

/** A whole number with its unit. Digits are grouped when one leaves it; typed groups are understood. */
export function NumberField({ value, unit, presets, onValue, onBlur, ...field }: NumberFieldProps) {
  const id = useId();
  return (
    <div className={styles.number}>
      <Field
        {...field}
        inputMode="numeric"
        autoComplete="off"
        className={styles.field}
        value={value}
        onChange={({ target }) => onValue(target.value)}
        onBlur={(event) => {
          onValue(groupDigits(value));
          onBlur?.(event);
        }}
        after={unit && <span className={styles.unit}>{unit}</span>}
      />
      {presets && (
        <fieldset className={styles.presets} aria-labelledby={id}>
          <legend id={id} className="visually-hidden">
            {field.label}: common values
          </legend>
          {presets.map((preset) => {
            const text = groupDigits(String(preset.value));
            return (
              <button
                key={preset.value}
                type="button"
                aria-pressed={groupDigits(value) === text}
                onClick={() => onValue(text)}
              >
                {preset.label}
              </button>
            );
          })}
        </fieldset>
      )}
    </div>
  );
}
