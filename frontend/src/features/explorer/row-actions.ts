/** What selecting and opening a row of the tree does, for each kind of row. */
import { ENGINES, NODE_KINDS } from '#contract/engines.ts';
import type { Desk } from '../workbench/desk.ts';
import { connectTo, openTable } from '../workbench/desk-actions.ts';
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
