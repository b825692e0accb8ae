import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { PlanText, usePlanWatch } from '../query/plan-line.tsx';
import type { AskPlans } from '../query/plan-watch.ts';
import { OPENING_ROWS } from '../query/run-options.ts';
import { ConditionFields, ValueField } from './condition-fields.tsx';
import { type Draft, emptyCondition, moved } from './draft.ts';
import { FilterRows } from './filter-rows.tsx';
import styles from './key-query.module.css';
import { type KeyPlace, placeText } from './keyed.ts';
import { writeStatement } from './write-statement.ts';

interface KeyQueryFormProps {
  readonly draft: Draft;
  readonly tables: readonly string[];
  /** Where the table may be read; the first is the table itself. */
  readonly places: readonly KeyPlace[];
  readonly attributes: readonly string[];
  readonly plan: AskPlans | undefined;
  onDraft(draft: Draft): void;
  onWritten(statement: string): void;
  onClose(): void;
}

/** A Query or a Scan, field by field, with the statement that it becomes and what that will read. */
export function KeyQueryForm(props: KeyQueryFormProps) {
  const { draft, tables, places, attributes, plan, onDraft, onWritten, onClose } = props;
  const id = useId();
  const [tried, setTried] = useState(false);
  const place = places.find(({ index }) => index === draft.index) ?? places[0];
  const written = place && writeStatement(draft, place);
  const statement = written && 'statement' in written ? written.statement : undefined;
  const problems = tried && written && 'problems' in written ? written.problems : {};
  const watch = usePlanWatch(plan);
  useEffect(() => watch.look(statement, OPENING_ROWS), [watch, statement]);
  if (!place) return null;
  const change = (to: Partial<Draft>) => onDraft({ ...draft, ...to });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (statement !== undefined) onWritten(statement);
    else
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('dialog [aria-invalid], [role="dialog"] [aria-invalid]')?.focus(),
      );
  };
  const { partition, sort, scope } = place;
  const scans = draft.kind === 'scan';
  const problem = (field: string) =>
    problems[field] && (
      <p id={`${id}-${field}`} className={styles.problem}>
        {problems[field]}
      </p>
    );
  const problemId = (field: string) => (problems[field] ? `${id}-${field}` : undefined);

  return (
    <form className={styles.form} onSubmit={submit} autoComplete="off" noValidate>
      <div className={styles.target}>
        <Row label="Table" id={`${id}-table`}>
          <select
            id={`${id}-table`}
            className={styles.select}
            value={draft.table}
            onChange={({ target }) => onDraft(moved(draft, { table: target.value, index: undefined }))}
          >
            {tables.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </Row>
        <Row label="Read by" id={`${id}-index`}>
          <select
            id={`${id}-index`}
            className={styles.select}
            value={draft.index ?? ''}
            onChange={({ target }) => {
              const index = target.value === '' ? undefined : target.value;
              onDraft(
                moved(
                  draft,
                  { table: draft.table, index },
                  places.find((each) => each.index === index),
                ),
              );
            }}
          >
            {places.map((each) => (
              <option key={each.index ?? ''} value={each.index ?? ''}>
                {placeText(each)}
              </option>
            ))}
          </select>
        </Row>
        <fieldset className={styles.kinds}>
          <legend className="visually-hidden">Operation</legend>
          {(['query', 'scan'] as const).map((kind) => (
            <label key={kind} data-chosen={draft.kind === kind ? '' : undefined}>
              <input type="radio" name={`${id}-kind`} checked={draft.kind === kind} onChange={() => change({ kind })} />
              {kind === 'query' ? 'Query' : 'Scan'}
            </label>
          ))}
        </fieldset>
      </div>

      {!scans && (
        <section className={styles.section} aria-label="Key">
          <h3>Key</h3>
          <div className={styles.condition}>
            <span className={styles.keyName}>
              {partition.name} <em>partition</em>
            </span>
            <span className={styles.equals}>=</span>
            <ValueField
              label={`${partition.name}, the partition key`}
              type={partition.type}
              lines={false}
              value={draft.partition}
              problem={problemId('partition')}
              onValue={(value) => change({ partition: value })}
            />
            {problem('partition')}
          </div>
          {sort && (
            <div className={styles.condition}>
              <span className={styles.keyName}>
                {sort.name} <em>sort</em>
              </span>
              {draft.sort ? (
                <>
                  <ConditionFields
                    name={`${sort.name}, the sort key`}
                    condition={{ ...draft.sort, type: sort.type }}
                    ofKey
                    problem={problemId('sort')}
                    onChange={(condition) => change({ sort: condition })}
                  />
                  <Button look="quiet" size="small" onClick={() => change({ sort: undefined })}>
                    Any
                  </Button>
                </>
              ) : (
                <Button
                  look="quiet"
                  size="small"
                  icon="plus"
                  onClick={() =>
                    change({
                      sort: { ...emptyCondition(sort.type), operator: sort.type === 'S' ? 'begins_with' : '=' },
                    })
                  }
                >
                  Add a condition
                </Button>
              )}
              {problem('sort')}
            </div>
          )}
        </section>
      )}

      <section className={styles.section} aria-label="Filter">
        <h3>
          Filter <span>What does not pass is read, and paid for, all the same.</span>
        </h3>
        <FilterRows
          filters={draft.filters}
          attributes={attributes}
          problems={problems}
          onChange={(filters) => change({ filters })}
        />
      </section>

      <section className={styles.section} aria-label="Result">
        <h3>Result</h3>
        <div className={styles.result}>
          <Row label="Attributes" id={`${id}-projection`}>
            <input
              id={`${id}-projection`}
              className={styles.input}
              placeholder="All of them, or names with commas"
              spellCheck={false}
              value={draft.projection}
              onChange={({ target }) => change({ projection: target.value })}
            />
          </Row>
          <Row label="Limit" id={`${id}-limit-field`}>
            <input
              id={`${id}-limit-field`}
              className={styles.input}
              inputMode="numeric"
              placeholder="None"
              aria-invalid={problems.limit ? true : undefined}
              aria-describedby={problemId('limit')}
              value={draft.limit}
              onChange={({ target }) => change({ limit: target.value })}
            />
          </Row>
          {!scans && (
            <Row label="Order" id={`${id}-order`}>
              <select
                id={`${id}-order`}
                className={styles.select}
                value={draft.forward ? 'forward' : 'backward'}
                onChange={({ target }) => change({ forward: target.value === 'forward' })}
              >
                <option value="forward">Forward</option>
                <option value="backward">Backward</option>
              </select>
            </Row>
          )}
          <label className={styles.check} title={scope === 'global' ? NO_CONSISTENT : undefined}>
            <input
              type="checkbox"
              checked={draft.consistent && scope !== 'global'}
              disabled={scope === 'global'}
              aria-describedby={scope === 'global' ? `${id}-consistent` : undefined}
              onChange={({ target }) => change({ consistent: target.checked })}
            />
            Consistent
          </label>
        </div>
        {scope === 'global' && (
          <p id={`${id}-consistent`} className={styles.hint}>
            {NO_CONSISTENT}
          </p>
        )}
        {problem('limit')}
      </section>

      <div className={styles.preview}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1) */}
        <section tabIndex={0} aria-label="The statement">
          <pre>{statement ?? 'Fill in the key to see the statement.'}</pre>
        </section>
        {statement !== undefined && <CopyButton text={statement} label="Copy the statement" />}
      </div>
      <div className={styles.actions}>
        <PlanText watch={watch} />
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="primary" icon="play">
          Run
        </Button>
      </div>
    </form>
  );
}

/** Developer Guide, "Read consistency". */
const NO_CONSISTENT = 'A global secondary index has no consistent reads.';

function Row({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}
