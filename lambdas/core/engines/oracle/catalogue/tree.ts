/** The tree, one level in one round trip: schemas, what a schema holds, a table's columns. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Node, NodePath } from '#contract/objects.ts';
import type { Row, Session } from '../session.ts';
import { KIND_ORDER, OBJECT_TYPES, RELATION_KINDS, TYPES } from './kinds.ts';
import { typeText } from './type-text.ts';

/** System schemas last. */
const SCHEMAS = `SELECT username, CASE oracle_maintained WHEN 'Y' THEN 1 ELSE 0 END FROM all_users ORDER BY 2, 1`;

/** The first row says that there is such a schema. */
const MEMBERS = `
SELECT 'SCHEMA', username, NULL, NULL FROM all_users WHERE username = :owner
UNION ALL
SELECT o.object_type, o.object_name, c.comments, t.num_rows FROM all_objects o
LEFT JOIN all_tab_comments c ON c.owner = o.owner AND c.table_name = o.object_name AND o.object_type IN ('TABLE', 'VIEW')
LEFT JOIN all_tables t ON t.owner = o.owner AND t.table_name = o.object_name AND o.object_type = 'TABLE'
WHERE o.owner = :owner AND o.object_type IN ${OBJECT_TYPES} AND o.subobject_name IS NULL AND o.secondary = 'N'
  AND o.generated = 'N'`;

/** The first rows say as what there is such an object; numbers above them are places of columns. */
const COLUMNS = `
SELECT 0, object_type, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM all_objects
WHERE owner = :owner AND object_name = :name AND object_type IN ${OBJECT_TYPES}
UNION ALL
SELECT c.column_id, c.column_name, c.data_type, c.data_precision, c.data_scale, c.data_length, c.char_length, c.char_used,
  m.comments
FROM all_tab_columns c
LEFT JOIN all_col_comments m ON m.owner = c.owner AND m.table_name = c.table_name AND m.column_name = c.column_name
WHERE c.owner = :owner AND c.table_name = :name ORDER BY 1`;

/** Errors: OBJECT_NOT_FOUND. */
export async function children(session: Session, path: NodePath): Promise<Node[]> {
  const [schema, member] = path;
  if (!schema) return (await session.query(SCHEMAS)).map(schemaNode);
  if (schema.kind !== 'schema') throw new AppError('OBJECT_NOT_FOUND');
  if (!member) return membersOf(session, schema.name);
  return RELATION_KINDS.includes(member.kind) ? columns(session, schema.name, member) : [];
}

const schemaNode = ([name, system]: Row): Node => ({
  kind: 'schema',
  name: name ?? '',
  ...(system === '1' && { detail: 'system' }),
  expandable: true,
});

async function membersOf(session: Session, owner: string): Promise<Node[]> {
  const rows = await session.query(MEMBERS, { owner });
  if (rows.length === 0) throw new AppError('OBJECT_NOT_FOUND');
  const views = new Set(rows.filter(([type]) => type === 'MATERIALIZED VIEW').map(([, name]) => name));
  return rows
    .filter(([type, name]) => type !== 'TABLE' || !views.has(name))
    .flatMap(memberNode)
    .sort((a, b) => placeOf(a.kind) - placeOf(b.kind) || (a.name < b.name ? -1 : 1));
}

function memberNode([type, name, comment, rows]: Row): Node[] {
  const info = TYPES[type ?? ''];
  if (!info) return [];
  const { kind, detail } = info;
  return [
    {
      kind,
      name: name ?? '',
      ...(detail && { detail }),
      ...(comment && { comment }),
      ...(rows && { rows: Number(rows) }),
      expandable: RELATION_KINDS.includes(kind),
    },
  ];
}

const placeOf = (kind: NodeKind): number => KIND_ORDER.indexOf(kind);

async function columns(session: Session, owner: string, { kind, name }: NodePath[number]): Promise<Node[]> {
  const rows = await session.query(COLUMNS, { owner, name });
  const kinds = rows.filter(([place]) => place === '0').map(([, type]) => TYPES[type ?? '']?.kind);
  if (!kinds.includes(kind)) throw new AppError('OBJECT_NOT_FOUND');
  return rows.filter(([place]) => place !== '0').map(columnNode);
}

function columnNode([, name, type, precision, scale, bytes, chars, unit, comment]: Row): Node {
  return {
    kind: 'column',
    name: name ?? '',
    detail: typeText({ type, precision, scale, bytes, chars, unit }),
    ...(comment && { comment }),
    expandable: false,
  };
}
