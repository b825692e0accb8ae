import { ENGINES } from '#contract/engines.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { accountIdOf } from '../explorer/accounts.ts';
import { engineTitle } from '../explorer/engine-title.ts';
import { environmentOf } from '../explorer/environment.ts';
import { PREVIEW, READ_ONLY } from '../explorer/preview.ts';
import { sayReach } from '../explorer/reach-mark.tsx';
import type { LiveConnection, SavedConnection } from '../workbench/connections.ts';
import type { ConnectTarget } from '../workbench/desk.ts';
import styles from './connect.module.css';
import { ConnectForm } from './connect-form.tsx';

interface ConnectDialogProps extends ConnectTarget {
  /** A connection known from before: only its password is asked for. */
  readonly saved?: SavedConnection | undefined;
  onConnected(connection: LiveConnection): void;
  onClose(): void;
}

/** Where one connects to and how that is reached, and the form that does. */
export function ConnectDialog(props: ConnectDialogProps) {
  const { resource, account, saved, onClose } = props;
  const engine = resource.engine && ENGINES[resource.engine];
  const environment = environmentOf(resource.tags);
  const [only, ...others] = resource.endpoints;
  const { reach } = resource;
  return (
    <Dialog
      title={saved ? `Connect again to ${saved.database}` : `Connect to ${resource.name}`}
      grows
      onClose={onClose}
    >
      <p className={styles.target}>
        {environment && (
          <span className={styles.environment} data-environment={environment.colour}>
            {environment.name}
          </span>
        )}
        <span>
          {[`${engineTitle(resource)} ${resource.version ?? ''}`.trim(), resource.region].join(' · ')}
          {account && ` · ${account.name} (${accountIdOf(account.roleArn)})`}
        </span>
        {/* Of several endpoints the form shows the one that is chosen. */}
        {only && others.length === 0 && (
          <code title={`${only.host}:${only.port}`}>
            {only.host}:{only.port}
          </code>
        )}
        {reach && reach.way !== 'none' && <span>{sayReach(reach).words}</span>}
        {resource.access && <span>{READ_ONLY}</span>}
      </p>
      {(engine?.preview || reach?.way === 'none') && (
        <div className={styles.notices}>
          {engine?.preview && (
            <Notice tone="warning">
              <p>{PREVIEW}</p>
            </Notice>
          )}
          {reach?.way === 'none' && (
            <Notice tone="warning" title="As Lodge is set up, it does not reach this database.">
              <p>{reach.reason} Its details have the lines of cdk.json that would reach it.</p>
            </Notice>
          )}
        </div>
      )}
      <ConnectForm {...props} />
    </Dialog>
  );
}
