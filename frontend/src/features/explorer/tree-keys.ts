/** What the keys do in the tree: the WAI-ARIA tree pattern, and typing that narrows a level. */
import type { TreeRow } from './tree-rows.ts';

/** Where to go, or that the row opens or closes; undefined where the key means nothing here. */
type Move = { readonly to?: number; readonly toggle?: true };

type Rows = readonly TreeRow[];

const MOVES: Record<string, (rows: Rows, at: number, page: number) => Move> = {
  ArrowDown: (rows, at) => ({ to: Math.min(at + 1, rows.length - 1) }),
  ArrowUp: (_, at) => ({ to: Math.max(at - 1, 0) }),
  Home: () => ({ to: 0 }),
  End: (rows) => ({ to: rows.length - 1 }),
  PageDown: (rows, at, page) => ({ to: Math.min(at + page, rows.length - 1) }),
  PageUp: (_, at, page) => ({ to: Math.max(at - page, 0) }),
  ArrowRight(rows, at) {
    const row = rows[at];
    if (!row?.expandable) return {};
    return row.expanded ? { to: Math.min(at + 1, rows.length - 1) } : { toggle: true };
  },
  ArrowLeft(rows, at) {
    const row = rows[at];
    if (row?.expanded) return { toggle: true };
    const parent = rows.findIndex(({ key }) => key === row?.parent);
    return parent === -1 ? {} : { to: parent };
  },
};

export const keyMove = (key: string, rows: Rows, at: number, page: number): Move | undefined =>
  Object.hasOwn(MOVES, key) ? MOVES[key]?.(rows, at, page) : undefined;

/** Where the list must be scrolled to, in pixels, so that a row is in sight; undefined where it is. */
export function topToShow(
  index: number,
  rowHeight: number,
  view: { readonly top: number; readonly height: number },
): number | undefined {
  const top = index * rowHeight;
  const end = top + rowHeight;
  if (top < view.top) return top;
  return end > view.top + view.height ? end - view.height : undefined;
}

/**
 * Typing on a row narrows its level: the siblings whose names hold what was typed stay, and the keyboard goes to the row
 * above them, which shows what was typed. Backspace takes a letter back, Escape all of them. Undefined where the key
 * changes nothing.
 */
export function typedFilter(
  key: string,
  row: TreeRow,
  filters: ReadonlyMap<string, string>,
): { readonly level: string; readonly filters: ReadonlyMap<string, string> } | undefined {
  const level = filters.has(row.key) ? row.key : row.parent;
  if (level === undefined) return undefined;
  const typed = filters.get(level) ?? '';
  const next = edited(key, typed);
  if (next === undefined || next === typed) return undefined;
  const changed = new Map(filters);
  if (next) changed.set(level, next);
  else changed.delete(level);
  return { level, filters: changed };
}

function edited(key: string, typed: string): string | undefined {
  if (key === 'Escape') return '';
  if (key === 'Backspace') return typed.slice(0, -1);
  if (key === ' ' && typed === '') return undefined;
  return [...key].length === 1 ? typed + key : undefined;
}
