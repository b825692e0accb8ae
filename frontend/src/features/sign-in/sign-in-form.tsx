import { type ClipboardEvent, type FormEvent, useEffect, useRef, useState } from 'react';
import type { SessionView } from '#contract/people.ts';
import { call } from '../../api.ts';
import { fieldErrors } from '../../app/advice.ts';
import { Button } from '../../components/button.tsx';
import { Field, SecretField } from '../../components/field.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import {
  checkDraft,
  KEY_LABELS,
  type KeysDraft,
  type KeysErrors,
  kindOfKeys,
  NO_KEYS,
  pasteInto,
  sentence,
} from './keys-draft.ts';
import styles from './sign-in.module.css';

const HINTS = {
  'long-term': 'A long-term key: it will be exchanged for temporary ones at once, and forgotten.',
  temporary: 'A temporary key: it is used as it is, until it expires.',
} as const;

interface SignInFormProps {
  onSignedIn(session: SessionView): void;
  readonly submit?: string;
}

/** Asks for AWS keys and signs in. Whatever happens next, the keys do not stay in this component. */
export function SignInForm({ onSignedIn, submit = 'Sign in' }: SignInFormProps) {
  const [draft, setDraft] = useState(NO_KEYS);
  const [errors, setErrors] = useState<KeysErrors>({});
  const [refusal, setRefusal] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const kind = kindOfKeys(draft.accessKeyId);
  useEffect(() => form.current?.querySelector<HTMLInputElement>('[name=accessKeyId]')?.focus(), []);

  /** True where the text was a block of keys, and has been taken apart. */
  const take = (text: string): boolean => {
    const taken = pasteInto(draft, text);
    if (!taken) return false;
    setDraft(taken.draft);
    setErrors({});
    setRefusal(undefined);
    setSaid(taken.filled === 1 ? 'One field filled from what you pasted.' : `${taken.filled} fields filled.`);
    return true;
  };
  const onPaste = (event: ClipboardEvent) => {
    if (take(event.clipboardData.getData('text'))) event.preventDefault();
  };
  const field = (name: keyof KeysDraft) => ({
    name,
    label: KEY_LABELS[name],
    value: draft[name],
    error: errors[name],
    onPaste,
    onChange: ({ target }: { target: HTMLInputElement }) => {
      // A block that was dropped or typed by a program arrives here in one piece.
      if (/[\s=:{]/.test(target.value.trim()) && take(target.value)) return;
      setDraft({ ...draft, [name]: target.value });
      setErrors({ ...errors, [name]: undefined });
    },
  });

  async function signIn(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const checked = checkDraft(draft);
    if ('errors' in checked) return show(checked.errors);
    setBusy(true);
    setRefusal(undefined);
    try {
      const session = await call('signIn', { body: checked.keys });
      setDraft(NO_KEYS);
      onSignedIn(session);
    } catch (error) {
      const fields = Object.entries(fieldErrors(error)).filter(([name]) => name in KEY_LABELS);
      if (fields.length > 0) show(Object.fromEntries(fields.map(([name, text]) => [name, sentence(name, text)])));
      else setRefusal(error);
    } finally {
      setBusy(false);
    }
  }
  function show(wrong: KeysErrors) {
    setErrors(wrong);
    setRefusal(undefined);
    const first = (Object.keys(KEY_LABELS) as (keyof KeysDraft)[]).find((name) => wrong[name]);
    form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
  }

  return (
    <form ref={form} className={styles.form} onSubmit={signIn} autoComplete="off" noValidate>
      <Field
        {...field('accessKeyId')}
        mono
        autoComplete="off"
        data-1p-ignore=""
        data-lpignore="true"
        data-autofocus=""
        placeholder="AKIA… or ASIA…, or a whole block"
        hint={kind && HINTS[kind]}
      />
      <SecretField {...field('secretAccessKey')} />
      {(kind === 'temporary' || draft.sessionToken) && <SecretField {...field('sessionToken')} />}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {refusal !== undefined && <ErrorNotice error={refusal} />}
      <Button type="submit" look="primary" size="large" busy={busy}>
        {busy ? 'Asking AWS who you are…' : submit}
      </Button>
    </form>
  );
}
