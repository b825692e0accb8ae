import { useStore } from '../../app/store.ts';
import { IconButton } from '../../components/button.tsx';
import { useDesk } from '../workbench/desk.ts';
import { showPane } from '../workbench/desk-actions.ts';
import { AccountDetails } from './account-details.tsx';
import styles from './details.module.css';
import { ObjectDetails } from './object-details.tsx';
import { ResourceDetails } from './resource-details.tsx';

/** The right pane: what is known of the row that stands selected on the left. */
export function DetailsPane() {
  const desk = useDesk();
  const selection = useStore(desk.selection);
  return (
    <div className={styles.pane} data-pane-focus="details" tabIndex={-1}>
      <div className={styles.head}>
        <h2>Details</h2>
        <IconButton icon="close" label="Hide the details" onClick={() => showPane(desk, 'right', false)} />
      </div>
      {!selection && (
        <p className={styles.empty}>Select a resource or a table on the left to see what it is made of.</p>
      )}
      {selection?.kind === 'resource' && <ResourceDetails {...selection} />}
      {selection?.kind === 'account' && <AccountDetails roleArn={selection.roleArn} />}
      {selection?.kind === 'object' && <ObjectDetails {...selection} />}
    </div>
  );
}
