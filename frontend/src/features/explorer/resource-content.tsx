import { ENGINES, type EngineInfo } from '#contract/engines.ts';
import type { Endpoint, Resource } from '#contract/resources.ts';
import { useStore } from '../../app/store.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useDesk } from '../workbench/desk.ts';
import { addAccount, connectTo, openListedTable } from '../workbench/desk-actions.ts';
import { accountIdOf } from './accounts.ts';
import { engineTitle } from './engine-title.ts';
import { environmentOf } from './environment.ts';
import { NO_ENGINE, PREVIEW, READ_ONLY } from './preview.ts';
import { ReachMark } from './reach-mark.tsx';
import { RowButtons } from './row-buttons.tsx';
import styles from './tree.module.css';
import type { RowOf } from './tree-rows.ts';

const FAMILY_ICONS: Record<EngineInfo['family'], IconName> = {
  sql: 'database',
  document: 'document',
  'key-value': 'key',
};

/** What rows of the tree show from an account down to a connection; row-content.tsx has the rest. */
export function AccountContent({ row: { account, discovery } }: { row: RowOf<'account'> }) {
  const desk = useDesk();
  const { state, resources } = discovery;
  const id = accountIdOf(account.roleArn);
  return (
    <>
      <Icon name="account" size={14} className={styles.icon} />
      <span className={styles.account} title={account.roleArn}>
        {account.name}
      </span>
      <span className={styles.detail}>{id === account.name ? '' : id}</span>
      {state === 'failed' ? (
        <span className={styles.trouble}>refused</span>
      ) : (
        <span className={styles.aside}>{state === 'running' ? 'looking…' : resources.length}</span>
      )}
      <RowButtons>
        <IconButton
          tabIndex={-1}
          icon="refresh"
          label={`Look again in ${account.name}`}
          onClick={() => void desk.explorer.discoverAccount(account.roleArn)}
        />
        <IconButton
          tabIndex={-1}
          icon="sliders"
          label={`Change ${account.name}`}
          onClick={() => void addAccount(desk, account)}
        />
      </RowButtons>
    </>
  );
}

export function ResourceContent({ row }: { row: RowOf<'resource'> }) {
  const desk = useDesk();
  const { resource, connections } = row;
  const engine = resource.engine && ENGINES[resource.engine];
  const environment = environmentOf(resource.tags);
  return (
    <>
      <Icon name={engine ? FAMILY_ICONS[engine.family] : 'database'} size={14} className={styles.icon} />
      <span className={styles.name} title={resource.id}>
        {resource.name}
      </span>
      {environment && (
        <span className={styles.environment} data-environment={environment.colour}>
          {environment.name}
        </span>
      )}
      <span className={styles.detail}>{engineText(resource)}</span>
      {engine?.preview && (
        <span className={styles.preview} title={PREVIEW}>
          Preview
        </span>
      )}
      {resource.access && <ReadOnlyMark />}
      <Condition resource={resource} />
      {resource.reach && <ReachMark reach={resource.reach} />}
      {engine?.ready && (
        <RowButtons>
          <IconButton
            tabIndex={-1}
            icon={connections > 0 ? 'plus' : 'plug'}
            label={connections > 0 ? `Another connection to ${resource.name}` : `Connect to ${resource.name}`}
            onClick={() => void connectTo(desk, row)}
          />
        </RowButtons>
      )}
    </>
  );
}

/** The rules of the instance narrow the user's role here. */
export function ReadOnlyMark() {
  return (
    <span className={styles.reach} title={READ_ONLY}>
      <Icon name="lock" size={12} />
      <span className="visually-hidden">{READ_ONLY}</span>
    </span>
  );
}

/** What keeps one from connecting: nothing where all is well. */
function Condition({ resource }: { resource: Resource }) {
  const desk = useDesk();
  const trouble = useStore(desk.explorer.tree, (tree) => tree.unreachable.get(resource.id));
  if (trouble)
    return (
      <span className={styles.trouble} title={trouble}>
        unreachable
      </span>
    );
  if (!resource.engine || !ENGINES[resource.engine].ready)
    return (
      <span className={styles.status} title={NO_ENGINE}>
        {resource.engine ? 'not yet' : 'listed only'}
      </span>
    );
  return WELL.includes(resource.status.toLowerCase()) ? null : <span className={styles.status}>{resource.status}</span>;
}

/** How the services say that a database takes connections: RDS and Redshift, DSQL and elastic clusters, DynamoDB. */
const WELL = ['available', 'active'];

/** The engine and its version, unless the name says it already. */
function engineText(resource: Resource): string {
  const title = engineTitle(resource);
  return resource.name.includes(title) ? '' : `${title} ${resource.version ?? ''}`;
}

export function EndpointContent({ row }: { row: RowOf<'endpoint'> }) {
  const desk = useDesk();
  const { endpoint, resource, account } = row;
  const ready = resource.engine && ENGINES[resource.engine].ready;
  return (
    <>
      <Icon name="endpoint" size={14} className={styles.icon} />
      <span className={styles.name}>{endpointName(endpoint)}</span>
      <span className={styles.detail} title={`${endpoint.host}:${endpoint.port}`}>
        {endpoint.host}
      </span>
      {endpoint.readOnly && <Icon name="lock" size={12} className={styles.icon} />}
      {endpoint.readOnly && <span className="visually-hidden">read-only</span>}
      {ready && (
        <RowButtons>
          <IconButton
            tabIndex={-1}
            icon="plug"
            label={`Connect to ${resource.name} by its ${endpointName(endpoint)}`}
            onClick={() => void connectTo(desk, { resource, endpoint: endpoint.host, ...(account && { account }) })}
          />
        </RowButtons>
      )}
    </>
  );
}

/** `writer endpoint`, `custom endpoint reports`. */
export const endpointName = ({ use, name }: Endpoint): string => `${use} endpoint${name ? ` ${name}` : ''}`;

export function TableContent({ row }: { row: RowOf<'table'> }) {
  const desk = useDesk();
  const { table, replicas, readOnly } = row;
  return (
    <>
      <Icon name="table" size={14} className={styles.icon} />
      <span className={styles.name}>{table}</span>
      {replicas.length > 0 && <GlobalMark replicas={replicas} />}
      {readOnly && <ReadOnlyMark />}
      <RowButtons>
        <IconButton
          tabIndex={-1}
          icon="plug"
          label={`Connect, and open ${table}`}
          onClick={() => void openListedTable(desk, row, table)}
        />
      </RowButtons>
    </>
  );
}

/** A table that other regions hold as well. */
export const GlobalMark = ({ replicas }: { replicas: readonly string[] }) => (
  <span className={styles.global} title={`A global table, also in ${replicas.join(', ')}`}>
    global
  </span>
);
