/** Redshift reads a backslash in a literal as PostgreSQL 8.0 does: it escapes. */
export const quoteText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
