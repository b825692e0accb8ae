import { type FormEvent, useState } from 'react';
import { ENGINES } from '#contract/engines.ts';
import type { Assume } from '#contract/resources.ts';
import { ApiError } from '../../api.ts';
import { fieldErrors } from '../../app/advice.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import type { ConnectRequest } from '../workbench/connection-book.ts';
import type { LiveConnection, SavedConnection } from '../workbench/connections.ts';
import { type ConnectTarget, useDesk } from '../workbench/desk.ts';
import { AssumeFields } from './assume-fields.tsx';
import styles from './connect.module.css';
import { type Draft, type Errors, firstDraft, readDraft, shownUser } from './connect-draft.ts';
import { EndpointPicker } from './endpoint-picker.tsx';
import { LoginFields } from './login-fields.tsx';
import { LoginPicker } from './login-picker.tsx';
import { optionFields } from './option-fields.ts';
import { OptionInput } from './option-input.tsx';
import { TestSteps } from './test-steps.tsx';
import { useConnectionTest } from './use-connection-test.ts';

interface ConnectFormProps extends ConnectTarget {
  readonly saved?: SavedConnection | undefined;
  onConnected(connection: LiveConnection): void;
  onClose(): void;
}

/** Drawn from what the engine declares: its ways to log in, the safest first, and its options. */
export function ConnectForm({ resource, account, endpoint, database, saved, onConnected, onClose }: ConnectFormProps) {
  const desk = useDesk();
  const engine = ENGINES[resource.engine ?? 'postgres'];
  const role = account?.roleArn ?? saved?.assume?.roleArn;
  const [draft, setDraft] = useState<Draft>(() =>
    firstDraft(resource, { saved, endpoint, database, assume: role ? desk.accounts.assume(role) : undefined }),
  );
  const [errors, setErrors] = useState<Errors>({});
  const [refusal, setRefusal] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const { test, begin, stop } = useConnectionTest();
  const user = shownUser(draft, resource, desk.book.connections.get());
  const change = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));

  /** What is filled in, as a request; undefined where a field is wrong, which then says so. */
  function read(): ConnectRequest | undefined {
    const given = readDraft(draft, resource, user);
    setRefusal(undefined);
    setErrors('errors' in given ? given.errors : {});
    return 'errors' in given ? undefined : given.request;
  }
  async function connect(event: FormEvent) {
    event.preventDefault();
    const request = busy ? undefined : read();
    if (!request) return;
    stop();
    setBusy(true);
    try {
      const made = await desk.book.connect(request);
      change({ password: '' });
      remember(request.assume);
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
  function tryOut() {
    const request = read();
    if (request) begin(request);
  }
  const remember = (assume: Assume | undefined) => assume && desk.accounts.remember(assume);
  /** The tree says of a resource that it could not be reached, until it could. */
  function note(trouble: string | undefined) {
    const unreachable = new Map(desk.explorer.tree.get().unreachable);
    if (trouble) unreachable.set(resource.id, trouble);
    else unreachable.delete(resource.id);
    desk.explorer.change({ unreachable });
  }

  return (
    <form className={styles.form} onSubmit={connect} autoComplete="off" noValidate>
      {!saved && (
        <LoginPicker
          resource={resource}
          method={draft.method}
          onMethod={(method) => change({ method, user: undefined })}
        />
      )}
      <LoginFields {...{ resource, draft, user, errors }} again={saved !== undefined} onChange={change} />
      {!saved && (
        <>
          <EndpointPicker
            endpoints={resource.endpoints}
            value={draft.endpoint}
            onValue={(host) => change({ endpoint: host })}
          />
          {optionFields(engine.options).map((field) => (
            <OptionInput
              key={field.name}
              field={field}
              value={draft.options[field.name] ?? ''}
              error={errors[field.name]}
              placeholder={field.name === 'database' ? resource.database : undefined}
              onValue={(value) => change({ options: { ...draft.options, [field.name]: value } })}
            />
          ))}
          {!account && <AssumeFields draft={draft} errors={errors} onChange={change} />}
        </>
      )}
      {refusal !== undefined && <ErrorNotice error={refusal} />}
      <div className={styles.actions}>
        <Button className={styles.first} onClick={tryOut} busy={test?.state === 'running'}>
          Test connection
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="primary" busy={busy}>
          {busy ? 'Connecting…' : 'Connect'}
        </Button>
      </div>
      {/* Below the buttons, which stay under the pointer. */}
      {test && <TestSteps test={test} onCancel={stop} />}
    </form>
  );
}
