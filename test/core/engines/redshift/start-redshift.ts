/**
 * PostgreSQL with Redshift's catalogue, as the local account's warehouse has it: the SQL says what it is made of. A test puts
 * into the tables of the schema `only_redshift` what only Redshift knows.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../../../support/postgres-server.ts';

const CATALOGUE = join(import.meta.dirname, '../../../../lambdas/core/local/database/sql/redshift-catalogue.sql');

export async function startRedshift(): Promise<PostgresServer> {
  const server = await startPostgres();
  const admin = await server.client();
  await admin.query(`begin; ${await readFile(CATALOGUE, 'utf8')}; commit`);
  return server;
}
