import { useId } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { emptyCondition, type Filter } from './draft.ts';
import styles from './key-query.module.css';
import type { Problems } from './write-statement.ts';

interface FilterRowsProps {
  readonly filters: readonly Filter[];
  /** Attributes whose names are known. */
  readonly attributes: readonly string[];
  readonly problems: Problems;
  onChange(filters: readonly Filter[]): void;
}

/** Conditions that all must hold. */
export function FilterRows({ filters, attributes, problems, onChange }: FilterRowsProps) {
  const list = useId();
  const change = (id: number, to: Partial<Filter>) =>
    onChange(filters.map((one) => (one.id === id ? { ...one, ...to } : one)));
  const add = () => {
    const id = Math.max(-1, ...filters.map((one) => one.id)) + 1;
    onChange([...filters, { ...emptyCondition('S'), id, attribute: '' }]);
    // The new row is drawn first.
    requestAnimationFrame(() => document.getElementById(`${list}-${id}`)?.focus());
  };
  return (
    <div className={styles.filters}>
      <datalist id={list}>
        {attributes.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {filters.map((filter, place) => {
        const name = `Filter ${place + 1}`;
        const problem = problems[`filter-${filter.id}`];
        const problemId = problem === undefined ? undefined : `${list}-${filter.id}-problem`;
        return (
          <fieldset key={filter.id} className={styles.filter}>
            <legend className="visually-hidden">{name}</legend>
            <span className={styles.joined} aria-hidden="true">
              {place === 0 ? 'where' : 'and'}
            </span>
            <input
              id={`${list}-${filter.id}`}
              className={styles.input}
              aria-label={`${name}: attribute`}
              aria-describedby={problemId}
              placeholder="Attribute"
              list={list}
              spellCheck={false}
              autoComplete="off"
              value={filter.attribute}
              onChange={({ target }) => change(filter.id, { attribute: target.value })}
            />
            <ConditionFields
              name={name}
              condition={filter}
              ofKey={false}
              problem={problemId}
              onChange={(condition) => change(filter.id, condition)}
            />
            <IconButton
              icon="close"
              label={`Remove ${name.toLowerCase()}`}
              className={styles.remove}
              onClick={() => onChange(filters.filter((one) => one.id !== filter.id))}
            />
            {problem && (
              <p id={problemId} className={styles.problem}>
                {problem}
              </p>
            )}
          </fieldset>
        );
      })}
      <Button look="quiet" size="small" icon="plus" onClick={add}>
        Add a filter
      </Button>
    </div>
  );
}
