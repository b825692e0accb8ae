import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import { environmentOf } from '../explorer/environment.ts';
import { resourceName } from '../explorer/resource-name.ts';
import type { LiveConnection } from './connections.ts';
import { useDesk } from './desk.ts';
import { chooseConnection } from './desk-actions.ts';
import styles from './tabs.module.css';
import type { Tab } from './tabs.ts';

interface ContextBarProps {
  readonly tabId: string;
  readonly connection: LiveConnection | undefined;
  readonly wanted: Tab['wanted'];
  /** What else is said at its end. */
  readonly children: ReactNode;
}

/** Which resource, database and user the tab's statements go to, and whether they can change anything there. */
export function ContextBar({ tabId, connection, wanted, children }: ContextBarProps) {
  const desk = useDesk();
  const environment = connection && environmentOf(connection.resource.tags);
  const choose = () => void chooseConnection(desk, tabId).catch(() => undefined);
  if (!connection)
    return (
      <div className={styles.context}>
        <button type="button" className={styles.place} onClick={choose}>
          <Icon name="plug" size={14} />
          Choose a connection
        </button>
        {wanted && <span className={styles.user}>It ran on {sayWanted(wanted)}: the first run connects there.</span>}
        {children}
      </div>
    );
  const { resource, database, user, readOnly, login, token } = connection;
  return (
    <div className={styles.context} data-environment={environment?.colour}>
      <button
        type="button"
        className={styles.place}
        title={token ? 'Choose another connection' : 'Connects when it is used. Choose another connection'}
        onClick={choose}
      >
        <i className={styles.dot} data-live={token ? '' : undefined} />
        <span>{resource.name}</span>
        <Icon name="chevronRight" size={12} />
        <span>{database}</span>
        <span className={styles.user}>
          {user ? `as ${user}` : 'as your AWS identity'}
          {login.method === 'iam' && ' (IAM)'}
        </span>
        <Icon name="chevronDown" size={12} />
      </button>
      {environment && <span className={styles.environment}>{environment.name}</span>}
      {readOnly && (
        <span className={styles.readOnly} title="Nothing can be changed on this connection.">
          <Icon name="lock" size={12} /> read-only
        </span>
      )}
      {children}
    </div>
  );
}

const sayWanted = ({ resourceId, database }: NonNullable<Tab['wanted']>): string =>
  [resourceName(resourceId), database].filter(Boolean).join(' › ');
