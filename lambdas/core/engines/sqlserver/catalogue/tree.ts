/** The tree, one level in one round trip: schemas, what a schema holds, a table's columns. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Node, NodePath } from '#contract/objects.ts';
import type { Row } from '../row-reader.ts';
import { quoteName, quoteText, type Session } from '../session.ts';
import { DETAIL_OF_TYPE, KIND_OF_TYPE, KIND_ORDER, RELATION_KINDS, SYSTEM_SCHEMA } from './kinds.ts';
import { typeText } from './type-text.ts';

/** System schemas last. */
const SCHEMAS = `SELECT name, CASE WHEN ${SYSTEM_SCHEMA} THEN 1 ELSE 0 END FROM sys.schemas ORDER BY 2, 1`;

const commentOn = (object: string, column: string): string => `
  (SELECT TOP 1 CAST(e.value AS nvarchar(3750)) FROM sys.extended_properties AS e
   WHERE e.class = 1 AND e.major_id = ${object} AND e.minor_id = ${column} AND e.name = N'MS_Description')`;

/** Two results: whether there is such a schema, and what it holds. */
const members = (schema: string): string => `
SELECT SCHEMA_ID(${schema}) WHERE SCHEMA_ID(${schema}) IS NOT NULL;
SELECT RTRIM(o.type), o.name, ${commentOn('o.object_id', '0')},
  (SELECT SUM(p.rows) FROM sys.partitions AS p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1))
FROM sys.all_objects AS o WHERE o.schema_id = SCHEMA_ID(${schema})`;

/** Two results: which type of object this is, and its columns. */
const columnsOf = (object: string): string => `
SELECT RTRIM(type) FROM sys.all_objects WHERE object_id = OBJECT_ID(${object});
SELECT c.name, TYPE_NAME(c.user_type_id), c.max_length, c.precision, c.scale, ${commentOn('c.object_id', 'c.column_id')}
FROM sys.all_columns AS c WHERE c.object_id = OBJECT_ID(${object}) ORDER BY c.column_id`;

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

async function membersOf(session: Session, schema: string): Promise<Node[]> {
  const [found = [], rows = []] = await session.queries(members(quoteText(schema)));
  if (found.length === 0) throw new AppError('OBJECT_NOT_FOUND');
  return rows.flatMap(memberNode).sort((a, b) => placeOf(a.kind) - placeOf(b.kind) || (a.name < b.name ? -1 : 1));
}

/** Nothing for keys, triggers, synonyms and the like. */
function memberNode([type, name, comment, rows]: Row): Node[] {
  const kind = KIND_OF_TYPE[type ?? ''];
  if (!kind) return [];
  const detail = DETAIL_OF_TYPE[type ?? ''];
  return [
    {
      kind,
      name: name ?? '',
      ...(detail && { detail }),
      ...(comment && { comment }),
      ...(kind === 'table' && rows && { rows: Number(rows) }),
      expandable: RELATION_KINDS.includes(kind),
    },
  ];
}

const placeOf = (kind: NodeKind): number => KIND_ORDER.indexOf(kind);

async function columns(session: Session, schema: string, { kind, name }: NodePath[number]): Promise<Node[]> {
  const object = quoteText(`${quoteName(schema)}.${quoteName(name)}`);
  const [found = [], rows = []] = await session.queries(columnsOf(object));
  if (KIND_OF_TYPE[found[0]?.[0] ?? ''] !== kind) throw new AppError('OBJECT_NOT_FOUND');
  return rows.map(([column, type, length, precision, scale, comment]) => ({
    kind: 'column',
    name: column ?? '',
    detail: typeText(type, { length, precision, scale }),
    ...(comment && { comment }),
    expandable: false,
  }));
}
