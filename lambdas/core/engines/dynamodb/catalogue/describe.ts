/** What is known of a table or of one of its indexes. */
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import { indexesOf, keyOf } from '../tables.ts';
import { attributesOf, type Catalogue, noIndex, placeOf } from './catalogue.ts';
import { createIndex, createTable } from './definition.ts';
import { indexProperties, projectionText, tableProperties } from './properties.ts';

type Index = ReturnType<typeof indexesOf>[number];

/** Errors: OBJECT_NOT_FOUND, AWS_DENIED. */
export async function describe(catalogue: Catalogue, path: NodePath): Promise<ObjectDescription> {
  const place = placeOf(path);
  const table = await catalogue.tables.describe(place.table);
  if (place.index === undefined) return describeTable(catalogue, path, table);
  const index = indexesOf(table).find(({ IndexName }) => IndexName === place.index);
  if (!index) throw noIndex(place);
  return describeIndex(path, table, index);
}

async function describeTable(
  catalogue: Catalogue,
  path: NodePath,
  table: TableDescription,
): Promise<ObjectDescription> {
  return {
    kind: 'table',
    path,
    rows: table.ItemCount ?? 0,
    bytes: table.TableSizeBytes ?? 0,
    columns: columnsOf(table, table),
    keys: [primaryKey(table)],
    indexes: indexesOf(table).map((index) => ({
      name: index.IndexName ?? '',
      unique: false,
      method: index.scope,
      columns: keyOf(index),
      definition: `${keyText(index)}, ${projectionText(index)}`,
      bytes: index.IndexSizeBytes ?? 0,
    })),
    properties: await tableProperties(catalogue, placeOf(path), table),
    ddl: createTable(table),
  };
}

function describeIndex(path: NodePath, table: TableDescription, index: Index): ObjectDescription {
  return {
    kind: 'index',
    path,
    rows: index.ItemCount ?? 0,
    bytes: index.IndexSizeBytes ?? 0,
    columns: columnsOf(table, index).filter(({ name }) => keyOf(index).includes(name)),
    keys: [],
    indexes: [],
    properties: indexProperties(table, index),
    ddl: createIndex(index),
  };
}

/** Only what is in a key must be there; items may have any other attribute. */
const columnsOf = (table: TableDescription, keyed: TableDescription | Index): ObjectDescription['columns'] =>
  attributesOf(table, keyed).map(({ name, type, role }) => ({
    name,
    type,
    nullable: role === undefined,
    generated: false,
    ...(role && { comment: role }),
  }));

const primaryKey = (table: TableDescription): ObjectDescription['keys'][number] => ({
  name: 'primary key',
  kind: 'primary',
  columns: keyOf(table),
  definition: keyText(table),
});

const keyText = (keyed: Pick<TableDescription, 'KeySchema'>): string => {
  const [hash, range] = keyOf(keyed);
  return range === undefined ? `${hash} (partition)` : `${hash} (partition), ${range} (sort)`;
};
