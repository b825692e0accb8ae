import type { NodeKind } from '#contract/engines.ts';

/** The kinds of nodes that there can be, by `pg_class.relkind`: no materialized views, no partitions, nothing foreign. */
export const KIND_OF_RELATION: Readonly<Record<string, NodeKind>> = { r: 'table', v: 'view', S: 'sequence' };

/** Those that have columns. */
export const RELATION_KINDS: Partial<Record<NodeKind, string>> = { table: 'r', view: 'v' };
