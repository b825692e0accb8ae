import type { MouseEvent, ReactNode } from 'react';
import { ENGINES, type EngineInfo, type NodeKind } from '#contract/engines.ts';
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
};
const FAMILY_ICONS: Record<EngineInfo['family'], IconName> = {
  sql: 'database',
  document: 'document',
  'key-value': 'key',
};

type RowOf<K extends TreeRow['kind']> = Extract<TreeRow, { kind: K }>;
type Content = { readonly [K in TreeRow['kind']]: (props: { row: RowOf<K> }) => ReactNode };

const CONTENT: Content = {
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

interface TreeRowViewProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly top: number;
  readonly current: boolean;
  onPick(): void;
  onToggle(): void;
  onOpen(): void;
}

/** One row, at its place. The twisty is for the mouse; the keyboard's way is the tree's own. */
export function TreeRowView({ id, row, top, current, onPick, onToggle, onOpen }: TreeRowViewProps) {
  const Body = CONTENT[row.kind] as (props: { row: TreeRow }) => ReactNode;
  const stop = (event: MouseEvent) => event.stopPropagation();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the tree has the keyboard (aria-activedescendant)
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-selected={current}
      className={styles.row}
      data-kind={row.kind}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 4 + (row.level - 1) * 13 }}
      onClick={onPick}
      onDoubleClick={onOpen}
    >
      <span
        className={styles.twisty}
        aria-hidden="true"
        onClick={(event) => {
          stop(event);
          onPick();
          onToggle();
        }}
        onDoubleClick={stop}
      >
        {row.expandable && <Icon name={row.expanded ? 'chevronDown' : 'chevronRight'} size={12} />}
      </span>
      <Body row={row} />
      {row.levelFilter && <span className={styles.typed}>“{row.levelFilter}”</span>}
    </div>
  );
}

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
      <span className={styles.detail}>
        {engine?.title ?? resource.awsEngine} {resource.version}
      </span>
      {trouble ? (
        <span className={styles.trouble} title={trouble}>
          unreachable
        </span>
      ) : (
        resource.status !== 'available' && <span className={styles.status}>{resource.status}</span>
      )}
      {ready ? (
        <IconButton
          tabIndex={-1}
          icon={expandable ? 'plus' : 'plug'}
          label={expandable ? `Another connection to ${resource.name}` : `Connect to ${resource.name}`}
          className={styles.action}
          onDoubleClick={(event) => event.stopPropagation()}
          onClick={() => void connectTo(desk, resource)}
        />
      ) : (
        <span className={styles.status} title="Lodge lists this resource, but has no engine to open it yet.">
          not yet
        </span>
      )}
    </>
  );
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
      <IconButton
        tabIndex={-1}
        icon="tab"
        label={`New tab at ${connection.database}`}
        className={styles.action}
        onDoubleClick={(event) => event.stopPropagation()}
        onClick={() => newTab(desk, connection)}
      />
      <IconButton
        tabIndex={-1}
        icon="refresh"
        label={`Read the objects of ${connection.database} again`}
        className={styles.action}
        onDoubleClick={(event) => event.stopPropagation()}
        onClick={() => desk.explorer.refresh(connection)}
      />
    </>
  );
}

/** `1.2M`: an estimate from the catalogue must not look like a count. */
const ESTIMATE = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const estimate = (rows: number): string => `~${ESTIMATE.format(rows)}`;
