import type { ChangeEvent } from 'react';
import { type Condition, OPERATORS, type Operator, TYPES, type TypeName } from './draft.ts';
import styles from './key-query.module.css';

interface ConditionFieldsProps {
  /** What a screen reader says before each field: `Filter 2`. */
  readonly name: string;
  readonly condition: Condition;
  /** Of a key there are fewer operators, and its type is given. */
  readonly ofKey: boolean;
  /** The id of what is said to be wrong with it. */
  readonly problem: string | undefined;
  onChange(condition: Condition): void;
}

/** An operator, a type and the values that they take. */
export function ConditionFields({ name, condition, ofKey, problem, onChange }: ConditionFieldsProps) {
  const { operator, type, value, upper } = condition;
  const { takes } = OPERATORS[operator];
  const field = (label: string, text: string, change: (text: string) => Condition) => (
    <ValueField
      label={`${name}: ${label}`}
      type={type}
      lines={takes === 'list'}
      value={text}
      problem={problem}
      onValue={(next) => onChange(change(next))}
    />
  );
  return (
    <>
      <select
        aria-label={`${name}: operator`}
        className={styles.select}
        value={operator}
        onChange={({ target }) => onChange({ ...condition, operator: target.value as Operator })}
      >
        {Object.entries(OPERATORS).map(
          ([key, info]) =>
            (!ofKey || info.ofKeys) && (
              <option key={key} value={key}>
                {info.title}
              </option>
            ),
        )}
      </select>
      {!ofKey && takes !== 'none' && (
        <select
          aria-label={`${name}: type`}
          className={styles.select}
          value={type}
          onChange={({ target }) => onChange({ ...condition, type: target.value as TypeName })}
        >
          {Object.entries(TYPES).map(([key, title]) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
      )}
      {takes !== 'none' && type !== 'NULL' && (
        <span className={styles.values}>
          {field(takes === 'two' ? 'from' : 'value', value, (next) => ({ ...condition, value: next }))}
          {takes === 'two' && <span className={styles.and}>and</span>}
          {takes === 'two' && field('to', upper, (next) => ({ ...condition, upper: next }))}
        </span>
      )}
    </>
  );
}

interface ValueFieldProps {
  readonly label: string;
  readonly type: TypeName;
  readonly lines: boolean;
  readonly value: string;
  readonly problem: string | undefined;
  onValue(value: string): void;
}
const PLACEHOLDERS: Partial<Record<TypeName, string>> = { N: '0', B: 'base64' };
const SETS: ReadonlySet<TypeName> = new Set(['SS', 'NS', 'BS']);

export function ValueField({ label, type, lines, value, problem, onValue }: ValueFieldProps) {
  const common = {
    'aria-label': label,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem,
    className: styles.input,
    value,
    onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
      onValue(target.value),
  };
  if (type === 'BOOL')
    return (
      <select {...common} className={styles.select} value={value === 'false' ? 'false' : 'true'}>
        <option>true</option>
        <option>false</option>
      </select>
    );
  if (lines || SETS.has(type))
    return (
      <textarea
        {...common}
        rows={Math.min(6, value.split('\n').length + 1)}
        placeholder="One value a line"
        spellCheck={false}
      />
    );
  return (
    <input
      {...common}
      spellCheck={false}
      autoComplete="off"
      inputMode={type === 'N' ? 'decimal' : 'text'}
      placeholder={PLACEHOLDERS[type] ?? ''}
    />
  );
}
