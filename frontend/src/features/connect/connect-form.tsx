import { type FormEvent, useState } from 'react';
import { ENGINES, type LoginMethod } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import { ApiError } from '../../api.ts';
import { fieldErrors } from '../../app/advice.ts';
import { Button } from '../../components/button.tsx';
import { Field, SecretField } from '../../components/field.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import type { LiveConnection, SavedConnection } from '../workbench/connections.ts';
import { type Desk, useDesk } from '../workbench/desk.ts';
import styles from './connect.module.css';
import { firstOffer, offeredUser } from './login-offers.ts';
import { LoginPicker } from './login-picker.tsx';
import { optionFields, readOptions } from './option-fields.ts';
import { OptionInput } from './option-input.tsx';

interface ConnectFormProps {
  readonly resource: Resource;
  readonly saved: SavedConnection | undefined;
  onConnected(connection: LiveConnection): void;
  onClose(): void;
}

/** Drawn from what the engine declares: its ways to log in, the safest first, and its options. */
export function ConnectForm({ resource, saved, onConnected, onClose }: ConnectFormProps) {
  const desk = useDesk();
  const engine = ENGINES[resource.engine ?? 'postgres'];
  const [method, setMethod] = useState<LoginMethod>(saved?.login.method ?? firstOffer(resource));
  const [typed, setTyped] = useState<string>();
  const user = typed ?? saved?.login.user ?? knownUser(desk, resource, method);
  const [password, setPassword] = useState('');
  const [filled, setFilled] = useState<Record<string, string>>(saved ? { database: saved.database } : {});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  async function connect(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const options = readOptions(engine.options, filled);
    const wrong = {
      ...('errors' in options ? options.errors : {}),
      ...(user.trim() ? {} : { user: 'Which database user shall it be?' }),
      ...(method === 'password' && !password ? { password: 'The password is missing.' } : {}),
    };
    setErrors(wrong);
    setRefusal(undefined);
    if (Object.keys(wrong).length > 0 || 'errors' in options) return;
    setBusy(true);
    try {
      const login = { method, user: user.trim(), ...(method === 'password' ? { password } : {}) };
      const made = await desk.book.connect({ resource, login, options: options.values });
      setPassword('');
      note(undefined);
      onConnected(made);
    } catch (error) {
      setErrors(fieldErrors(error));
      setRefusal(error);
      if (error instanceof ApiError && error.code.startsWith('DATABASE_')) note(error.message);
    } finally {
      setBusy(false);
    }
  }
  /** The tree says of a resource that it could not be reached, until it could. */
  function note(trouble: string | undefined) {
    const unreachable = new Map(desk.explorer.tree.get().unreachable);
    if (trouble) unreachable.set(resource.id, trouble);
    else unreachable.delete(resource.id);
    desk.explorer.change({ unreachable });
  }

  return (
    <form className={styles.form} onSubmit={connect} autoComplete="off" noValidate>
      {!saved && <LoginPicker resource={resource} method={method} onMethod={setMethod} />}
      <Field
        label="User"
        name="user"
        mono
        value={user}
        readOnly={saved !== undefined}
        error={errors.user}
        autoComplete="off"
        data-1p-ignore=""
        placeholder="The name of a database user"
        onChange={({ target }) => setTyped(target.value)}
        {...(saved || method === 'password' ? {} : { 'data-autofocus': '' })}
      />
      {method === 'password' && (
        <SecretField
          label="Password"
          name="password"
          value={password}
          error={errors.password}
          autoComplete="new-password"
          onChange={({ target }) => setPassword(target.value)}
          data-autofocus=""
        />
      )}
      {!saved &&
        optionFields(engine.options).map((field) => (
          <OptionInput
            key={field.name}
            field={field}
            value={filled[field.name] ?? ''}
            error={errors[field.name]}
            placeholder={field.name === 'database' ? resource.database : undefined}
            onValue={(value) => setFilled({ ...filled, [field.name]: value })}
          />
        ))}
      {refusal !== undefined && <ErrorNotice error={refusal} />}
      <div className={styles.actions}>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="primary" busy={busy}>
          {busy ? 'Connecting…' : 'Connect'}
        </Button>
      </div>
    </form>
  );
}

/** Who connected here last in this way, else whom the resource offers. */
const knownUser = (desk: Desk, resource: Resource, method: LoginMethod): string =>
  desk.book.connections.get().findLast((one) => one.resource.id === resource.id && one.login.method === method)?.login
    .user ?? offeredUser(method, resource);
