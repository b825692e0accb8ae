/** What is known of one object, and the statement that would make it again. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';
import { RELATION_KINDS } from './kinds.ts';
import { readRelation } from './relation.ts';
import { columnDdl, relationDdl } from './relation-ddl.ts';
import { readRoutine, readSchema, readSequence } from './routines.ts';
import { readType } from './types.ts';

type Described = Omit<ObjectDescription, 'kind' | 'path'>;
type Place = { readonly schema: string; readonly name: string; readonly kind: NodeKind };

const READERS: Partial<Record<NodeKind, (session: Session, place: Place) => Promise<Described | undefined>>> = {
  ...Object.fromEntries(Object.keys(RELATION_KINDS).map((kind) => [kind, describeRelation])),
  sequence: readSequence,
  function: readRoutine,
  type: readType,
};

/** Errors: OBJECT_NOT_FOUND. */
export async function describe(session: Session, path: NodePath): Promise<ObjectDescription> {
  const [schema, member, column] = path;
  const kind = path.at(-1)?.kind;
  const described = schema?.kind === 'schema' ? await read(session, schema.name, member, column) : undefined;
  if (!described || !kind) throw new AppError('OBJECT_NOT_FOUND');
  return { kind, path, ...described };
}

function read(session: Session, schema: string, member?: NodePath[number], column?: NodePath[number]) {
  if (!member) return readSchema(session, schema);
  const place = { schema, ...member };
  return column ? describeColumn(session, place, column.name) : READERS[member.kind]?.(session, place);
}

async function describeRelation(session: Session, place: Place): Promise<Described | undefined> {
  const relation = await readRelation(session, place);
  if (!relation) return undefined;
  const { comment, rows, bytes, keys, indexes } = relation;
  return {
    ...(comment && { comment }),
    ...(rows !== null && { rows }),
    ...(bytes !== null && { bytes }),
    columns: relation.columns.map((each) => each.shown),
    keys,
    indexes: indexes.map(({ ofKey, ...index }) => index),
    ddl: relationDdl(relation),
  };
}

async function describeColumn(session: Session, place: Place, name: string): Promise<Described | undefined> {
  const relation = await readRelation(session, place);
  const column = relation?.columns.find((each) => each.shown.name === name);
  if (!relation || !column) return undefined;
  const { comment } = column.shown;
  const ddl = `ALTER TABLE ${relation.quoted} ADD COLUMN ${columnDdl(column)};`;
  const keys = relation.keys.filter((key) => key.columns.includes(name));
  return { ...(comment && { comment }), columns: [column.shown], keys, indexes: [], ddl };
}
