/** What is known of one object, and the statement that would make it again. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import { quoteName, quoteText, type Session } from '../session.ts';
import { KIND_OF_TYPE } from './kinds.ts';
import { type Described, type Place, readRelation } from './relation.ts';
import { columnLine } from './table-ddl.ts';

const READERS: Partial<Record<NodeKind, (session: Session, place: Place) => Promise<Described | undefined>>> = {
  table: readRelation,
  view: readRelation,
  'foreign-table': readRelation,
  function: readRoutine,
  sequence: readSequence,
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
  if (!member) return readSchema(session, schema);
  const place = { schema, ...member };
  const described = await READERS[member.kind]?.(session, place);
  return column && described ? columnOf(described, place, column.name) : described;
}

async function readSchema(session: Session, schema: string): Promise<Described | undefined> {
  const [row] = await session.query(`
SELECT USER_NAME(principal_id) FROM sys.schemas WHERE name = ${quoteText(schema)}`);
  return row && plain(`CREATE SCHEMA ${quoteName(schema)} AUTHORIZATION ${quoteName(row[0] ?? '')};`);
}

function columnOf({ columns, keys }: Described, { schema, name }: Place, column: string): Described | undefined {
  const shown = columns.find((each) => each.name === column);
  if (!shown) return undefined;
  const line = columnLine(shown, shown.generated && shown.default !== undefined);
  return {
    ...(shown.comment && { comment: shown.comment }),
    columns: [shown],
    keys: keys.filter((key) => key.columns.includes(column)),
    indexes: [],
    ddl: `ALTER TABLE ${quoteName(schema)}.${quoteName(name)} ADD ${line};`,
  };
}

/** What is encrypted, and what this login may not see, has no definition. */
async function readRoutine(session: Session, { schema, name, kind }: Place): Promise<Described | undefined> {
  const object = quoteText(`${quoteName(schema)}.${quoteName(name)}`);
  const [row] = await session.query(`
SELECT RTRIM(type), OBJECT_DEFINITION(object_id) FROM sys.all_objects WHERE object_id = OBJECT_ID(${object})`);
  if (KIND_OF_TYPE[row?.[0] ?? ''] !== kind) return undefined;
  return plain(row?.[1] ?? '-- The database does not show how this was made to this user.');
}

async function readSequence(session: Session, { schema, name }: Place): Promise<Described | undefined> {
  const quoted = `${quoteName(schema)}.${quoteName(name)}`;
  const [row] = await session.query(`
SELECT TYPE_NAME(user_type_id), CAST(start_value AS nvarchar(40)), CAST(increment AS nvarchar(40)),
  CAST(minimum_value AS nvarchar(40)), CAST(maximum_value AS nvarchar(40)), is_cycling
FROM sys.sequences WHERE object_id = OBJECT_ID(${quoteText(quoted)})`);
  if (!row) return undefined;
  const [type, start, increment, least, most, cycles] = row;
  const range = `MINVALUE ${least} MAXVALUE ${most}${cycles === '1' ? ' CYCLE' : ''}`;
  return plain(`CREATE SEQUENCE ${quoted} AS ${type} START WITH ${start} INCREMENT BY ${increment} ${range};`);
}

/** What has neither columns nor keys. */
const plain = (ddl: string): Described => ({ columns: [], keys: [], indexes: [], ddl });
