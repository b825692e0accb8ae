/** What selecting and opening a row of the tree does, for each kind of row. */
import { ENGINES, NODE_KINDS } from '#contract/engines.ts';
import { soleLogin } from '../connect/sole-login.ts';
import type { Desk } from '../workbench/desk.ts';
import { connectTo, focusPane, newTab, openTable } from '../workbench/desk-actions.ts';
import { qualifiedName } from '../workbench/select-all.ts';
import type { TreeRow } from './tree-rows.ts';

type RowOf<K extends TreeRow['kind']> = Extract<TreeRow, { kind: K }>;
type Act = { readonly [K in TreeRow['kind']]?: (desk: Desk, row: RowOf<K>) => void };

/** A row that is selected is what the details pane speaks of. */
const SELECT: Act = {
  resource: (desk, { resource }) => desk.selection.set({ kind: 'resource', resource }),
  connection: (desk, { connection }) => desk.selection.set({ kind: 'resource', resource: connection.resource }),
  node(desk, { node, path, connection }) {
    // Columns have no page of their own: their table's says more.
    const shown = node.kind === 'column' ? path.slice(0, -1) : path;
    const { key, engine } = connection;
    desk.selection.set({ kind: 'object', connectionKey: key, engine, path: shown });
  },
};

/** Enter and double click. */
const OPEN: Act = {
  group: (desk, row) => desk.explorer.toggle(row),
  folder: (desk, row) => desk.explorer.toggle(row),
  resource(desk, row) {
    if (row.expandable) desk.explorer.toggle(row);
    else if (row.resource.engine && ENGINES[row.resource.engine].ready) void connectTo(desk, row.resource);
  },
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
const details = (desk: Desk): RowAction => ({
  label: 'Details',
  keys: 'Alt+3',
  perform: () => focusPane(desk, 'details'),
});

const ACTIONS: Actions = {
  resource: (desk, { resource }) => [
    ...(resource.engine && ENGINES[resource.engine].ready
      ? [{ label: soleLogin(resource) ? 'Connect' : 'Connect…', perform: () => void connectTo(desk, resource) }]
      : []),
    details(desk),
    copy('Copy the name', resource.name),
    copy('Copy the ARN', resource.id),
  ],
  connection: (desk, { connection }) => [
    { label: 'New tab here', keys: 'Alt+T', perform: () => newTab(desk, connection) },
    { label: 'Read the objects again', perform: () => desk.explorer.refresh(connection) },
    ...(soleLogin(connection.resource)
      ? []
      : [{ label: 'Connect as somebody else…', perform: () => void connectTo(desk, connection.resource) }]),
    { label: 'Remove the connection', perform: () => desk.book.forget(connection.key) },
  ],
  node: (desk, { node, path, connection }) => [
    ...(NODE_KINDS[node.kind].opens
      ? [{ label: 'Open', keys: 'Enter', perform: () => openTable(desk, connection, path) }]
      : []),
    { label: 'New tab here', perform: () => newTab(desk, connection) },
    details(desk),
    ...(node.expandable ? [{ label: 'Read again', perform: () => void desk.explorer.load(connection, path) }] : []),
    copy('Copy the name', node.name),
    ...(node.kind === 'column'
      ? []
      : [copy('Copy the qualified name', qualifiedName(path, ENGINES[connection.engine]))]),
  ],
};

/** What the menu of a row offers; nothing where the row is only a heading. */
export const rowActions = (desk: Desk, row: TreeRow): RowAction[] =>
  (ACTIONS[row.kind] as ((d: Desk, r: TreeRow) => RowAction[]) | undefined)?.(desk, row) ?? [];
