import { useDeferredValue, useMemo } from 'react';
import { NARROWINGS, type Narrowing, type ResourceMatch } from '#contract/access.ts';
import { fitsResource } from '#contract/patterns.ts';
import { type Resource, SERVICES, Service } from '#contract/resources.ts';
import { ROLES, Role } from '#contract/roles.ts';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { FieldRow } from '../../components/section.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { REGION_NAMES } from '../claim/regions.ts';
import styles from './access.module.css';
import { NEW_NARROWING, sayParts, setWhere, whereParts } from './access-form.ts';
import { EntryList } from './entry-list.tsx';
import { Parts } from './parts.tsx';

/** What the explorer has listed, and whether it is still at it. */
export interface Listed {
  readonly resources: readonly Resource[];
  readonly complete: boolean;
}

interface NarrowingsProps {
  readonly narrowings: readonly Narrowing[];
  readonly problems: Readonly<Record<string, string>>;
  readonly regions: readonly string[];
  readonly listed: Listed;
  onNarrowings(narrowings: readonly Narrowing[]): void;
}

const EFFECTS = (Object.keys(NARROWINGS) as Narrowing['effect'][]).map((value) => ({
  value,
  label: NARROWINGS[value].title,
}));
const ROLE_OPTIONS = Role.options.map((role) => ({ value: role, label: ROLES[role].title }));
const SERVICE_OPTIONS = [
  { value: '', label: 'Any service' },
  ...Service.options.map((service) => ({ value: service, label: SERVICES[service].title })),
];

/** Which resources a role sees less of, and which of those that are listed now each of them means. */
export function Narrowings({ narrowings, problems, regions, listed, onNarrowings }: NarrowingsProps) {
  return (
    <EntryList
      what="narrowing"
      most={100}
      entries={narrowings}
      fresh={NEW_NARROWING}
      empty="Nothing is narrowed: whoever may list a database with their own keys sees it here, and may open it."
      say={({ role, where, effect }) =>
        `${ROLES[role].title}: ${NARROWINGS[effect].title}, ${sayParts(whereParts(where)) || 'nothing yet'}`
      }
      isWrong={(index) => Object.keys(problems).some((path) => path.startsWith(`narrowings.${index}.`))}
      onEntries={onNarrowings}
      summary={({ role, where, effect }) => (
        <>
          <span className={styles.effect} title={NARROWINGS[effect].does}>
            <Icon name={effect === 'hidden' ? 'eyeOff' : 'lock'} size={14} />
            {NARROWINGS[effect].title}
          </span>
          <span>
            for {ROLES[role].title.toLowerCase()}s: <Parts parts={whereParts(where)} />
          </span>
          <Matches where={where} listed={listed} />
        </>
      )}
      editor={(narrowing, index, change) => (
        <NarrowingEditor
          {...{ narrowing, regions }}
          onNarrowing={change}
          problem={(path) => problems[`narrowings.${index}.${path}`]}
        />
      )}
    />
  );
}

/** So many are named; more are counted. */
const NAMED = 200;

function Matches({ where, listed }: { readonly where: ResourceMatch; readonly listed: Listed }) {
  const resources = useDeferredValue(listed.resources);
  const fitting = useMemo(
    () => (Object.keys(where).length === 0 ? [] : resources.filter((one) => fitsResource(where, one))),
    [where, resources],
  );
  const count = `${fitting.length} of ${resources.length} listed${listed.complete ? '' : ' so far'}`;
  if (fitting.length === 0) return <span className={styles.count}>{count}</span>;
  return (
    <details className={styles.matches}>
      <summary>{count}</summary>
      <ul>
        {fitting.slice(0, NAMED).map(({ id, name, service, region }) => (
          <li key={id} title={id}>
            <strong>{name}</strong> {SERVICES[service].title} <code>{region}</code>
          </li>
        ))}
        {fitting.length > NAMED && <li>and {fitting.length - NAMED} more</li>}
      </ul>
    </details>
  );
}

interface NarrowingEditorProps {
  readonly narrowing: Narrowing;
  readonly regions: readonly string[];
  problem(path: string): string | undefined;
  onNarrowing(narrowing: Narrowing): void;
}

function NarrowingEditor({ narrowing, regions, problem, onNarrowing }: NarrowingEditorProps) {
  const { role, where, effect } = narrowing;
  const set = (change: Partial<Record<keyof ResourceMatch, unknown>>) =>
    onNarrowing({ ...narrowing, where: setWhere(where, change) });
  const tag = where.tag ?? { key: '', pattern: '' };
  const offered = [...new Set([...regions, ...(where.region ? [where.region] : [])])];
  return (
    <>
      <FieldRow>
        <SelectField
          label="Role"
          value={role}
          options={ROLE_OPTIONS}
          onValue={(role) => onNarrowing({ ...narrowing, role })}
        />
        <SelectField
          label="Effect"
          value={effect}
          options={EFFECTS}
          hint={NARROWINGS[effect].does}
          onValue={(effect) => onNarrowing({ ...narrowing, effect })}
        />
      </FieldRow>
      <p className={styles.all}>On resources that are all of this; what is left open does not count:</p>
      <FieldRow>
        <SelectField
          label="Service"
          value={where.service ?? ''}
          options={SERVICE_OPTIONS}
          error={problem('where')}
          onValue={(service) => set({ service })}
        />
        <SelectField
          label="Region"
          value={where.region ?? ''}
          options={[
            { value: '', label: 'Any region' },
            ...offered.map((region) => ({ value: region, label: `${REGION_NAMES[region] ?? ''} ${region}`.trim() })),
          ]}
          onValue={(region) => set({ region })}
        />
        <Field
          label="Key of a tag"
          mono
          value={tag.key}
          error={problem('where.tag.key')}
          placeholder="stage"
          maxLength={128}
          autoComplete="off"
          onChange={({ target }) => set({ tag: { ...tag, key: target.value } })}
        />
        <Field
          label="Value of the tag"
          mono
          value={tag.pattern}
          error={problem('where.tag.pattern')}
          placeholder="prod*"
          maxLength={300}
          autoComplete="off"
          onChange={({ target }) => set({ tag: { ...tag, pattern: target.value } })}
        />
        <Field
          label="ARN"
          mono
          value={where.arn ?? ''}
          error={problem('where.arn')}
          placeholder="arn:aws:rds:*:db:payroll*"
          hint="* stands for any characters, ? for one."
          maxLength={300}
          autoComplete="off"
          onChange={({ target }) => set({ arn: target.value })}
        />
      </FieldRow>
    </>
  );
}
