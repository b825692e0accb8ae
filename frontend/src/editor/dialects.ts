/** What the editor knows of each dialect, as data: how it is highlighted, where its statements end, how it is formatted. */
import { type SQLDialect as Highlighting, MySQL, PostgreSQL, StandardSQL } from '@codemirror/lang-sql';
import { SQL_DIALECTS, type SqlDialect } from '#contract/sql/split.ts';
import type { Dialect } from '../grid/sql-names.ts';
import type { FormatLanguage } from './format-sql.ts';

interface EditorDialect {
  readonly highlighting: Highlighting;
  /** Absent: the whole text is one statement. */
  readonly splitting: SqlDialect | undefined;
  /** Absent: there is no formatter for it. */
  readonly formatting: FormatLanguage | undefined;
}

export const EDITOR_DIALECTS: Readonly<Record<Dialect, EditorDialect>> = {
  postgres: { highlighting: PostgreSQL, splitting: SQL_DIALECTS.postgres, formatting: 'postgresql' },
  redshift: { highlighting: PostgreSQL, splitting: SQL_DIALECTS.redshift, formatting: 'redshift' },
  mysql: { highlighting: MySQL, splitting: SQL_DIALECTS.mysql, formatting: 'mysql' },
  partiql: { highlighting: StandardSQL, splitting: SQL_DIALECTS.redshift, formatting: 'sql' },
  mongo: { highlighting: StandardSQL, splitting: undefined, formatting: undefined },
};
