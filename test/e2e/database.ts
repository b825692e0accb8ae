/** The way around Lodge: the product's own PostgreSQL, asked directly, to compare what the screen says. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { derivePassword, loadSeed } from '#core/local/account/seed.ts';

export interface Direct extends AsyncDisposable {
  /** The rows of a statement, each value as the database prints it. */
  rows(statement: string): Promise<(string | null)[][]>;
  /** How many statements that hold this text run now. */
  running(text: string): Promise<number>;
}

/** Opens a superuser's connection to the database of a product whose state is in `folder`. */
export async function openDirectly(folder: string, database = 'shop'): Promise<Direct> {
  // The port stands in line 4 of postmaster.pid (PostgreSQL's miscadmin.h).
  const port = Number((await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[3]);
  const password = derivePassword(await loadSeed(folder), 'postgres');
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database });
  await client.connect();
  const asPrinted = { getTypeParser: () => (value: string) => value };
  const rows = async (text: string) => (await client.query({ text, rowMode: 'array', types: asPrinted })).rows;
  return {
    rows,
    async running(text) {
      const { rows: found } = await client.query(
        "select 1 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like $1",
        [`%${text}%`],
      );
      return found.length;
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}
