import { Field } from '../../components/field.tsx';
import styles from './connect.module.css';
import type { Draft, Errors } from './connect-draft.ts';

interface AssumeFieldsProps {
  readonly draft: Draft;
  readonly errors: Errors;
  onChange(change: Partial<Draft>): void;
}

/** A role to take on before logging in: folded, for few need it. */
export function AssumeFields({ draft, errors, onChange }: AssumeFieldsProps) {
  const isNeeded = draft.roleArn !== '' || errors.roleArn !== undefined || errors.externalId !== undefined;
  return (
    <details className={styles.fold} open={isNeeded || undefined}>
      <summary>Assume a role first</summary>
      <Field
        label="Role ARN"
        name="roleArn"
        mono
        optional
        value={draft.roleArn}
        error={errors.roleArn}
        placeholder="arn:aws:iam::123456789012:role/name"
        hint="The login is made with the role's keys instead of yours."
        onChange={({ target }) => onChange({ roleArn: target.value })}
      />
      <Field
        label="External ID"
        name="externalId"
        mono
        optional
        value={draft.externalId}
        error={errors.externalId}
        onChange={({ target }) => onChange({ externalId: target.value })}
      />
    </details>
  );
}
