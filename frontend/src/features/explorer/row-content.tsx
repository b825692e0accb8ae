import type { ReactNode } from 'react';
import type { NodeKind } from '#contract/engines.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useDesk } from '../workbench/desk.ts';
import { newTab } from '../workbench/desk-actions.ts';
import {
  AccountContent,
  EndpointContent,
  GlobalMark,
  ReadOnlyMark,
  ResourceContent,
  TableContent,
} from './resource-content.tsx';
import { RowButtons } from './row-buttons.tsx';
import styles from './tree.module.css';
import type { RowOf, TreeRow } from './tree-rows.ts';

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
type Content = { readonly [K in TreeRow['kind']]: (props: { row: RowOf<K> }) => ReactNode };

/** What a row shows, by its kind. */
export const ROW_CONTENT: Content = {
  account: AccountContent,
  group: ({ row }) => (
    <>
      <span className={styles.group}>{row.label}</span>
      <span className={styles.aside}>{row.count}</span>
    </>
  ),
  resource: ResourceContent,
  endpoint: EndpointContent,
  table: TableContent,
  connection: ConnectionContent,
  folder: ({ row }) => (
    <>
      <span className={styles.folder}>{row.label}</span>
      <span className={styles.aside}>{row.count.toLocaleString('en')}</span>
    </>
  ),
  node: ({ row: { node, connection } }) => (
    <>
      <Icon name={NODE_ICONS[node.kind]} size={14} className={styles.icon} />
      <span className={styles.name} title={node.comment ?? node.name}>
        {node.name}
      </span>
      {node.detail && <span className={styles.detail}>{node.detail}</span>}
      {node.kind === 'table' && connection.resource.globalTables?.[node.name] && (
        <GlobalMark replicas={connection.resource.globalTables[node.name] ?? []} />
      )}
      {node.access && <ReadOnlyMark />}
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
      <span className={styles.detail}>{connection.user || 'your AWS identity'}</span>
      {connection.readOnly && <Icon name="lock" size={12} className={styles.icon} />}
      {connection.readOnly && <span className="visually-hidden">read-only</span>}
      <RowButtons>
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
      </RowButtons>
    </>
  );
}

/** `1.2M`: an estimate from the catalogue must not look like a count. */
const ESTIMATE = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const estimate = (rows: number): string => `~${ESTIMATE.format(rows)}`;
