/** Tables and views. */
import type { NodeKind } from '#contract/engines.ts';
import type { ObjectDescription } from '#contract/objects.ts';
import { quoteText, type Session } from '../session.ts';
import { KIND_OF_TABLE } from './kinds.ts';
import { indexesOf, keysOf } from './made-of.ts';
import { showMember } from './show.ts';

type Described = Omit<ObjectDescription, 'kind' | 'path'>;
interface Place {
  readonly schema: string;
  readonly name: string;
  readonly kind: NodeKind;
}

const tableOf = (schema: string, table: string): string => `
SELECT TABLE_TYPE, TABLE_COMMENT, TABLE_ROWS, DATA_LENGTH + INDEX_LENGTH
FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${table}`;

const columnsOf = (schema: string, table: string): string => `
SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA, COLUMN_COMMENT
FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${table} ORDER BY ORDINAL_POSITION`;

/** Undefined: there is no such table, or it is of another kind. */
export async function readRelation(session: Session, { schema, name, kind }: Place): Promise<Described | undefined> {
  const [table] = await session.query(tableOf(quoteText(schema), quoteText(name)));
  const [type = '', comment, rows, bytes] = table ?? [];
  if (KIND_OF_TABLE[type ?? ''] !== kind) return undefined;
  const columns = await session.query(columnsOf(quoteText(schema), quoteText(name)));
  const isTable = kind === 'table';
  const shown = (await showMember(session, 'TABLE', { schema, name })) ?? '';
  return {
    ...(isTable && comment && { comment }),
    ...(isTable && rows && { rows: Number(rows) }),
    ...(isTable && bytes && { bytes: Number(bytes) }),
    columns: columns.map(columnOf),
    keys: isTable ? keysOf(shown, schema) : [],
    indexes: isTable ? indexesOf(shown) : [],
    ddl: shown,
  };
}

function columnOf(row: readonly (string | null)[]): ObjectDescription['columns'][number] {
  const [name, type, nullable, value, extra, comment] = row;
  return {
    name: name ?? '',
    type: type ?? '',
    nullable: nullable === 'YES',
    // MariaDB writes the absence of a default as the word.
    ...(value && value !== 'NULL' && { default: value }),
    generated: /auto_increment|GENERATED/i.test((extra ?? '').replace('DEFAULT_GENERATED', '')),
    ...(comment && { comment }),
  };
}
