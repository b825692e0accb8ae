import type { NodeKind } from '#contract/engines.ts';

/** The kinds of nodes by sys.all_objects.type; functions and procedures alike are functions in the tree. */
export const KIND_OF_TYPE: Readonly<Record<string, NodeKind>> = {
  U: 'table',
  S: 'table',
  IT: 'table',
  ET: 'foreign-table',
  V: 'view',
  SO: 'sequence',
  FN: 'function',
  IF: 'function',
  TF: 'function',
  FS: 'function',
  FT: 'function',
  AF: 'function',
  P: 'function',
  PC: 'function',
  X: 'function',
};

/** What a type is called beside the name, where the kind does not say it. */
export const DETAIL_OF_TYPE: Readonly<Record<string, string>> = {
  P: 'procedure',
  PC: 'procedure of an assembly',
  X: 'extended procedure',
  FS: 'function of an assembly',
  FT: 'function of an assembly',
  AF: 'aggregate of an assembly',
};

/** The kinds that have columns to look at. */
export const RELATION_KINDS: readonly NodeKind[] = ['table', 'view', 'foreign-table'];

/** The order of kinds below a schema. */
export const KIND_ORDER: readonly NodeKind[] = ['table', 'foreign-table', 'view', 'sequence', 'function'];

/** The schemas that the server brings along, as a condition of SQL; those from 16384 on belong to the fixed roles. */
export const SYSTEM_SCHEMA = `(schema_id IN (2, 3, 4) OR schema_id >= 16384)`;
