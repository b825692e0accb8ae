/** The local account's MariaDB with the demo's data in it. */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { SQL_DIALECTS, splitStatements } from '#contract/sql/split.ts';
import { derivePassword, loadSeed } from '../account/seed.ts';
import type { Programs } from './programs.ts';
import { type MariaDbServer, startMariaDb } from './start-server.ts';

export const BOOKINGS_DATABASE = 'bookings';
/** Logs in with a password; the others use IAM. */
const PASSWORD_USER = 'front_desk';
/** Has a password that nobody types, for a secret keeps it. */
export const MANAGED_USER = 'bookings_owner';
export const IAM_USERS = ['app_iam', 'analyst_iam'] as const;

export interface Bookings extends MariaDbServer {
  /** Such as `10.11.6`. */
  readonly version: string;
  readonly passwords: Readonly<Record<string, string>>;
  /** The password of MANAGED_USER. */
  readonly managed: string;
}

/** Starts MariaDB on the data of `folder`, and makes them where they are missing, half made, or of another version. */
export const startBookings = async (folder: string, programs: Programs): Promise<Bookings> => {
  const seed = await loadSeed(folder);
  const data = resolve(folder, 'mariadb');
  const madeFile = resolve(folder, 'mariadb.made');
  const sql = await readFile(join(import.meta.dirname, 'sql/bookings.sql'), 'utf8');
  const fingerprint = createHash('sha256').update(`${MANAGED_USER} ${sql}`).digest('hex');
  const isMade = (await readFile(madeFile, 'utf8').catch(() => '')) === fingerprint;
  if (!isMade) {
    await rm(madeFile, { force: true });
    await rm(data, { recursive: true, force: true });
  }
  const password = derivePassword(seed, 'mariadb:front_desk');
  const managed = derivePassword(seed, `mariadb:${MANAGED_USER}`);
  const users = usersSql({ [PASSWORD_USER]: password, [MANAGED_USER]: managed }, derivePassword(seed, 'mariadb:iam'));
  const server = await startMariaDb({ programs, data, password: derivePassword(seed, 'mariadb') });
  try {
    const version = await make(server, isMade ? [] : [...users, ...statementsOf(sql)]);
    if (!isMade) await writeFile(madeFile, fingerprint);
    return { ...server, version, passwords: { [PASSWORD_USER]: password }, managed };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
};

const statementsOf = (sql: string): string[] =>
  splitStatements(sql, SQL_DIALECTS.mysql).map(({ from, to }) => sql.slice(from, to));

/** The passwords are of our own making: letters and digits. */
const usersSql = (passwords: Readonly<Record<string, string>>, unused: string): string[] => [
  `CREATE DATABASE ${BOOKINGS_DATABASE}`,
  `USE ${BOOKINGS_DATABASE}`,
  'CREATE ROLE rds_iam',
  ...Object.entries(passwords).flatMap(([user, password]) => [
    `CREATE USER ${user}@'%' IDENTIFIED BY '${password}'`,
    `GRANT ALL ON ${BOOKINGS_DATABASE}.* TO ${user}@'%'`,
  ]),
  ...IAM_USERS.flatMap((user) => [
    // The gateway changes it at the first login.
    `CREATE USER ${user}@'%' IDENTIFIED BY '${unused}'`,
    `GRANT rds_iam TO ${user}@'%'`,
  ]),
  `GRANT ALL ON ${BOOKINGS_DATABASE}.* TO app_iam@'%'`,
  `GRANT SELECT, SHOW VIEW, EXECUTE ON ${BOOKINGS_DATABASE}.* TO analyst_iam@'%'`,
];

/** Runs what makes the data. Returns the server's version. */
const make = async ({ admin }: MariaDbServer, statements: readonly string[]): Promise<string> => {
  const client = await createConnection(admin);
  try {
    for (const statement of statements) await client.query(statement);
    const [rows] = await client.query({ sql: 'SELECT VERSION()', rowsAsArray: true });
    return String((rows as string[][])[0]?.[0]).replace(/-.*/, '');
  } finally {
    await client.end();
  }
};
