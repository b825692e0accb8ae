import { Button } from './button.tsx';
import styles from './confirm-dialog.module.css';
import { Dialog } from './dialog.tsx';

/** A question before something that has consequences. */
export interface Question {
  readonly title: string;
  /** What will happen, a sentence or a few. */
  readonly says: readonly string[];
  /** What the button says that does it. */
  readonly action: string;
  readonly grave?: boolean;
}

interface ConfirmDialogProps extends Question {
  onConfirm(): void;
  onClose(): void;
}

/** Says what will happen, and does it only on its own button. */
export function ConfirmDialog({ title, says, action, grave = false, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.says}>
        {says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <div className={styles.buttons}>
        <Button onClick={onClose} data-autofocus={grave ? '' : undefined}>
          Cancel
        </Button>
        <Button look={grave ? 'danger' : 'primary'} onClick={onConfirm} data-autofocus={grave ? undefined : ''}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
