/** The tree: schemas of the connected database, what a schema holds, a table's columns. */
import { AppError } from '#contract/errors.ts';
import type { Node, NodePath } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';
import { columnsOf, lateBindingColumns } from './columns.ts';
import { RELATION_KINDS } from './kinds.ts';
import { relationsOf } from './relations.ts';

/** "SVV_ALL_SCHEMAS": local ones, external ones (Spectrum, federated queries) and those of datashares. */
const SCHEMAS = 'select schema_name, schema_type from pg_catalog.svv_all_schemas where database_name = $1 order by 1';

/** "SVV_REDSHIFT_FUNCTIONS". */
const FUNCTIONS = `
select function_name, argument_type, function_type, result_type from pg_catalog.svv_redshift_functions
where database_name = $1 and schema_name = $2
order by 1, 2`;

/** Those of temporary tables and of what Redshift keeps for itself are not shown. */
const HIDDEN = /^pg_(toast|temp|internal|auto)/;
const SYSTEM = /^(pg_.*|information_schema|catalog_history)$/;

type FunctionRow = [name: string, args: string | null, type: string, result: string | null];

/** Errors: OBJECT_NOT_FOUND. */
export async function children(session: Session, path: NodePath): Promise<Node[]> {
  const [schema, member] = path;
  if (!schema) return schemas(session);
  if (schema.kind !== 'schema') throw new AppError('OBJECT_NOT_FOUND');
  if (!member) return members(session, schema.name);
  return RELATION_KINDS.has(member.kind) ? columns(session, schema.name, member) : [];
}

async function schemas(session: Session): Promise<Node[]> {
  const rows = await session.query<[name: string, type: string | null]>(SCHEMAS, [session.about.database]);
  const shown = rows.filter(([name]) => !HIDDEN.test(name));
  const nodes = shown.map(([name, type]): Node => {
    const detail = SYSTEM.test(name) ? 'system' : type?.trim().toLowerCase();
    return { kind: 'schema', name, ...(detail && detail !== 'local' && { detail }), expandable: true };
  });
  return nodes.toSorted((a, b) => Number(a.detail === 'system') - Number(b.detail === 'system'));
}

async function members(session: Session, schema: string): Promise<Node[]> {
  const relations = await relationsOf(session, schema);
  const functions = await session.query<FunctionRow>(FUNCTIONS, [session.about.database, schema]);
  if (relations.length + functions.length === 0 && !(await hasSchema(session, schema)))
    throw new AppError('OBJECT_NOT_FOUND');
  const places = [...RELATION_KINDS];
  return [
    ...relations
      .toSorted((a, b) => places.indexOf(a.kind) - places.indexOf(b.kind))
      .map((relation) => ({ ...relation, expandable: true })),
    ...functions.map(([name, args, type, result]): Node => {
      const detail = /procedure/i.test(type) ? 'procedure' : result;
      return { kind: 'function', name: `${name}(${args ?? ''})`, ...(detail && { detail }), expandable: false };
    }),
  ];
}

export async function hasSchema(session: Session, schema: string): Promise<boolean> {
  const rows = await session.query<[string]>(SCHEMAS, [session.about.database]);
  return rows.some(([name]) => name === schema);
}

async function columns(session: Session, schema: string, { kind, name }: NodePath[number]): Promise<Node[]> {
  const relation = (await relationsOf(session, schema)).find((each) => each.name === name && each.kind === kind);
  if (!relation) throw new AppError('OBJECT_NOT_FOUND');
  const known = await columnsOf(session, schema, name);
  const all = known.length > 0 || kind !== 'view' ? known : await lateBindingColumns(session, schema, name);
  return all.map(({ name: column, type, comment }) => ({
    kind: 'column',
    name: column,
    detail: type,
    ...(comment && { comment }),
    expandable: false,
  }));
}
