/** The columns of a table or a view. */
import type { Session } from '../../pg-wire/session.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | undefined;
  readonly comment: string | undefined;
}

/** "SVV_ALL_COLUMNS". */
const COLUMNS = `
select column_name, data_type, character_maximum_length, numeric_precision, numeric_scale, is_nullable, column_default, remarks
from pg_catalog.svv_all_columns
where database_name = $1 and schema_name = $2 and table_name = $3
order by ordinal_position`;

/** "PG_GET_LATE_BINDING_VIEW_COLS": what a view WITH NO SCHEMA BINDING has is only known by looking through it. */
const LATE_BINDING = `
select col_name, col_type
from pg_get_late_binding_view_cols() cols(view_schema name, view_name name, col_name name, col_type varchar, col_num int)
where view_schema = $1 and view_name = $2
order by col_num`;

export type Size = readonly [length: number | null, precision: number | null, scale: number | null];
type ColumnRow = [name: string, type: string, ...Size, nullable: string, value: string | null, remarks: string | null];

export async function columnsOf(session: Session, schema: string, table: string): Promise<Column[]> {
  const rows = await session.query<ColumnRow>(COLUMNS, [session.about.database, schema, table]);
  return rows.map(([name, type, length, precision, scale, nullable, value, remarks]) => ({
    name,
    type: typeName(type, [length, precision, scale]),
    nullable: nullable.toUpperCase() !== 'NO',
    default: value || undefined,
    comment: remarks || undefined,
  }));
}

export async function lateBindingColumns(session: Session, schema: string, view: string): Promise<Column[]> {
  const rows = await session.query<[name: string, type: string]>(LATE_BINDING, [schema, view]);
  return rows.map(([name, type]) => ({ name, type, nullable: true, default: undefined, comment: undefined }));
}

/** A type as a statement would have it. External types come written out already: `varchar(20)`, `array<int>`. */
export function typeName(type: string, [length, precision, scale]: Size): string {
  if (/^character( varying)?$/.test(type) && length !== null) return `${type}(${length})`;
  if (type === 'numeric' && precision !== null) return `${type}(${precision},${scale ?? 0})`;
  return type;
}
