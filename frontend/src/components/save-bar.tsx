import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './save-bar.module.css';

interface SaveBarProps {
  /** What is not saved yet, as people call it. */
  readonly unsaved: readonly string[];
  readonly saving: boolean;
  /** Said while nothing is unsaved: that it was saved, for one. */
  readonly said?: string | undefined;
  readonly children?: ReactNode;
  onSave(): void;
  onDiscard(): void;
}

/** So many names are listed; more are counted. */
const NAMED = 4;

/** Below a form, always in sight: what is not saved yet, and the two ways to end that. */
export function SaveBar({ unsaved, saving, said, children, onSave, onDiscard }: SaveBarProps) {
  const dirty = unsaved.length > 0;
  return (
    <div className={styles.bar} data-dirty={dirty || undefined}>
      {children}
      <p role="status">{dirty ? sayUnsaved(unsaved) : said}</p>
      <Button look="quiet" disabled={!dirty || saving} onClick={onDiscard}>
        Discard
      </Button>
      <Button look="primary" disabled={!dirty} busy={saving} onClick={onSave}>
        {saving ? 'Saving…' : 'Save'}
      </Button>
    </div>
  );
}

const sayUnsaved = (names: readonly string[]): string => {
  const more = names.length - NAMED;
  return `Not saved: ${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
};
