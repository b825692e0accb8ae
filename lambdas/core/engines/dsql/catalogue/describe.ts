/** What is known of one object, and the statement that would make it again. */
import { AppError } from '#contract/errors.ts';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import { quoteName } from '../../pg-wire/quote-name.ts';
import type { Session } from '../../pg-wire/session.ts';
import { RELATION_KINDS } from './kinds.ts';
import { describeDomain, describeSchema, describeSequence } from './others.ts';
import { type Relation, readRelation } from './relation.ts';
import { columnDdl, relationDdl } from './relation-ddl.ts';

type Described = Omit<ObjectDescription, 'kind' | 'path'>;
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
  if (member.kind === 'sequence') return describeSequence(session, schema, member.name);
  if (member.kind === 'type') return describeDomain(session, schema, member.name);
  const relkind = RELATION_KINDS[member.kind];
  const relation = relkind && (await readRelation(session, [schema, member.name, relkind]));
  if (!relation) return undefined;
  const quoted = `${quoteName(schema)}.${quoteName(member.name)}`;
  return column ? describeColumn(quoted, relation, column.name) : describeRelation(quoted, relation);
}

function describeRelation(quoted: string, relation: Relation): Described {
  const { comment, rows, keys, indexes } = relation;
  const unready = indexes.filter(({ valid }) => !valid).map(({ name }) => name);
  return {
    ...(comment && { comment }),
    ...(rows !== undefined && { rows }),
    columns: shownColumns(relation),
    keys,
    indexes: indexes.map(({ ofKey, valid, ...index }) => index),
    ...(unready.length > 0 && {
      properties: [{ name: 'Indexes not ready', value: `${unready.join(', ')}: see sys.jobs` }],
    }),
    ddl: relationDdl(quoted, relation),
  };
}

function describeColumn(quoted: string, relation: Relation, name: string): Described | undefined {
  const column = relation.columns.find((each) => each.name === name);
  if (!column) return undefined;
  return {
    ...(column.comment && { comment: column.comment }),
    columns: shownColumns(relation).filter((each) => each.name === name),
    keys: relation.keys.filter((key) => key.columns.includes(name)),
    indexes: [],
    ddl: `ALTER TABLE ${quoted} ADD COLUMN ${columnDdl(column)};`,
  };
}

const shownColumns = ({ columns }: Relation): ObjectDescription['columns'] =>
  columns.map(({ name, type, nullable, default: value, generated, identity, comment }) => ({
    name,
    type,
    nullable,
    generated: generated !== '' || identity !== '',
    ...(value !== undefined && { default: value }),
    ...(comment && { comment }),
  }));
