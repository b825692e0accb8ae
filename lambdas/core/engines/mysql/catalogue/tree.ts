/** The tree, one level in one round trip: schemas, what a schema holds, a table's columns. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Node, NodePath } from '#contract/objects.ts';
import type { Flavour } from '../flavour.ts';
import { quoteText, type Session } from '../session.ts';
import { KIND_OF_TABLE, KIND_ORDER, RELATION_KINDS, SYSTEM_SCHEMAS } from './kinds.ts';

/** System schemas last. */
const SCHEMAS = `
SELECT SCHEMA_NAME, SCHEMA_NAME IN ${SYSTEM_SCHEMAS} FROM information_schema.SCHEMATA ORDER BY 2, 1`;

/** The first row says that there is such a schema. */
const members = (schema: string, { tableRows }: Flavour): string => `
SELECT '', '', NULL, NULL, NULL FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${schema}
UNION ALL
SELECT TABLE_TYPE, TABLE_NAME, NULL, IF(TABLE_TYPE LIKE '%VIEW', NULL, TABLE_COMMENT), ${tableRows}
FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${schema}
UNION ALL
SELECT ROUTINE_TYPE, ROUTINE_NAME, IF(ROUTINE_TYPE = 'PROCEDURE', 'procedure', DTD_IDENTIFIER), ROUTINE_COMMENT, NULL
FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ${schema}`;

/** The first row says which type of table this is. */
const columnsOf = (schema: string, table: string): string => `
SELECT 0, TABLE_TYPE, NULL, NULL
FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${table}
UNION ALL
SELECT ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE, COLUMN_COMMENT
FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${table}
ORDER BY 1`;

/** Errors: OBJECT_NOT_FOUND. */
export async function children(session: Session, path: NodePath): Promise<Node[]> {
  const [schema, member] = path;
  if (!schema) return schemas(session);
  if (schema.kind !== 'schema') throw new AppError('OBJECT_NOT_FOUND');
  if (!member) return membersOf(session, schema.name);
  return RELATION_KINDS.includes(member.kind) ? columns(session, schema.name, member) : [];
}

async function schemas(session: Session): Promise<Node[]> {
  const rows = await session.query(SCHEMAS);
  return rows.map(([name, system]) => ({
    kind: 'schema',
    name: name ?? '',
    ...(system === '1' && { detail: 'system' }),
    expandable: true,
  }));
}

async function membersOf(session: Session, schema: string): Promise<Node[]> {
  const rows = await session.query(members(quoteText(schema), session.flavour));
  if (rows.length === 0) throw new AppError('OBJECT_NOT_FOUND');
  return rows
    .slice(1)
    .map(([type, name, detail, comment, count]): Node => {
      const kind = KIND_OF_TABLE[type ?? ''] ?? 'function';
      return {
        kind,
        name: name ?? '',
        ...(detail && { detail }),
        ...(comment && { comment }),
        ...(kind === 'table' && count && { rows: Number(count) }),
        expandable: RELATION_KINDS.includes(kind),
      };
    })
    .sort((a, b) => placeOf(a.kind) - placeOf(b.kind) || (a.name < b.name ? -1 : 1));
}

const placeOf = (kind: NodeKind): number => KIND_ORDER.indexOf(kind);

async function columns(session: Session, schema: string, { kind, name }: NodePath[number]): Promise<Node[]> {
  const [table, ...rows] = await session.query(columnsOf(quoteText(schema), quoteText(name)));
  if (KIND_OF_TABLE[table?.[1] ?? ''] !== kind) throw new AppError('OBJECT_NOT_FOUND');
  return rows.map(([, column, type, comment]) => ({
    kind: 'column',
    name: column ?? '',
    ...(type && { detail: type }),
    ...(comment && { comment }),
    expandable: false,
  }));
}
