/** Tables and views: a round trip each for what stands in different views of the catalogue. */
import type { ObjectDescription } from '#contract/objects.ts';
import { quoteName, type Row, type Session } from '../session.ts';
import { ddlOf } from './ddl.ts';
import { TYPES } from './kinds.ts';
import { typeText } from './type-text.ts';

export type Described = Omit<ObjectDescription, 'kind' | 'path'>;
export interface Place {
  readonly schema: string;
  readonly name: string;
  readonly kind: ObjectDescription['kind'];
}
type Column = Described['columns'][number];
type Key = Described['keys'][number];
type Index = Described['indexes'][number];

const RELATION = `
SELECT o.object_type, c.comments, t.num_rows, t.blocks * s.bytes_per_block FROM all_objects o
LEFT JOIN all_tab_comments c ON c.owner = o.owner AND c.table_name = o.object_name
LEFT JOIN all_tables t ON t.owner = o.owner AND t.table_name = o.object_name
LEFT JOIN (SELECT tablespace_name, block_size AS bytes_per_block FROM user_tablespaces) s
  ON s.tablespace_name = t.tablespace_name
WHERE o.owner = :owner AND o.object_name = :name AND o.object_type IN ('TABLE', 'VIEW', 'MATERIALIZED VIEW')`;

const COLUMNS = `
SELECT c.column_name, c.data_type, c.data_precision, c.data_scale, c.data_length, c.char_length, c.char_used, c.nullable,
  c.data_default, c.virtual_column, c.identity_column, m.comments
FROM all_tab_cols c
LEFT JOIN all_col_comments m ON m.owner = c.owner AND m.table_name = c.table_name AND m.column_name = c.column_name
WHERE c.owner = :owner AND c.table_name = :name AND c.hidden_column = 'NO' ORDER BY c.column_id`;

/** Names are parted by what none holds. */
const PART = '\u0001';
const LIST = `LISTAGG(column_name, CHR(1)) WITHIN GROUP (ORDER BY position)`;
const columnsOf = (constraint: string): string => `
  (SELECT ${LIST} FROM all_cons_columns k WHERE k.owner = ${constraint}.owner
   AND k.constraint_name = ${constraint}.constraint_name)`;

const KEYS = `
SELECT c.constraint_name, c.constraint_type, c.search_condition_vc, c.delete_rule, ${columnsOf('c')},
  r.owner, r.table_name, ${columnsOf('r')}
FROM all_constraints c
LEFT JOIN all_constraints r ON r.owner = c.r_owner AND r.constraint_name = c.r_constraint_name
WHERE c.owner = :owner AND c.table_name = :name AND c.constraint_type IN ('P', 'U', 'R', 'C')`;

/** What NOT NULL of a column is kept as. */
const NOT_NULL = /^"[^"]+" IS NOT NULL$/;

const INDEXES = `
SELECT i.index_name, i.uniqueness, i.index_type,
  (SELECT LISTAGG(c.column_name, CHR(1)) WITHIN GROUP (ORDER BY c.column_position) FROM all_ind_columns c
   WHERE c.index_owner = i.owner AND c.index_name = i.index_name)
FROM all_indexes i WHERE i.table_owner = :owner AND i.table_name = :name ORDER BY 1`;

/** Undefined: there is no such relation, or it is of another kind. */
export async function readRelation(
  session: Session,
  { schema: owner, name, kind }: Place,
): Promise<Described | undefined> {
  const binds = { owner, name };
  const found = (await session.query(RELATION, binds)).find(([type]) => TYPES[type ?? '']?.kind === kind);
  if (!found) return undefined;
  const [type, comment, rows, bytes] = found;
  const isTable = kind === 'table';
  const columns = (await session.query(COLUMNS, binds)).map(columnOf);
  const keys = isTable ? (await session.query(KEYS, binds)).flatMap(keyOf).sort(byKind) : [];
  const indexes = kind === 'view' ? [] : (await session.query(INDEXES, binds)).map((row) => indexOf(row, binds));
  return {
    ...(comment && { comment }),
    ...(rows && { rows: Number(rows) }),
    ...(bytes && { bytes: Number(bytes) }),
    columns,
    keys,
    indexes,
    ddl: await ddlOf(session, TYPES[type ?? '']?.metadata ?? '', binds),
  };
}

function columnOf(row: Row): Column {
  const [name, type, precision, scale, bytes, chars, unit, nullable, value, virtual, identity, comment] = row;
  const text = value?.trim();
  return {
    name: name ?? '',
    type: typeText({ type, precision, scale, bytes, chars, unit }),
    nullable: nullable === 'Y',
    ...(text && { default: text }),
    generated: virtual === 'YES' || identity === 'YES',
    ...(comment && { comment }),
  };
}

const KINDS: Readonly<Record<string, Key['kind']>> = { P: 'primary', U: 'unique', R: 'foreign', C: 'check' };
const KIND_ORDER: readonly Key['kind'][] = ['primary', 'unique', 'foreign', 'check'];
const byKind = (a: Key, b: Key): number => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);

const partsOf = (names: string | null | undefined): string[] => (names ? names.split(PART) : []);
const listOf = (names: readonly string[]): string => `(${names.map(quoteName).join(', ')})`;

function keyOf([name, type, condition, rule, names, schema, table, others]: Row): Key[] {
  const kind = KINDS[type ?? ''];
  if (!kind || NOT_NULL.test(condition ?? '')) return [];
  const columns = partsOf(names);
  const references = { schema: schema ?? '', name: table ?? '', columns: partsOf(others) };
  const target = `${quoteName(references.schema)}.${quoteName(references.name)} ${listOf(references.columns)}`;
  const deleting = rule && rule !== 'NO ACTION' ? ` ON DELETE ${rule}` : '';
  const definitions: Record<typeof kind, string> = {
    primary: `PRIMARY KEY ${listOf(columns)}`,
    unique: `UNIQUE ${listOf(columns)}`,
    foreign: `FOREIGN KEY ${listOf(columns)} REFERENCES ${target}${deleting}`,
    check: `CHECK (${condition ?? ''})`,
    exclusion: '',
  };
  return [
    { name: name ?? '', kind, columns, definition: definitions[kind], ...(kind === 'foreign' && { references }) },
  ];
}

function indexOf(
  [name, uniqueness, type, names]: Row,
  table: { readonly owner: string; readonly name: string },
): Index {
  const unique = uniqueness === 'UNIQUE';
  const on = `${quoteName(table.owner)}.${quoteName(table.name)}`;
  const definition = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoteName(name ?? '')} ON ${on} ${listOf(partsOf(names))}`;
  return { name: name ?? '', unique, method: (type ?? '').toLowerCase(), definition };
}
