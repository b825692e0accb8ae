/** The DDL of tables and views, put together from what the server has quoted. */
import type { Relation, RelationColumn } from './relation.ts';

const HEADS: Record<string, string> = { r: 'TABLE', p: 'TABLE', f: 'FOREIGN TABLE' };
const VIEWS: Record<string, string> = { v: 'VIEW', m: 'MATERIALIZED VIEW' };
const IDENTITIES: Record<string, string> = { a: 'ALWAYS', d: 'BY DEFAULT' };
const GENERATED: Record<string, string> = { s: 'STORED', v: 'VIRTUAL' };

/** With the indexes that are not part of a key, and with the comments. */
export function relationDdl(relation: Relation): string {
  const made = relation.definition === null ? createTable(relation) : createView(relation, relation.definition);
  const indexes = relation.indexes.filter(({ ofKey }) => !ofKey).map(({ definition }) => `${definition};`);
  return [made, ...indexes, ...comments(relation)].join('\n');
}

export function columnDdl({ shown, quoted, generated, identity, collation }: RelationColumn): string {
  const value = shown.default ?? '';
  const parts = [
    quoted,
    shown.type,
    collation && `COLLATE ${collation}`,
    identity && `GENERATED ${IDENTITIES[identity]} AS IDENTITY`,
    value && (generated ? `GENERATED ALWAYS AS (${value}) ${GENERATED[generated]}` : `DEFAULT ${value}`),
    !shown.nullable && 'NOT NULL',
  ];
  return parts.filter(Boolean).join(' ');
}

function createView({ quoted, relkind, options }: Relation, definition: string): string {
  const settings = options ? ` WITH (${options})` : '';
  return `CREATE ${VIEWS[relkind]} ${quoted}${settings} AS\n${definition.trimEnd()}`;
}

function createTable(relation: Relation): string {
  const { relkind, unlogged, quoted, partitionKey, partitionBound, parents, options, server, serverOptions } = relation;
  const head = `CREATE ${unlogged ? 'UNLOGGED ' : ''}${HEADS[relkind]} ${quoted}`;
  const tail = [
    parents && partitionBound === null && `INHERITS (${parents})`,
    server && `SERVER ${server}`,
    serverOptions && `OPTIONS (${serverOptions})`,
    partitionKey && `PARTITION BY ${partitionKey}`,
    options && `WITH (${options})`,
  ];
  // A partition has its columns and most of its keys from its parent.
  const body = partitionBound === null ? elements(relation) : `PARTITION OF ${parents} ${partitionBound}`;
  return `${[head, body, ...tail].filter(Boolean).join(' ')};`;
}

function elements({ columns, keys }: Relation): string {
  const constraints = keys.map(({ name, definition }) => `CONSTRAINT ${quoteName(name)} ${definition}`);
  const all = [...columns.map(columnDdl), ...constraints];
  return all.length === 0 ? '()' : `(\n${all.map((each) => `  ${each}`).join(',\n')}\n)`;
}

function comments({ relkind, quoted, quotedComment, columns }: Relation): string[] {
  const kind = HEADS[relkind] ?? VIEWS[relkind];
  const own = quotedComment ? [`COMMENT ON ${kind} ${quoted} IS ${quotedComment};`] : [];
  const theirs = columns.filter(({ comment }) => comment !== null);
  return [...own, ...theirs.map((each) => `COMMENT ON COLUMN ${quoted}.${each.quoted} IS ${each.comment};`)];
}

/** A name that is always quoted needs no list of reserved words. */
const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
