import { redshift } from '#core/engines/redshift/redshift.ts';
import { postgresSubject } from '../pg-wire/postgres-subject.ts';
import { type SqlSubject, sqlConformance } from '../sql/conformance.ts';
import { startRedshift } from './start-redshift.ts';

const quote = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

async function setUp(): Promise<SqlSubject> {
  const subject = await postgresSubject(redshift, await startRedshift());
  const sql = { ...subject.sql, text: (value: string) => `select ${quote(value)} as value` };
  // Redshift has no indexes.
  return { ...subject, sql, indexes: 0 };
}

sqlConformance('Redshift', setUp);
