/**
 * The left pane as a flat list of rows. Flat, so that a list of a hundred thousand is drawn a screen at a time; pure, so
 * that what is seen can be tested.
 */
import { topBranches } from './resource-branches.ts';
import { isEmpty } from './resource-filter.ts';
import { type Branch, holds, type Own, type TreeSource } from './tree-branches.ts';

interface RowBase {
  readonly key: string;
  /** From 1, as aria-level counts. */
  readonly level: number;
  readonly label: string;
  readonly parent: string | undefined;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** The place among its siblings, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
  /** The filter on the rows below it. */
  readonly levelFilter?: string;
}
export type TreeRow = RowBase & Own;
export type RowOf<K extends TreeRow['kind']> = Extract<TreeRow, { kind: K }>;

/** Every row that is seen, from the top to the bottom. */
export function treeRows(source: TreeSource): TreeRow[] {
  const rows: TreeRow[] = [];
  place(source, topBranches(source), undefined, 1, rows);
  return rows;
}

function place(source: TreeSource, branches: Branch[], parent: string | undefined, level: number, rows: TreeRow[]) {
  let position = 0;
  const siblings = branches.length;
  for (const branch of branches) {
    position += 1;
    const { key, label, expandable } = branch;
    const expanded = expandable && isOpen(source, branch);
    const levelFilter = source.levelFilters.get(key);
    const base = { key, level, label, parent, expandable, expanded, position, siblings };
    rows.push({ ...base, ...(levelFilter ? { levelFilter } : {}), ...branch.own });
    if (!expanded) continue;
    const below = branch.below().filter((one) => !levelFilter || holds(one.label, [levelFilter.toLowerCase()]));
    place(source, below, key, level + 1, rows);
  }
}

/** While a filter is set, everything that leads to a match stands open. */
const isOpen = (source: TreeSource, branch: Branch): boolean =>
  branch.openAtFirst !== source.toggled.has(branch.key) || (branch.leads && !isEmpty(source.filter));
