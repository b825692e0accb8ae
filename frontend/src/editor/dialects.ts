/** What the editor knows of each dialect, as data: how it is highlighted, where its statements end, how it is formatted. */
import { MSSQL, MySQL, PLSQL, PostgreSQL, SQLDialect } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import type { Dialect } from '../grid/sql-names.ts';
import type { FormatLanguage } from './format-sql.ts';
import { mongoHighlighting } from './mongo-highlighting.ts';
import type { Splitting } from './statements.ts';
import type { suggest } from './suggest.ts';
import { suggestMongo } from './suggest-mongo.ts';

interface EditorDialect {
  readonly highlighting: { readonly extension: Extension };
  /** Absent: the whole text is one statement. */
  readonly splitting: Splitting;
  /** Absent: there is no formatter for it. */
  readonly formatting: FormatLanguage | undefined;
  /** Absent: completion is SQL's. */
  readonly suggest?: typeof suggest;
  /** What an empty editor says to write. */
  readonly invitation: string;
}

/**
 * DynamoDB's words: those of PartiQL, and the two operations that Lodge takes as JSON. A formatter would break the JSON,
 * and knows neither `[…]` nor `VALUE {…}`.
 */
const PartiQL = SQLDialect.define({
  keywords:
    'and as asc between by contains delete desc exists from in insert into is limit missing not null on or order remove ' +
    'returning select set update value where all new old modified begins_with attribute_type size query scan',
  types: 'string number boolean list map',
  builtin: 'table index key filter projection forward consistent',
  doubleQuotedStrings: false,
});

const SQL = 'Write SQL.';
export const EDITOR_DIALECTS: Readonly<Record<Dialect, EditorDialect>> = {
  postgres: { highlighting: PostgreSQL, splitting: SQL_DIALECTS.postgres, formatting: 'postgresql', invitation: SQL },
  redshift: { highlighting: PostgreSQL, splitting: SQL_DIALECTS.redshift, formatting: 'redshift', invitation: SQL },
  mysql: { highlighting: MySQL, splitting: SQL_DIALECTS.mysql, formatting: 'mysql', invitation: SQL },
  partiql: {
    highlighting: PartiQL,
    splitting: SQL_DIALECTS.partiql,
    formatting: undefined,
    invitation: 'Write PartiQL.',
  },
  tsql: { highlighting: MSSQL, splitting: SQL_DIALECTS.tsql, formatting: 'transactsql', invitation: SQL },
  oracle: { highlighting: PLSQL, splitting: SQL_DIALECTS.oracle, formatting: 'plsql', invitation: SQL },
  mongo: {
    highlighting: mongoHighlighting,
    splitting: 'mongo',
    formatting: undefined,
    suggest: suggestMongo,
    invitation: 'Write a statement, such as db.orders.find({}).',
  },
};
