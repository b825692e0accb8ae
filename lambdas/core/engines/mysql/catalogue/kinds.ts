import type { NodeKind } from '#contract/engines.ts';

/** The kinds of nodes by TABLES.TABLE_TYPE: `SYSTEM VERSIONED` and `SEQUENCE` are MariaDB's. */
export const KIND_OF_TABLE: Readonly<Record<string, NodeKind>> = {
  'BASE TABLE': 'table',
  'SYSTEM VERSIONED': 'table',
  VIEW: 'view',
  'SYSTEM VIEW': 'view',
  SEQUENCE: 'sequence',
};

/** The kinds that have columns to look at. */
export const RELATION_KINDS: readonly NodeKind[] = ['table', 'view'];

/** The order of kinds below a schema. */
export const KIND_ORDER: readonly NodeKind[] = ['table', 'view', 'sequence', 'function'];

/** The schemas that the server brings along, as a list of SQL. */
export const SYSTEM_SCHEMAS = `('information_schema', 'mysql', 'performance_schema', 'sys')`;
