import type { NodeKind } from '#contract/engines.ts';

/** What `svv_all_tables.table_type` says is: base tables, views, external tables, and those of a datashare. */
export interface TableType {
  readonly kind: NodeKind;
  readonly detail?: string;
}

const TYPES: Readonly<Record<string, TableType>> = {
  VIEW: { kind: 'view' },
  'MATERIALIZED VIEW': { kind: 'materialized-view' },
  'EXTERNAL TABLE': { kind: 'foreign-table' },
  'SHARED TABLE': { kind: 'table', detail: 'shared' },
};

/** Whatever else there may be can be read as a table. */
export const tableType = (type: string): TableType => TYPES[type.trim().toUpperCase()] ?? { kind: 'table' };

/** The kinds of nodes that have columns. */
export const RELATION_KINDS: ReadonlySet<NodeKind> = new Set(['table', 'view', 'materialized-view', 'foreign-table']);
