/** What is known of one object, and the statement that would make it again. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import { quoteName, type Session } from '../session.ts';
import { readRelation } from './relation.ts';
import { show, showMember } from './show.ts';

type Described = Omit<ObjectDescription, 'kind' | 'path'>;
type Place = { readonly schema: string; readonly name: string; readonly kind: NodeKind };

const READERS: Partial<Record<NodeKind, (session: Session, place: Place) => Promise<Described | undefined>>> = {
  table: readRelation,
  view: readRelation,
  sequence: readSequence,
  function: readRoutine,
};

/** Errors: OBJECT_NOT_FOUND. */
export async function describe(session: Session, path: NodePath): Promise<ObjectDescription> {
  const [schema, member, column] = path;
  const kind = path.at(-1)?.kind;
  const described = schema?.kind === 'schema' ? await read(session, schema.name, member, column) : undefined;
  if (!described || !kind) throw new AppError('OBJECT_NOT_FOUND');
  return { kind, path, ...described };
}

async function read(session: Session, schema: string, member?: NodePath[number], column?: NodePath[number]) {
  if (!member) return plain(await show(session, `DATABASE ${quoteName(schema)}`));
  const place = { schema, ...member };
  const described = await READERS[member.kind]?.(session, place);
  return column && described ? columnOf(described, place, column.name) : described;
}

/** The column as it stands in its table's DDL. */
function columnOf({ columns, keys, ddl }: Described, { schema, name }: Place, column: string): Described | undefined {
  const shown = columns.find((each) => each.name === column);
  if (!shown) return undefined;
  const line = ddl.split('\n').find((each) => each.startsWith(`  ${quoteName(column)} `));
  const definition = line?.trim().replace(/,$/, '') ?? `${quoteName(column)} ${shown.type}`;
  return {
    ...(shown.comment && { comment: shown.comment }),
    columns: [shown],
    keys: keys.filter((key) => key.columns.includes(column)),
    indexes: [],
    ddl: `ALTER TABLE ${quoteName(schema)}.${quoteName(name)} ADD COLUMN ${definition};`,
  };
}

async function readSequence(session: Session, place: Place): Promise<Described | undefined> {
  return plain(await showMember(session, 'SEQUENCE', place));
}

/** A function and a procedure may share a name; then this is the function. */
async function readRoutine(session: Session, place: Place): Promise<Described | undefined> {
  return plain((await showMember(session, 'FUNCTION', place)) ?? (await showMember(session, 'PROCEDURE', place)));
}

/** What has neither columns nor keys. */
const plain = (ddl: string | undefined): Described | undefined =>
  ddl === undefined ? undefined : { columns: [], keys: [], indexes: [], ddl };
