/** What is known of one object, and the statement that would make it again. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import { quoteName } from '../../pg-wire/quote-name.ts';
import type { Session } from '../../pg-wire/session.ts';
import { describeExternal } from './external-tables.ts';
import { describeFunction } from './functions.ts';
import { RELATION_KINDS } from './kinds.ts';
import { type Relation, relationsOf } from './relations.ts';
import { describeColumn, describeTable } from './tables.ts';
import { hasSchema } from './tree.ts';
import { describeView } from './views.ts';

export type Described = Omit<ObjectDescription, 'kind' | 'path'>;
type Member = NodePath[number];

/** Errors: OBJECT_NOT_FOUND. */
export async function describe(session: Session, path: NodePath): Promise<ObjectDescription> {
  const [schema, member, column] = path;
  const kind = path.at(-1)?.kind;
  const described = schema?.kind === 'schema' ? await read(session, schema.name, member, column) : undefined;
  if (!described || !kind) throw new AppError('OBJECT_NOT_FOUND');
  return { kind, path, ...described };
}

async function read(
  session: Session,
  schema: string,
  member?: Member,
  column?: Member,
): Promise<Described | undefined> {
  if (!member) return describeSchema(session, schema);
  if (member.kind === 'function') return describeFunction(session, schema, member.name);
  if (!RELATION_KINDS.has(member.kind)) return undefined;
  const all = await relationsOf(session, schema);
  const relation = all.find(({ kind, name }) => kind === member.kind && name === member.name);
  if (!relation) return undefined;
  return column ? describeMember(session, schema, relation, column.name) : describeRelation(session, schema, relation);
}

/** A relation of any other kind is a view. */
const READERS: Partial<Record<NodeKind, (session: Session, schema: string, relation: Relation) => Promise<Described>>> =
  {
    table: describeTable,
    'foreign-table': describeExternal,
  };

const describeRelation = (session: Session, schema: string, relation: Relation): Promise<Described> =>
  (READERS[relation.kind] ?? describeView)(session, schema, relation);

/** Of what is not stored here, a column is what stands in the description of the whole. */
async function describeMember(session: Session, schema: string, relation: Relation, name: string) {
  if (relation.kind === 'table') return describeColumn(session, schema, relation, name);
  const whole = await describeRelation(session, schema, relation);
  const columns = whole.columns.filter((column) => column.name === name);
  return columns.length === 0 ? undefined : { ...whole, columns };
}

async function describeSchema(session: Session, name: string): Promise<Described | undefined> {
  if (!(await hasSchema(session, name))) return undefined;
  return { columns: [], keys: [], indexes: [], ddl: `CREATE SCHEMA ${quoteName(name)};` };
}
