import type { Rule, RuleCondition } from '#contract/access.ts';
import { ROLES, Role } from '#contract/roles.ts';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { FieldRow } from '../../components/section.tsx';
import { SelectField } from '../../components/select-field.tsx';
import styles from './access.module.css';
import { CONDITIONS, conditionParts, NEW_RULE, sayParts } from './access-form.ts';
import { EntryList } from './entry-list.tsx';
import { Parts } from './parts.tsx';

interface RulesProps {
  readonly rules: readonly Rule[];
  readonly problems: Readonly<Record<string, string>>;
  onRules(rules: readonly Rule[]): void;
}

const KINDS = Object.entries(CONDITIONS).map(([value, { title }]) => ({
  value: value as RuleCondition['kind'],
  label: title,
}));
const ROLE_OPTIONS = Role.options.map((role) => ({ value: role, label: ROLES[role].title }));

/** The rules for first sign-ins, in the order in which they are asked. */
export function Rules({ rules, problems, onRules }: RulesProps) {
  return (
    <EntryList
      what="rule"
      ordered
      most={100}
      entries={rules}
      fresh={NEW_RULE}
      empty="There are no rules: everybody begins with the default role of the settings."
      say={({ when, role }) => `${sayParts(conditionParts(when))}: ${ROLES[role].title}`}
      isWrong={(index) => Object.keys(problems).some((path) => path.startsWith(`rules.${index}.`))}
      onEntries={onRules}
      summary={({ when, role }) => (
        <>
          <span className={styles.condition}>
            <Parts parts={conditionParts(when)} />
          </span>
          <span className={styles.outcome}>
            <Icon name="arrowRight" size={12} />
            {ROLES[role].title}
          </span>
        </>
      )}
      editor={(rule, index, change) => (
        <RuleEditor rule={rule} onRule={change} problem={(field) => problems[`rules.${index}.when.${field}`]} />
      )}
    />
  );
}

interface RuleEditorProps {
  readonly rule: Rule;
  problem(field: string): string | undefined;
  onRule(rule: Rule): void;
}

function RuleEditor({ rule, problem, onRule }: RuleEditorProps) {
  const { when, role } = rule;
  const { hint, example } = CONDITIONS[when.kind];
  const setWhen = (when: RuleCondition) => onRule({ ...rule, when });
  return (
    <FieldRow>
      <SelectField
        label="Looks at"
        value={when.kind}
        options={KINDS}
        hint={hint}
        onValue={(kind) =>
          setWhen(kind === 'tag' ? { kind, key: '', pattern: when.pattern } : { kind, pattern: when.pattern })
        }
      />
      {when.kind === 'tag' && (
        <Field
          label="Key of the tag"
          mono
          value={when.key}
          error={problem('key')}
          placeholder="team"
          maxLength={128}
          autoComplete="off"
          onChange={({ target }) => setWhen({ ...when, key: target.value })}
        />
      )}
      <Field
        label="Pattern"
        mono
        value={when.pattern}
        error={problem('pattern')}
        placeholder={example}
        hint="* stands for any characters, ? for one. Capitals count."
        maxLength={300}
        autoComplete="off"
        onChange={({ target }) => setWhen({ ...when, pattern: target.value })}
      />
      <SelectField
        label="Begins as"
        value={role}
        options={ROLE_OPTIONS}
        hint={ROLES[role].may}
        onValue={(role) => onRule({ ...rule, role })}
      />
    </FieldRow>
  );
}
