import { useEffect, useState } from 'react';
import { AUDIT_KINDS, AuditKind, AuditOutcome } from '#contract/audit.ts';
import { fromLocalInput, toLocalInput } from '../../app/times.ts';
import { Field } from '../../components/field.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { SuggestField, type Suggestion } from '../../components/suggest-field.tsx';
import { resourceName } from '../explorer/resource-name.ts';
import styles from '../pages/list.module.css';
import { useSettled } from '../pages/use-settled.ts';
import { type AuditFilter, changeFilter, SPANS, type Span } from './audit-filter.ts';
import { ENDINGS } from './entry-words.ts';
import { suggestUsers } from './suggestions.ts';

interface AuditFiltersProps {
  readonly filter: AuditFilter;
  onFilter(filter: AuditFilter): void;
  findResources(text: string, signal: AbortSignal): Promise<readonly Suggestion[]>;
}

const ANY = { value: '', label: 'Any' } as const;
const KINDS = [ANY, ...AuditKind.options.map((value) => ({ value, label: AUDIT_KINDS[value] }))];
const OUTCOMES = [
  ANY,
  ...AuditOutcome.options.map((value) => ({
    value,
    label: value === 'begun' ? 'Begun, no end yet' : ENDINGS[value].word,
  })),
];
const WHEN = [
  { value: '', label: 'Any time' },
  ...Object.entries(SPANS).map(([value, { title }]) => ({ value, label: title })),
  { value: 'exact', label: 'Exact times…' },
];

/** What is searched for; every choice counts at once. */
export function AuditFilters({ filter, onFilter, findResources }: AuditFiltersProps) {
  const change = (part: Parameters<typeof changeFilter>[1]) => onFilter(changeFilter(filter, part));
  const hasEnds = filter.from !== undefined || filter.to !== undefined;
  const [exact, setExact] = useState(hasEnds);
  return (
    <search className={styles.filters} aria-label="Search of the record">
      <div className={styles.text}>
        <TextFilter text={filter.text ?? ''} onText={(text) => change({ text: text || undefined })} />
      </div>
      <SelectField
        label="When"
        value={exact || hasEnds ? 'exact' : (filter.when ?? '')}
        options={WHEN}
        onValue={(value) => {
          setExact(value === 'exact');
          if (value !== 'exact')
            change({ when: (value || undefined) as Span | undefined, from: undefined, to: undefined });
        }}
      />
      {(exact || hasEnds) && (
        <>
          <Field
            label="From"
            type="datetime-local"
            step={1}
            value={filter.from ? toLocalInput(filter.from) : ''}
            onChange={({ target }) => change({ from: fromLocalInput(target.value) })}
          />
          <Field
            label="Before"
            type="datetime-local"
            step={1}
            value={filter.to ? toLocalInput(filter.to) : ''}
            onChange={({ target }) => change({ to: fromLocalInput(target.value) })}
          />
        </>
      )}
      <SelectField
        label="Kind"
        value={filter.kind ?? ''}
        options={KINDS}
        onValue={(kind) => change({ kind: kind || undefined })}
      />
      <SelectField
        label="Outcome"
        value={filter.outcome ?? ''}
        options={OUTCOMES}
        onValue={(outcome) => change({ outcome: outcome || undefined })}
      />
      <SuggestField
        label="User"
        placeholder="Anybody"
        chosen={filter.user && (filter.name ?? filter.user)}
        find={suggestUsers}
        onChoose={(chosen) => change({ user: chosen?.value, name: chosen?.label })}
      />
      <SuggestField
        label="Resource"
        placeholder="Any"
        chosen={filter.resource && resourceName(filter.resource)}
        find={findResources}
        onChoose={(chosen) => change({ resource: chosen?.value })}
      />
    </search>
  );
}

/** Looked for once typing has paused; what comes from elsewhere (a link, Clear) stands in the field. */
function TextFilter({ text, onText }: { readonly text: string; onText(text: string): void }) {
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is told
  useEffect(() => {
    if (settled === typed && settled.trim() !== text) onText(settled.trim());
  }, [settled]);
  useEffect(() => setTyped((now) => (now.trim() === text ? now : text)), [text]);
  return (
    <Field
      label="Text"
      type="search"
      maxLength={200}
      placeholder="Who, where or what"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}
