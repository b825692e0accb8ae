import type { MouseEvent, ReactNode } from 'react';
import { ENGINES, type EngineInfo, type NodeKind } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import { useStore } from '../../app/store.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useDesk } from '../workbench/desk.ts';
import { connectTo, newTab } from '../workbench/desk-actions.ts';
import { environmentOf } from './environment.ts';
import styles from './tree.module.css';
import type { TreeRow } from './tree-rows.ts';

const NODE_ICONS: Record<NodeKind, IconName> = {
  database: 'database',
  schema: 'schema',
  table: 'table',
  view: 'view',
  'materialized-view': 'view',
  'foreign-table': 'table',
  sequence: 'sequence',
  function: 'function',
  type: 'type',
  column: 'column',
  index: 'key',
  collection: 'document',
  field: 'column',
};
const FAMILY_ICONS: Record<EngineInfo['family'], IconName> = {
  sql: 'database',
  document: 'document',
  'key-value': 'key',
};

type RowOf<K extends TreeRow['kind']> = Extract<TreeRow, { kind: K }>;
type Content = { readonly [K in TreeRow['kind']]: (props: { row: RowOf<K> }) => ReactNode };

/** What a row shows, by its kind. */
export const ROW_CONTENT: Content = {
  group: ({ row }) => (
    <>
      <span className={styles.group}>{row.label}</span>
      <span className={styles.aside}>{row.count}</span>
    </>
  ),
  resource: ResourceContent,
  connection: ConnectionContent,
  folder: ({ row }) => (
    <>
      <span className={styles.folder}>{row.label}</span>
      <span className={styles.aside}>{row.count.toLocaleString('en')}</span>
    </>
  ),
  node: ({ row: { node } }) => (
    <>
      <Icon name={NODE_ICONS[node.kind]} size={14} className={styles.icon} />
      <span className={styles.name} title={node.comment ?? node.name}>
        {node.name}
      </span>
      {node.detail && <span className={styles.detail}>{node.detail}</span>}
      {node.rows !== undefined && <span className={styles.aside}>{estimate(node.rows)}</span>}
    </>
  ),
  message: ({ row }) => (
    <span className={styles.message} data-state={row.state}>
      {row.label}
      {row.state === 'failed' && ' Press Enter to try again.'}
    </span>
  ),
};

function ResourceContent({ row: { resource, expandable } }: { row: RowOf<'resource'> }) {
  const desk = useDesk();
  const trouble = useStore(desk.explorer.tree, (tree) => tree.unreachable.get(resource.id));
  const engine = resource.engine && ENGINES[resource.engine];
  const environment = environmentOf(resource.tags);
  const ready = engine?.ready ?? false;
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
      {trouble ? (
        <span className={styles.trouble} title={trouble}>
          unreachable
        </span>
      ) : (
        resource.status !== 'available' && <span className={styles.status}>{resource.status}</span>
      )}
      {ready ? (
        <Actions>
          <IconButton
            tabIndex={-1}
            icon={expandable ? 'plus' : 'plug'}
            label={expandable ? `Another connection to ${resource.name}` : `Connect to ${resource.name}`}
            onClick={() => void connectTo(desk, resource)}
          />
        </Actions>
      ) : (
        <span className={styles.status} title="Lodge lists this resource, but has no engine to open it yet.">
          not yet
        </span>
      )}
    </>
  );
}

/** The engine and its version, unless the name says it already. */
function engineText({ name, engine, awsEngine, version }: Resource): string {
  const title = engine ? ENGINES[engine].title : awsEngine;
  return name.includes(title) ? '' : `${title} ${version ?? ''}`;
}

function ConnectionContent({ row: { connection } }: { row: RowOf<'connection'> }) {
  const desk = useDesk();
  return (
    <>
      <i
        className={styles.dot}
        data-live={connection.token ? '' : undefined}
        title={connection.token ? 'connected' : 'connects when it is used'}
      />
      <span className={styles.name}>{connection.database}</span>
      <span className={styles.detail}>{connection.user}</span>
      {connection.readOnly && <Icon name="lock" size={12} className={styles.icon} />}
      {connection.readOnly && <span className="visually-hidden">read-only</span>}
      <Actions>
        <IconButton
          tabIndex={-1}
          icon="tab"
          label={`New tab at ${connection.database}`}
          onClick={() => newTab(desk, connection)}
        />
        <IconButton
          tabIndex={-1}
          icon="refresh"
          label={`Read the objects of ${connection.database} again`}
          onClick={() => desk.explorer.refresh(connection)}
        />
        <IconButton
          tabIndex={-1}
          icon="close"
          label={`Remove the connection to ${connection.database}`}
          onClick={() => desk.book.forget(connection.key)}
        />
      </Actions>
    </>
  );
}

/** What the mouse can do with a row; the keyboard has the row's menu. */
function Actions({ children }: { children: ReactNode }) {
  const stop = (event: MouseEvent) => event.stopPropagation();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: it only keeps clicks from the row
    <span className={styles.actions} onClick={stop} onDoubleClick={stop}>
      {children}
    </span>
  );
}

/** `1.2M`: an estimate from the catalogue must not look like a count. */
const ESTIMATE = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const estimate = (rows: number): string => `~${ESTIMATE.format(rows)}`;
