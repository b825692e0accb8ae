/** The formatter, in a chunk of its own: it is fetched when somebody formats for the first time. */
import { formatDialect, mysql, plsql, postgresql, redshift, sql, transactsql } from 'sql-formatter';

const LANGUAGES = { mysql, plsql, postgresql, redshift, sql, transactsql } as const;
export type FormatLanguage = keyof typeof LANGUAGES;

/** Throws where the text cannot be understood. */
export const formatSql = (text: string, language: FormatLanguage): string =>
  formatDialect(text, {
    dialect: LANGUAGES[language],
    keywordCase: 'upper',
    tabWidth: 2,
    expressionWidth: 80,
    linesBetweenQueries: 1,
  });
