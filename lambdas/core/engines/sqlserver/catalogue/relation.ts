/** Tables and views, read in one round trip of six results. */
import type { NodeKind } from '#contract/engines.ts';
import type { ObjectDescription } from '#contract/objects.ts';
import type { Row } from '../row-reader.ts';
import { quoteName, quoteText, type Session } from '../session.ts';
import { KIND_OF_TYPE } from './kinds.ts';
import { tableDdl } from './table-ddl.ts';
import { typeText } from './type-text.ts';

export type Described = Omit<ObjectDescription, 'kind' | 'path'>;
export interface Place {
  readonly schema: string;
  readonly name: string;
  readonly kind: NodeKind;
}
type Column = Described['columns'][number];
type Key = Described['keys'][number];
type Index = Described['indexes'][number];

const namesOf = (rows: string): string =>
  `STUFF((${rows} FOR XML PATH(''), TYPE).value('.', 'nvarchar(max)'), 1, 1, N'')`;
/** Names are parted by what hardly one holds, and XML may. */
const PART = '\t';

const relationOf = (object: string): string => `
DECLARE @id int = OBJECT_ID(${object}), @part nchar(1) = NCHAR(9);
SELECT RTRIM(o.type), OBJECT_DEFINITION(o.object_id),
  (SELECT TOP 1 CAST(e.value AS nvarchar(3750)) FROM sys.extended_properties AS e
   WHERE e.class = 1 AND e.major_id = @id AND e.minor_id = 0 AND e.name = N'MS_Description'),
  (SELECT SUM(p.rows) FROM sys.partitions AS p WHERE p.object_id = @id AND p.index_id IN (0, 1)),
  (SELECT SUM(a.total_pages) * 8192 FROM sys.partitions AS p
   JOIN sys.allocation_units AS a ON a.container_id = p.partition_id WHERE p.object_id = @id)
FROM sys.all_objects AS o WHERE o.object_id = @id;
SELECT c.name, TYPE_NAME(c.user_type_id), c.max_length, c.precision, c.scale, c.is_nullable,
  COALESCE(OBJECT_DEFINITION(c.default_object_id), m.definition), c.is_identity, c.is_computed,
  (SELECT TOP 1 CAST(e.value AS nvarchar(3750)) FROM sys.extended_properties AS e
   WHERE e.class = 1 AND e.major_id = @id AND e.minor_id = c.column_id AND e.name = N'MS_Description')
FROM sys.all_columns AS c
LEFT JOIN sys.computed_columns AS m ON m.object_id = c.object_id AND m.column_id = c.column_id
WHERE c.object_id = @id ORDER BY c.column_id;
SELECT i.name, i.is_primary_key, i.is_unique_constraint, i.is_unique, i.type_desc, i.filter_definition,
  ${namesOf(`SELECT @part + COL_NAME(c.object_id, c.column_id) FROM sys.index_columns AS c
   WHERE c.object_id = i.object_id AND c.index_id = i.index_id AND c.is_included_column = 0 ORDER BY c.key_ordinal`)},
  ${namesOf(`SELECT @part + COL_NAME(c.object_id, c.column_id) FROM sys.index_columns AS c
   WHERE c.object_id = i.object_id AND c.index_id = i.index_id AND c.is_included_column = 1 ORDER BY c.column_id`)},
  (SELECT SUM(a.total_pages) * 8192 FROM sys.partitions AS p JOIN sys.allocation_units AS a ON a.container_id = p.partition_id
   WHERE p.object_id = i.object_id AND p.index_id = i.index_id)
FROM sys.indexes AS i WHERE i.object_id = @id AND i.name IS NOT NULL ORDER BY i.is_primary_key DESC, i.name;
SELECT f.name, OBJECT_SCHEMA_NAME(f.referenced_object_id), OBJECT_NAME(f.referenced_object_id),
  ${namesOf(`SELECT @part + COL_NAME(c.parent_object_id, c.parent_column_id) FROM sys.foreign_key_columns AS c
   WHERE c.constraint_object_id = f.object_id ORDER BY c.constraint_column_id`)},
  ${namesOf(`SELECT @part + COL_NAME(c.referenced_object_id, c.referenced_column_id) FROM sys.foreign_key_columns AS c
   WHERE c.constraint_object_id = f.object_id ORDER BY c.constraint_column_id`)},
  f.delete_referential_action_desc, f.update_referential_action_desc
FROM sys.foreign_keys AS f WHERE f.parent_object_id = @id ORDER BY f.name;
SELECT name, definition FROM sys.check_constraints WHERE parent_object_id = @id ORDER BY name`;

/** Undefined: there is no such relation, or it is of another kind. */
export async function readRelation(session: Session, place: Place): Promise<Described | undefined> {
  const { schema, name, kind } = place;
  const object = quoteText(`${quoteName(schema)}.${quoteName(name)}`);
  const [[found] = [], columnRows = [], indexRows = [], foreignRows = [], checkRows = []] = await session.queries(
    relationOf(object),
  );
  const [type, definition, comment, rows, bytes] = found ?? [];
  if (!found || KIND_OF_TYPE[type ?? ''] !== kind) return undefined;
  const isTable = kind === 'table';
  const columns = columnRows.map(columnOf);
  const keys = [...indexRows.flatMap(keyOf), ...foreignRows.map(foreignKey), ...checkRows.map(checkOf)];
  const indexes = indexRows.map((row) => indexOf(row, place));
  return {
    ...(comment && { comment }),
    ...(isTable && rows && { rows: Number(rows) }),
    ...(isTable && bytes && { bytes: Number(bytes) }),
    columns,
    keys,
    indexes,
    ddl: definition ?? tableDdl(place, { columns, computed: computedIn(columnRows), keys, indexes }),
  };
}

function columnOf([name, type, length, precision, scale, nullable, value, identity, computed, comment]: Row): Column {
  return {
    name: name ?? '',
    type: typeText(type, { length, precision, scale }),
    nullable: nullable === '1',
    ...(value && { default: value }),
    generated: identity === '1' || computed === '1',
    ...(comment && { comment }),
  };
}

/** The columns that are computed, by name: in DDL they have an expression and no type. */
const computedIn = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(rows.filter((row) => row[8] === '1').map(([name]) => name ?? ''));

const partsOf = (names: string | null | undefined): string[] => (names ? names.split(PART) : []);
const listOf = (names: readonly string[]): string => `(${names.map(quoteName).join(', ')})`;

function keyOf([name, primary, constraint, , method, , names]: Row): Key[] {
  if (primary !== '1' && constraint !== '1') return [];
  const columns = partsOf(names);
  const kind = primary === '1' ? 'primary' : 'unique';
  const word = primary === '1' ? 'PRIMARY KEY' : 'UNIQUE';
  return [{ name: name ?? '', kind, columns, definition: `${word} ${method} ${listOf(columns)}` }];
}

function indexOf(
  [name, primary, constraint, unique, method, filter, names, included, bytes]: Row,
  place: Place,
): Index {
  const made = primary === '1' || constraint === '1';
  const more = partsOf(included);
  const parts = [
    `CREATE ${unique === '1' ? 'UNIQUE ' : ''}${method} INDEX ${quoteName(name ?? '')}`,
    `ON ${quoteName(place.schema)}.${quoteName(place.name)} ${listOf(partsOf(names))}`,
    ...(more.length > 0 ? [`INCLUDE ${listOf(more)}`] : []),
    ...(filter ? [`WHERE ${filter}`] : []),
  ];
  return {
    name: name ?? '',
    unique: unique === '1',
    method: (method ?? '').toLowerCase(),
    definition: made ? `-- made by the constraint ${quoteName(name ?? '')}` : parts.join(' '),
    ...(bytes && { bytes: Number(bytes) }),
  };
}

function foreignKey([name, otherSchema, other, names, others, onDelete, onUpdate]: Row): Key {
  const columns = partsOf(names);
  const references = { schema: otherSchema ?? '', name: other ?? '', columns: partsOf(others) };
  const action = (event: string, text: string | null | undefined): string =>
    text && text !== 'NO_ACTION' ? ` ON ${event} ${text.replaceAll('_', ' ')}` : '';
  const target = `${quoteName(references.schema)}.${quoteName(references.name)} ${listOf(references.columns)}`;
  const definition = `FOREIGN KEY ${listOf(columns)} REFERENCES ${target}${action('DELETE', onDelete)}${action('UPDATE', onUpdate)}`;
  return { name: name ?? '', kind: 'foreign', columns, definition, references };
}

const checkOf = ([name, definition]: Row): Key => ({
  name: name ?? '',
  kind: 'check',
  columns: [],
  definition: `CHECK ${definition}`,
});
