/** The demo's databases, made by SQL in the server itself. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Server } from './start-server.ts';

const SQL = join(import.meta.dirname, 'sql');

/** What fills which database; the jobs run side by side, their files in order. */
const JOBS = [
  { database: 'shop', files: ['events.sql'] },
  { database: 'shop', files: ['shop-schema.sql', 'shop-data.sql', 'shop-code.sql'] },
  { database: 'analytics', files: ['web.sql'] },
  { database: 'tickets', files: ['tickets.sql'] },
  { database: 'partner', files: ['partner.sql'] },
  { database: 'warehouse', files: ['redshift-catalogue.sql', 'warehouse.sql'] },
  { database: 'adhoc', files: ['redshift-catalogue.sql', 'adhoc.sql'] },
  // A cluster of Aurora DSQL has one database, of this name.
  { database: 'postgres', files: ['accounts.sql'] },
  { database: 'payroll', files: ['payroll.sql'] },
] as const;
const DATABASES = [...new Set(JOBS.map(({ database }) => database))];
const ROLES = 'roles.sql';

/** The users of `sql/roles.sql` that log in with a password which somebody types, and those whose password a secret keeps. */
export const PASSWORD_USERS = ['app', 'reporting'] as const;
export const MANAGED_USERS = ['shop_owner'] as const;

export interface DemoData {
  /** Differs where another version of the files, or another size, would make other data. */
  readonly fingerprint: string;
  /** Fills an empty server. `passwords` are those of PASSWORD_USERS and MANAGED_USERS. */
  make(server: Server, passwords: Readonly<Record<string, string>>): Promise<void>;
}

export const readDemoData = async (eventsRows: number): Promise<DemoData> => {
  const names = [ROLES, ...JOBS.flatMap(({ files }) => files)];
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(SQL, name), 'utf8')] as const)),
  );
  const text = (name: string) => files.get(name) ?? '';
  return {
    fingerprint: createHash('sha256')
      .update(JSON.stringify([...files, eventsRows]))
      .digest('hex'),
    async make({ admin }, passwords) {
      const missing = DATABASES.filter((database) => database !== 'postgres');
      const databases = missing.map((database) => `create database ${database}`);
      await query(admin, 'postgres', [text(ROLES), ...Object.entries(passwords).map(setPassword), ...databases]);
      const begin = `begin; set local lodge.events_rows = ${eventsRows}; set local jit = off;`;
      const run = ({ database, files: parts }: (typeof JOBS)[number]) =>
        query(admin, database, [begin, ...parts.map(text), 'commit']);
      await Promise.all(JOBS.map(run));
      await Promise.all(DATABASES.map((database) => query(admin, database, ['vacuum (analyze, freeze)'])));
    },
  };
};

const setPassword = ([user, password]: readonly [string, string]): string =>
  `alter role ${pg.escapeIdentifier(user)} password ${pg.escapeLiteral(password)}`;

const query = async (admin: Server['admin'], database: string, statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ ...admin, database });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};
