/** Tables that Redshift itself stores. */
import type { ObjectDescription } from '#contract/objects.ts';
import { keysOf } from '../../pg-wire/plain-keys.ts';
import { quoteName } from '../../pg-wire/quote-name.ts';
import type { Session } from '../../pg-wire/session.ts';
import { columnsOf } from './columns.ts';
import type { Described } from './describe.ts';
import type { Relation } from './relations.ts';
import { type Storage, storageOf } from './storage.ts';
import { columnDdl, distColumn, identityOf, isInterleaved, sortColumns, type Table, tableDdl } from './table-ddl.ts';

const MEGABYTE = 1_048_576;

async function readTable(session: Session, schema: string, { name, comment }: Relation): Promise<Table> {
  return {
    quoted: `${quoteName(schema)}.${quoteName(name)}`,
    comment,
    columns: await columnsOf(session, schema, name),
    keys: await keysOf(session, schema, name),
    storage: await storageOf(session, schema, name),
  };
}

export async function describeTable(session: Session, schema: string, relation: Relation): Promise<Described> {
  const table = await readTable(session, schema, relation);
  const { summary } = table.storage;
  return {
    ...(table.comment && { comment: table.comment }),
    ...(summary && { rows: summary.rows, bytes: summary.megabytes * MEGABYTE }),
    columns: shownColumns(table),
    keys: table.keys,
    indexes: [],
    properties: properties(table.storage),
    ddl: tableDdl(table),
  };
}

export async function describeColumn(
  session: Session,
  schema: string,
  relation: Relation,
  name: string,
): Promise<Described | undefined> {
  const table = await readTable(session, schema, relation);
  const column = table.columns.find((each) => each.name === name);
  const stored = table.storage.columns.get(name);
  if (!column) return undefined;
  const facts = [
    stored && { name: 'Encoding', value: stored.encoding },
    stored?.distKey && { name: 'Distribution key', value: 'yes' },
    stored?.sortKey && { name: 'Place in the sort key', value: String(Math.abs(stored.sortKey)) },
  ];
  return {
    ...(column.comment && { comment: column.comment }),
    columns: shownColumns(table).filter((each) => each.name === name),
    keys: table.keys.filter((key) => key.columns.includes(name)),
    indexes: [],
    properties: facts.filter((fact) => typeof fact === 'object'),
    ddl: `ALTER TABLE ${table.quoted} ADD COLUMN ${columnDdl(column, table.storage)};`,
  };
}

const shownColumns = ({ columns }: Table): ObjectDescription['columns'] =>
  columns.map(({ name, type, nullable, default: value, comment }) => ({
    name,
    type,
    nullable,
    generated: value !== undefined && identityOf(value) !== undefined,
    ...(value !== undefined && { default: identityOf(value) ?? value }),
    ...(comment && { comment }),
  }));

function properties(storage: Storage): NonNullable<ObjectDescription['properties']> {
  const { distribution, summary } = storage;
  const key = distColumn(storage);
  const sorted = sortColumns(storage);
  const encodings = [...storage.columns].map(([name, { encoding }]) => `${name} ${encoding}`);
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Distribution', distribution && (key ? `${distribution} (${key})` : distribution)],
    [
      'Sort key',
      sorted.length > 0 ? `${isInterleaved(storage) ? 'interleaved' : 'compound'} (${sorted.join(', ')})` : null,
    ],
    ['Encoding', encodings.length > 0 ? encodings.join(', ') : null],
    ['Skew of rows between slices', summary?.skew],
    ['Unsorted rows', summary?.unsorted && `${summary.unsorted} %`],
    ['Statistics out of date by', summary?.staleStatistics && `${summary.staleStatistics} %`],
    ['Keys', 'are informational: Redshift does not enforce them'],
  ];
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []));
}
