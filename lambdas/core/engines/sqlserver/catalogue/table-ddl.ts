/** The statement that would make a table again, as far as its description goes: SQL Server itself writes none. */
import type { ObjectDescription } from '#contract/objects.ts';
import { quoteName } from '../session.ts';

interface Contents extends Pick<ObjectDescription, 'columns' | 'keys' | 'indexes'> {
  /** Columns whose default is the expression that they are computed by. */
  readonly computed: ReadonlySet<string>;
}

/** Partitions, file groups, compression and permissions are left out. */
export function tableDdl(
  { schema, name }: { readonly schema: string; readonly name: string },
  { columns, computed, keys, indexes }: Contents,
): string {
  const lines = [
    ...columns.map((column) => columnLine(column, computed.has(column.name))),
    ...keys.map((key) => `CONSTRAINT ${quoteName(key.name)} ${key.definition}`),
  ];
  const made = new Set(keys.map((key) => key.name));
  const others = indexes.filter((index) => !made.has(index.name)).map(({ definition }) => `${definition};`);
  const table = `CREATE TABLE ${quoteName(schema)}.${quoteName(name)} (\n  ${lines.join(',\n  ')}\n);`;
  return [table, ...others].join('\n');
}

export function columnLine(column: ObjectDescription['columns'][number], computed: boolean): string {
  const { name, type, nullable, default: value, generated } = column;
  if (computed) return `${quoteName(name)} AS ${value ?? 'NULL'}`;
  const parts = [
    `${quoteName(name)} ${type}`,
    ...(generated ? ['IDENTITY'] : []),
    nullable ? 'NULL' : 'NOT NULL',
    ...(value ? [`DEFAULT ${value}`] : []),
  ];
  return parts.join(' ');
}
