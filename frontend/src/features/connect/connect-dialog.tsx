import { ENGINES } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import { Dialog } from '../../components/dialog.tsx';
import { environmentOf } from '../explorer/environment.ts';
import type { LiveConnection, SavedConnection } from '../workbench/connections.ts';
import styles from './connect.module.css';
import { ConnectForm } from './connect-form.tsx';

interface ConnectDialogProps {
  readonly resource: Resource;
  /** A connection known from before: only its password is asked for. */
  readonly saved?: SavedConnection | undefined;
  onConnected(connection: LiveConnection): void;
  onClose(): void;
}

/** Where one connects to, and the form that does. */
export function ConnectDialog({ resource, saved, onConnected, onClose }: ConnectDialogProps) {
  const engine = resource.engine && ENGINES[resource.engine];
  const environment = environmentOf(resource.tags);
  const endpoint = resource.endpoints[0];
  return (
    <Dialog title={saved ? `Connect again to ${saved.database}` : `Connect to ${resource.name}`} onClose={onClose}>
      <p className={styles.target}>
        {environment && (
          <span className={styles.environment} data-environment={environment.colour}>
            {environment.name}
          </span>
        )}
        <span>
          {engine?.title} {resource.version} · {resource.region}
        </span>
        {endpoint && (
          <code title={`${endpoint.host}:${endpoint.port}`}>
            {endpoint.host}:{endpoint.port}
          </code>
        )}
      </p>
      <ConnectForm resource={resource} saved={saved} onConnected={onConnected} onClose={onClose} />
    </Dialog>
  );
}
