/** What is known of one object, and the statement that would make it again. */
import type { NodeKind } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import { quoteName, type Session } from '../session.ts';
import { ddlOf } from './ddl.ts';
import { TYPES } from './kinds.ts';
import { type Described, type Place, readRelation } from './relation.ts';

const READERS: Partial<Record<NodeKind, (session: Session, place: Place) => Promise<Described | undefined>>> = {
  table: readRelation,
  view: readRelation,
  'materialized-view': readRelation,
  function: readCode,
  sequence: readCode,
  type: readCode,
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

/** A schema is a user, who is made with a password. */
async function readSchema(session: Session, name: string): Promise<Described | undefined> {
  const [row] = await session.query('SELECT username FROM all_users WHERE username = :name', { name });
  return row && plain(`CREATE USER ${quoteName(name)} IDENTIFIED BY …;`);
}

function columnOf({ columns, keys }: Described, { schema, name }: Place, column: string): Described | undefined {
  const shown = columns.find((each) => each.name === column);
  if (!shown) return undefined;
  const value = shown.default ? ` DEFAULT ${shown.default}` : '';
  const line = `${quoteName(column)} ${shown.type}${value}${shown.nullable ? '' : ' NOT NULL'}`;
  return {
    ...(shown.comment && { comment: shown.comment }),
    columns: [shown],
    keys: keys.filter((key) => key.columns.includes(column)),
    indexes: [],
    ddl: `ALTER TABLE ${quoteName(schema)}.${quoteName(name)} ADD ${line};`,
  };
}

async function readCode(session: Session, { schema: owner, name, kind }: Place): Promise<Described | undefined> {
  const rows = await session.query(
    'SELECT object_type FROM all_objects WHERE owner = :owner AND object_name = :name ORDER BY 1',
    { owner, name },
  );
  const found = rows.map(([type]) => TYPES[type ?? '']).find((info) => info?.kind === kind);
  return found && plain(await ddlOf(session, found.metadata, { owner, name }));
}

/** What has neither columns nor keys. */
const plain = (ddl: string): Described => ({ columns: [], keys: [], indexes: [], ddl });
