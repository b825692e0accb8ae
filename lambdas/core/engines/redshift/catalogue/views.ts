/** Views, materialized ones and those that are bound late. */

import { quoteName } from '../../pg-wire/quote-name.ts';
import type { Session } from '../../pg-wire/session.ts';
import { columnsOf, lateBindingColumns } from './columns.ts';
import type { Described } from './describe.ts';
import { quoteText } from './quote-text.ts';
import type { Relation } from './relations.ts';

const DEFINITION = `
select pg_get_viewdef(c.oid, true)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2`;

const HEADS: Partial<Record<Relation['kind'], string>> = { 'materialized-view': 'MATERIALIZED VIEW' };

export async function describeView(session: Session, schema: string, relation: Relation): Promise<Described> {
  const { kind, name, comment } = relation;
  const known = await columnsOf(session, schema, name);
  const columns = known.length > 0 ? known : await lateBindingColumns(session, schema, name);
  const [row] = await session.query<[string | null]>(DEFINITION, [schema, name]);
  const quoted = `${quoteName(schema)}.${quoteName(name)}`;
  const head = `CREATE ${HEADS[kind] ?? 'VIEW'} ${quoted}`;
  return {
    ...(comment && { comment }),
    columns: columns.map(({ name: column, type, comment: said }) => ({
      name: column,
      type,
      nullable: true,
      generated: false,
      ...(said && { comment: said }),
    })),
    keys: [],
    indexes: [],
    ddl: [
      viewDdl(head, row?.[0] ?? ''),
      ...(comment ? [`COMMENT ON VIEW ${quoted} IS ${quoteText(comment)};`] : []),
    ].join('\n'),
  };
}

/** Of a view that is bound late, and of a materialized one, Redshift keeps the whole statement. */
function viewDdl(head: string, definition: string): string {
  const text = definition.trim().replace(/;$/, '');
  return /^create\s/i.test(text) ? `${text};` : `${head} AS\n${text};`;
}
