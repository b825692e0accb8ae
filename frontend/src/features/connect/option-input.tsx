import { useId } from 'react';
import { Field } from '../../components/field.tsx';
import styles from './connect.module.css';
import type { OptionField } from './option-fields.ts';

interface OptionInputProps {
  readonly field: OptionField;
  readonly value: string;
  readonly error: string | undefined;
  readonly placeholder: string | undefined;
  onValue(value: string): void;
}

/** One option of an engine, as its schema says it is filled in. */
export function OptionInput({ field, value, error, placeholder, onValue }: OptionInputProps) {
  const id = useId();
  const { name, title, description, input, choices, optional } = field;
  if (input === 'switch')
    return (
      <label className={styles.switch}>
        <input type="checkbox" checked={value === 'true'} onChange={(event) => onValue(String(event.target.checked))} />
        {title}
      </label>
    );
  if (input === 'select')
    return (
      <div className={styles.select}>
        <label htmlFor={id}>{title}</label>
        <select id={id} value={value} onChange={(event) => onValue(event.target.value)}>
          {optional && <option value="">–</option>}
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      </div>
    );
  return (
    <Field
      label={title}
      name={name}
      mono
      optional={optional}
      inputMode={input === 'number' ? 'numeric' : 'text'}
      value={value}
      error={error}
      hint={description}
      placeholder={placeholder ?? ''}
      autoComplete="off"
      onChange={({ target }) => onValue(target.value)}
    />
  );
}
