/** Tables whose data lies in S3 or in another database: Spectrum, federated queries. */
import type { ObjectDescription } from '#contract/objects.ts';
import { quoteName } from '../../pg-wire/quote-name.ts';
import type { Session } from '../../pg-wire/session.ts';
import { columnsOf } from './columns.ts';
import type { Described } from './describe.ts';
import { quoteText } from './quote-text.ts';
import type { Relation } from './relations.ts';

/** "SVV_EXTERNAL_TABLES". */
const TABLE = `
select location, input_format, output_format, serialization_lib, parameters from pg_catalog.svv_external_tables
where redshift_database_name = $1 and schemaname = $2 and tablename = $3`;

/** "SVV_EXTERNAL_COLUMNS": `part_key` counts from 1; 0 is no part of the partition key. */
const COLUMNS = `
select columnname, external_type, part_key, is_nullable from pg_catalog.svv_external_columns
where redshift_database_name = $1 and schemaname = $2 and tablename = $3
order by columnnum`;

type TableRow = (string | null)[];
type ColumnRow = [name: string, type: string, partition: number | null, nullable: string | null];

export async function describeExternal(session: Session, schema: string, relation: Relation): Promise<Described> {
  const where = [session.about.database, schema, relation.name];
  const [row = []] = await session.query<TableRow>(TABLE, where);
  const [location, input, output, library, parameters] = row;
  const external = await session.query<ColumnRow>(COLUMNS, where);
  const partitions = external
    .filter(([, , place]) => (place ?? 0) > 0)
    .toSorted(([, , a], [, , b]) => Number(a) - Number(b));
  const columns =
    external.length > 0 ? external.map(externalColumn) : await plainColumns(session, schema, relation.name);
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Location', location],
    ['Partitioned by', partitions.map(([name]) => name).join(', ')],
    ['Input format', input],
    ['Output format', output],
    ['Serialization', library],
    ['Parameters', parameters],
  ];
  const stored = external.filter(([, , place]) => (place ?? 0) === 0);
  const ddl = [
    `CREATE EXTERNAL TABLE ${quoteName(schema)}.${quoteName(relation.name)} (`,
    columnList(stored.length > 0 ? stored : columns.map(({ name, type }): ColumnRow => [name, type, 0, null])),
    ')',
    ...(partitions.length > 0 ? [`PARTITIONED BY (\n${columnList(partitions)}\n)`] : []),
    ...(library ? [`ROW FORMAT SERDE ${quoteText(library)}`] : []),
    ...(input && output ? [`STORED AS INPUTFORMAT ${quoteText(input)} OUTPUTFORMAT ${quoteText(output)}`] : []),
    ...(location ? [`LOCATION ${quoteText(location)}`] : []),
  ];
  return {
    ...(relation.comment && { comment: relation.comment }),
    columns,
    keys: [],
    indexes: [],
    properties: facts.flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    ddl: `${ddl.join('\n')};`,
  };
}

const externalColumn = ([name, type, , nullable]: ColumnRow): ObjectDescription['columns'][number] => ({
  name,
  type,
  nullable: nullable?.toLowerCase() !== 'false' && nullable?.toUpperCase() !== 'NO',
  generated: false,
});

async function plainColumns(session: Session, schema: string, name: string): Promise<ObjectDescription['columns']> {
  const columns = await columnsOf(session, schema, name);
  return columns.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    generated: false,
  }));
}

const columnList = (columns: readonly ColumnRow[]): string =>
  columns.map(([name, type]) => `  ${quoteName(name)} ${type}`).join(',\n');
