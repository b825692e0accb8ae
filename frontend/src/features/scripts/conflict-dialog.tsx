import type { Script } from '#contract/scripts.ts';
import { relativeTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import type { Settlement } from './save-tab.ts';
import styles from './scripts.module.css';

interface ConflictDialogProps {
  readonly theirs: Script;
  onChoose(chosen: Settlement): void;
  onClose(): void;
}

/** Somebody else has saved the script since it was opened here: nothing is lost, whatever is chosen. */
export function ConflictDialog({ theirs, onChoose, onClose }: ConflictDialogProps) {
  const { name, version, changed } = theirs;
  return (
    <Dialog title="Somebody else has saved this script meanwhile" size={540} onClose={onClose}>
      <div className={styles.form}>
        <p>
          {changed.by.name} saved “{name}” {relativeTime(changed.at, new Date())}; it is at version {version} now. Your
          text is still in its tab.
        </p>
        <p className={styles.says}>
          If you save yours on top, it becomes version {version + 1}, and theirs stays among the versions.
        </p>
        <div className={styles.buttons}>
          <Button data-apart="" onClick={() => onChoose('theirs')}>
            Look at theirs
          </Button>
          <Button onClick={() => onChoose('mine')}>Save mine on top</Button>
          <Button look="primary" data-autofocus="" onClick={() => onChoose('copy')}>
            Save mine as a copy…
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
