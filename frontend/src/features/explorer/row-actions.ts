/** What selecting and opening a row of the tree does, for each kind of row. */
import { ENGINES, NODE_KINDS } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import { soleLogin } from '../connect/sole-login.ts';
import type { LiveConnection } from '../workbench/connections.ts';
import type { Desk } from '../workbench/desk.ts';
import {
  addAccount,
  buildQuery,
  connectTo,
  focusPane,
  newTab,
  openListedTable,
  openTable,
  removeAccount,
} from '../workbench/desk-actions.ts';
import { qualifiedName } from '../workbench/select-all.ts';
import type { Spot } from './tree-branches.ts';
import type { RowOf, TreeRow } from './tree-rows.ts';

type Act = { readonly [K in TreeRow['kind']]?: (desk: Desk, row: RowOf<K>) => void };

/** A row that is selected is what the details pane speaks of. */
const SELECT: Act = {
  account: (desk, { account }) => desk.selection.set({ kind: 'account', roleArn: account.roleArn }),
  resource: selectSpot,
  endpoint: selectSpot,
  table: selectSpot,
  connection: (desk, { connection }) => selectSpot(desk, spotOf(desk, connection)),
  node(desk, { node, path, connection }) {
    // Columns have no page of their own: their table's says more.
    const shown = node.kind === 'column' ? path.slice(0, -1) : path;
    const { key, engine } = connection;
    desk.selection.set({ kind: 'object', connectionKey: key, engine, path: shown });
  },
};

function selectSpot(desk: Desk, { resource, account }: Spot): void {
  desk.selection.set({ kind: 'resource', resource, ...(account && { account }) });
}

/** Where the resource of a connection was found: as it is listed now, where it is. */
function spotOf(desk: Desk, { resource, assume }: LiveConnection): Spot {
  const isIt = (spot: Spot) => spot.resource.id === resource.id;
  const found = desk.explorer.found().filter(isIt);
  return found.find(({ account }) => account?.roleArn === assume?.roleArn) ?? found[0] ?? { resource };
}

const isReady = ({ engine }: Resource): boolean => engine !== undefined && ENGINES[engine].ready;

const byEndpoint = ({ resource, account, endpoint }: RowOf<'endpoint'>) => ({
  resource,
  endpoint: endpoint.host,
  ...(account && { account }),
});

/** Enter and double click. */
const OPEN: Act = {
  account: (desk, row) => desk.explorer.toggle(row),
  group: (desk, row) => desk.explorer.toggle(row),
  folder: (desk, row) => desk.explorer.toggle(row),
  resource(desk, row) {
    // What has no connection yet is opened by making one.
    if (row.connections === 0 && isReady(row.resource)) void connectTo(desk, row);
    else desk.explorer.toggle(row);
  },
  endpoint(desk, row) {
    if (isReady(row.resource)) void connectTo(desk, byEndpoint(row));
  },
  table: (desk, row) => void openListedTable(desk, row, row.table),
  connection: (desk, row) => desk.explorer.toggle(row),
  node(desk, row) {
    if (NODE_KINDS[row.node.kind].opens) openTable(desk, row.connection, row.path);
    else desk.explorer.toggle(row);
  },
  message(desk, row) {
    if (row.state === 'failed') void desk.explorer.load(row.connection, row.path);
  },
};

const act = (table: Act, desk: Desk, row: TreeRow) =>
  (table[row.kind] as ((d: Desk, r: TreeRow) => void) | undefined)?.(desk, row);

export const selectRow = (desk: Desk, row: TreeRow): void => act(SELECT, desk, row);
export const openRow = (desk: Desk, row: TreeRow): void => act(OPEN, desk, row);

/** One line of a row's menu. */
export interface RowAction {
  readonly label: string;
  readonly keys?: string;
  perform(): void;
}
type Actions = { readonly [K in TreeRow['kind']]?: (desk: Desk, row: RowOf<K>) => RowAction[] };

const copy = (label: string, text: string): RowAction => ({
  label,
  perform: () => void navigator.clipboard.writeText(text).catch(() => undefined),
});
const inConsole = (url: string): RowAction => ({
  label: 'Open in the AWS console',
  perform: () => void window.open(url, '_blank', 'noopener,noreferrer'),
});
const details = (desk: Desk): RowAction => ({
  label: 'Details',
  keys: 'Alt+3',
  perform: () => focusPane(desk, 'details'),
});

const ACTIONS: Actions = {
  account: (desk, { account }) => [
    { label: 'Look again', perform: () => void desk.explorer.discoverAccount(account.roleArn) },
    { label: 'Change…', perform: () => void addAccount(desk, account) },
    details(desk),
    copy('Copy the ARN of the role', account.roleArn),
    { label: 'Remove the account', perform: () => removeAccount(desk, account) },
  ],
  resource: (desk, row) => [
    ...(isReady(row.resource)
      ? [{ label: soleLogin(row.resource) ? 'Connect' : 'Connect…', perform: () => void connectTo(desk, row) }]
      : []),
    details(desk),
    copy('Copy the name', row.resource.name),
    copy('Copy the ARN', row.resource.id),
    ...(row.resource.consoleUrl ? [inConsole(row.resource.consoleUrl)] : []),
  ],
  endpoint: (desk, row) => [
    ...(isReady(row.resource) ? [{ label: 'Connect…', perform: () => void connectTo(desk, byEndpoint(row)) }] : []),
    copy('Copy the host', row.endpoint.host),
  ],
  table: (desk, row) => [
    { label: 'Open', keys: 'Enter', perform: () => void openListedTable(desk, row, row.table) },
    copy('Copy the name', row.table),
  ],
  connection: (desk, { connection }) => [
    { label: 'New tab here', keys: 'Alt+T', perform: () => newTab(desk, connection) },
    { label: 'Read the objects again', perform: () => desk.explorer.refresh(connection) },
    ...(soleLogin(connection.resource)
      ? []
      : [{ label: 'Connect as somebody else…', perform: () => void connectTo(desk, spotOf(desk, connection)) }]),
    { label: 'Remove the connection', perform: () => desk.book.forget(connection.key) },
  ],
  node: (desk, { node, path, connection }) => [
    ...(NODE_KINDS[node.kind].opens
      ? [{ label: 'Open', keys: 'Enter', perform: () => openTable(desk, connection, path) }]
      : []),
    ...(NODE_KINDS[node.kind].opens && ENGINES[connection.engine].builder
      ? [{ label: 'Query…', perform: () => void buildQuery(desk, connection, path).catch(() => undefined) }]
      : []),
    { label: 'New tab here', perform: () => newTab(desk, connection) },
    details(desk),
    ...(node.expandable ? [{ label: 'Read again', perform: () => void desk.explorer.load(connection, path) }] : []),
    copy('Copy the name', node.name),
    ...(node.kind === 'column'
      ? []
      : [copy('Copy the qualified name', qualifiedName(path, ENGINES[connection.engine], connection.database))]),
  ],
};

/** What the menu of a row offers; nothing where the row is only a heading. */
export const rowActions = (desk: Desk, row: TreeRow): RowAction[] =>
  (ACTIONS[row.kind] as ((d: Desk, r: TreeRow) => RowAction[]) | undefined)?.(desk, row) ?? [];
