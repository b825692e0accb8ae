/** The DDL of tables and views, one statement a transaction each: Aurora DSQL takes no more. */
import { quoteName } from '../../pg-wire/quote-name.ts';
import type { Column, Relation } from './relation.ts';

const IDENTITIES: Record<string, string> = { a: 'ALWAYS', d: 'BY DEFAULT' };

/** `quoted` is `"schema"."name"`. */
export function relationDdl(quoted: string, relation: Relation): string {
  if (relation.definition !== undefined) return `CREATE VIEW ${quoted} AS\n${relation.definition.trim()}`;
  const constraints = relation.keys.map(({ name, definition }) => `CONSTRAINT ${quoteName(name)} ${definition}`);
  const body = [...relation.columns.map(columnDdl), ...constraints].map((each) => `  ${each}`).join(',\n');
  const indexes = relation.indexes.filter(({ ofKey }) => !ofKey).map(({ definition }) => `${definition};`);
  return [`CREATE TABLE ${quoted} (\n${body}\n);`, ...indexes].join('\n');
}

export function columnDdl(column: Column): string {
  const { name, type, nullable, default: value, generated, identity, cache } = column;
  const parts = [
    quoteName(name),
    type,
    identity && `GENERATED ${IDENTITIES[identity]} AS IDENTITY${cache ? ` (CACHE ${cache})` : ''}`,
    value && (generated ? `GENERATED ALWAYS AS (${value}) STORED` : `DEFAULT ${value}`),
    !nullable && 'NOT NULL',
  ];
  return parts.filter(Boolean).join(' ');
}
