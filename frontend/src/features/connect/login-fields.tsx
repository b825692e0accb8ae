import { useId } from 'react';
import { LOGIN_METHODS } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import { Field, SecretField } from '../../components/field.tsx';
import styles from './connect.module.css';
import type { Draft, Errors } from './connect-draft.ts';

interface LoginFieldsProps {
  readonly resource: Resource;
  readonly draft: Draft;
  readonly user: string;
  readonly errors: Errors;
  /** A connection that is made again: only its password is asked for. */
  readonly again: boolean;
  onChange(change: Partial<Draft>): void;
}

/** What the chosen way to log in asks for; `identity` asks for nothing. */
export function LoginFields({ resource, draft, user, errors, again, onChange }: LoginFieldsProps) {
  const { asksUser, asksPassword, asksSecret } = LOGIN_METHODS[draft.method];
  return (
    <>
      {asksUser && (
        <Field
          label="User"
          name="user"
          mono
          value={user}
          readOnly={again}
          error={errors.user}
          autoComplete="off"
          data-1p-ignore=""
          placeholder="The name of a database user"
          onChange={({ target }) => onChange({ user: target.value })}
          {...(again || asksPassword ? {} : { 'data-autofocus': '' })}
        />
      )}
      {asksPassword && (
        <SecretField
          label="Password"
          name="password"
          value={draft.password}
          error={errors.password}
          autoComplete="new-password"
          onChange={({ target }) => onChange({ password: target.value })}
          data-autofocus=""
        />
      )}
      {asksSecret && <SecretChoice managed={resource.secretArn} draft={draft} errors={errors} onChange={onChange} />}
    </>
  );
}

interface SecretChoiceProps extends Pick<LoginFieldsProps, 'draft' | 'errors' | 'onChange'> {
  readonly managed: string | undefined;
}

/** The secret that AWS manages for the resource, or another one. */
function SecretChoice({ managed, draft, errors, onChange }: SecretChoiceProps) {
  const id = useId();
  return (
    <>
      {managed && (
        <fieldset className={styles.secrets}>
          <legend>Secret</legend>
          <label>
            <input
              type="radio"
              name={id}
              checked={draft.secret === 'managed'}
              onChange={() => onChange({ secret: 'managed' })}
            />
            <span>
              The managed one
              <code title={managed}>{managed}</code>
            </span>
          </label>
          <label>
            <input
              type="radio"
              name={id}
              checked={draft.secret === 'other'}
              onChange={() => onChange({ secret: 'other' })}
            />
            <span>Another</span>
          </label>
        </fieldset>
      )}
      {draft.secret === 'other' && (
        <Field
          label={managed ? 'ARN of the other secret' : 'ARN of the secret'}
          name="secretArn"
          mono
          value={draft.secretArn}
          error={errors.secretArn}
          placeholder="arn:aws:secretsmanager:…"
          hint="It holds username and password, as RDS keeps them."
          onChange={({ target }) => onChange({ secretArn: target.value })}
        />
      )}
    </>
  );
}
