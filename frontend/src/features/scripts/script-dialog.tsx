import { type FormEvent, useState } from 'react';
import type { Script, ScriptDraft } from '#contract/scripts.ts';
import { call } from '../../api.ts';
import { fieldErrors } from '../../app/advice.ts';
import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { TextArea } from '../../components/text-area.tsx';
import styles from './scripts.module.css';
import { readTags, writeTags } from './tags.ts';

interface ScriptDialogProps {
  readonly draft: ScriptDraft;
  /** The script that is changed; undefined: a new one is made. */
  readonly known: { readonly id: string; readonly revision: number } | undefined;
  onSaved(script: Script): void;
  onClose(): void;
}

/** What a script is called, what it is for, and who sees it. */
export function ScriptDialog({ draft, known, onSaved, onClose }: ScriptDialogProps) {
  const [name, setName] = useState(draft.name);
  const [description, setDescription] = useState(draft.description);
  const [tags, setTags] = useState(writeTags(draft.tags));
  const [shared, setShared] = useState(draft.shared);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const wrong = fieldErrors(error);
  const isPlaced = ['name', 'description', 'tags'].some((field) => wrong[field]);
  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const script = { ...draft, name: name.trim(), description: description.trim(), tags: readTags(tags), shared };
      onSaved(await call('saveScript', { body: { script, ...(known && { known }) } }));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }
  return (
    <Dialog title={known ? 'Name, tags and sharing' : 'Save as a script'} size={480} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        <Field
          label="Name"
          required
          maxLength={120}
          value={name}
          error={wrong.name}
          data-autofocus=""
          onChange={({ target }) => setName(target.value)}
        />
        <TextArea
          label="Description"
          optional
          maxLength={2_000}
          value={description}
          error={wrong.description}
          onChange={({ target }) => setDescription(target.value)}
        />
        <Field
          label="Tags"
          optional
          placeholder="nightly, finance"
          hint="Words to find it by, with commas between them."
          maxLength={1_200}
          value={tags}
          error={wrong.tags}
          onChange={({ target }) => setTags(target.value)}
        />
        <CheckField
          label="Share it with everybody here"
          hint="They see it and run it as themselves; editors may change it. Otherwise only you see it."
          checked={shared}
          onChecked={setShared}
        />
        {draft.resource && (
          <p className={styles.place}>
            It opens at {[draft.resource.name, draft.database].filter(Boolean).join(' › ')}.
          </p>
        )}
        {error !== undefined && !isPlaced && <ErrorNotice error={error} />}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={busy} disabled={name.trim() === ''}>
            {known ? 'Save' : 'Save the script'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
