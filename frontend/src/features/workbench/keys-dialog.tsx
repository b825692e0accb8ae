import type { SessionView } from '#contract/people.ts';
import { Dialog } from '../../components/dialog.tsx';
import { SignInForm } from '../sign-in/sign-in-form.tsx';
import styles from './workbench.module.css';

const SAYS = {
  ended: {
    title: 'Your session has ended',
    text: 'Sign in again to go on where you were. Every tab and text is still here; what waited is done afterwards.',
  },
  renew: {
    title: 'Renew your session',
    text: 'Sign in with keys of the same user, and everything stays as it is.',
  },
} as const;

interface KeysDialogProps {
  readonly reason: keyof typeof SAYS;
  onSignedIn(session: SessionView): void;
  onClose(): void;
}

/** The sign-in form over the workbench. Closing it leaves everything to be read; the next call asks again. */
export function KeysDialog({ reason, onSignedIn, onClose }: KeysDialogProps) {
  const { title, text } = SAYS[reason];
  return (
    <Dialog title={title} urgent onClose={onClose}>
      <p className={styles.lead}>{text}</p>
      <SignInForm onSignedIn={onSignedIn} />
    </Dialog>
  );
}
