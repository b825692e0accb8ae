import { Dialog } from '../components/dialog.tsx';
import { COMMANDS } from './commands.ts';
import styles from './picker.module.css';
import { Keys } from './picker.tsx';

/** Every command that has keys, by what it is about. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const groups = Map.groupBy(
    COMMANDS.filter(({ keys }) => keys),
    ({ group }) => group,
  );
  return (
    <Dialog title="Keyboard shortcuts" size={620} onClose={onClose}>
      <div className={styles.shortcuts}>
        {[...groups].map(([group, commands]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {commands.map(({ name, label, keys = '' }) => (
                <div key={name}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
