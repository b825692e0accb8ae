import { useState } from 'react';
import type { Rule } from '#contract/access.ts';
import { pathOf, ruleFor } from '#contract/patterns.ts';
import { ROLES, type Role } from '#contract/roles.ts';
import { Field } from '../../components/field.tsx';
import { FieldRow } from '../../components/section.tsx';
import styles from './access.module.css';
import { conditionParts } from './access-form.ts';
import { Parts } from './parts.tsx';
import { readTags } from './read-tags.ts';

interface RuleTesterProps {
  readonly rules: readonly Rule[];
  readonly otherwise: Role;
}

const ARN = /^arn:[^:]+:(iam|sts)::\d{12}:.+$/;

/** Which role would they get? Asked of the rules as they stand here, saved or not. */
export function RuleTester({ rules, otherwise }: RuleTesterProps) {
  const [arn, setArn] = useState('');
  const [path, setPath] = useState('');
  const [tags, setTags] = useState('');
  const known = arn.trim();
  const error = known && !ARN.test(known) ? 'This is not the ARN of a user or of a role’s session.' : undefined;
  return (
    <>
      <Field
        label="ARN"
        mono
        value={arn}
        error={error}
        placeholder="arn:aws:sts::111122223333:assumed-role/DataEngineer/maria"
        hint={
          <>
            As <code>aws sts get-caller-identity</code> says it.
          </>
        }
        autoComplete="off"
        onChange={({ target }) => setArn(target.value)}
      />
      <FieldRow>
        <Field
          label="Path"
          mono
          optional
          value={path}
          placeholder={pathOf(known) ?? '/data/'}
          hint="Of a role. A user’s stands in the ARN."
          autoComplete="off"
          onChange={({ target }) => setPath(target.value)}
        />
        <Field
          label="Tags"
          mono
          optional
          value={tags}
          placeholder="team=platform, stage=test"
          autoComplete="off"
          onChange={({ target }) => setTags(target.value)}
        />
      </FieldRow>
      <p className={styles.verdict} role="status">
        {known && !error ? (
          <Verdict
            {...{ rules, otherwise }}
            caller={{ arn: known, path: path.trim() || undefined, tags: readTags(tags) }}
          />
        ) : (
          'Type an ARN to see which role it would get.'
        )}
      </p>
    </>
  );
}

function Verdict({ rules, otherwise, caller }: RuleTesterProps & { readonly caller: Parameters<typeof ruleFor>[1] }) {
  const found = ruleFor(rules, caller);
  if (!found)
    return (
      <>
        <strong>{ROLES[otherwise].title}</strong>, the default role: no rule matches.
      </>
    );
  return (
    <>
      <strong>{ROLES[found.rule.role].title}</strong>, by rule {found.index + 1}:{' '}
      <Parts parts={conditionParts(found.rule.when)} />
    </>
  );
}
