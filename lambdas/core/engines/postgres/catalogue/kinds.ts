import type { NodeKind } from '#contract/engines.ts';

/** The kinds of nodes that have columns, and the `pg_class.relkind` of each. */
export const RELATION_KINDS: Partial<Record<NodeKind, readonly string[]>> = {
  table: ['r', 'p'],
  view: ['v'],
  'materialized-view': ['m'],
  'foreign-table': ['f'],
};

/** The kind of a node by its `relkind`. */
export const KIND_OF_RELATION: Readonly<Record<string, NodeKind>> = Object.fromEntries(
  Object.entries(RELATION_KINDS).flatMap(([kind, letters]) => letters.map((letter) => [letter, kind as NodeKind])),
);
