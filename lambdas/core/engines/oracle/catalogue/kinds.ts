import type { NodeKind } from '#contract/engines.ts';

interface KindInfo {
  readonly kind: NodeKind;
  /** What it is called beside the name, where the kind does not say it. */
  readonly detail?: string;
  /** As DBMS_METADATA calls it. */
  readonly metadata: string;
}

/** By ALL_OBJECTS.OBJECT_TYPE; whatever else there is, is not shown. */
export const TYPES: Readonly<Record<string, KindInfo>> = {
  TABLE: { kind: 'table', metadata: 'TABLE' },
  'MATERIALIZED VIEW': { kind: 'materialized-view', metadata: 'MATERIALIZED_VIEW' },
  VIEW: { kind: 'view', metadata: 'VIEW' },
  SEQUENCE: { kind: 'sequence', metadata: 'SEQUENCE' },
  FUNCTION: { kind: 'function', metadata: 'FUNCTION' },
  PROCEDURE: { kind: 'function', detail: 'procedure', metadata: 'PROCEDURE' },
  PACKAGE: { kind: 'function', detail: 'package', metadata: 'PACKAGE' },
  TYPE: { kind: 'type', metadata: 'TYPE' },
};

export const OBJECT_TYPES = `(${Object.keys(TYPES)
  .map((type) => `'${type}'`)
  .join(', ')})`;

/** The kinds that have columns to look at. */
export const RELATION_KINDS: readonly NodeKind[] = ['table', 'view', 'materialized-view'];

/** The order of kinds below a schema. */
export const KIND_ORDER: readonly NodeKind[] = ['table', 'view', 'materialized-view', 'sequence', 'function', 'type'];
