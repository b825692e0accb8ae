/** The shape of a demo database: a file each beside this one, a row each in `demos.ts`. */
import type { Holdings } from '../account/holdings.ts';
import { ACCOUNT_ID } from '../account/principals.ts';
import type { Registry } from '../account/registry.ts';
import type { Seed } from '../account/seed.ts';
import type { TemporaryPasswords } from '../account/temporary-passwords.ts';
import type { Database } from '../database/start-database.ts';
import type { Certificates } from '../gateway/certificates.ts';
import type { Lacking } from '../lacking.ts';
import { VPCS } from './networks.ts';

/** What it may stand on. */
export interface Ground {
  /** Where its data may lie, as an absolute path. */
  readonly folder: string;
  /** How many rows the largest table gets; what is smaller stays smaller. */
  readonly eventsRows: number;
  readonly seed: Seed;
  readonly registry: Registry;
  readonly passwords: TemporaryPasswords;
  readonly certificates: Certificates;
  /** The one PostgreSQL that all demos share; each has databases of its own there. */
  readonly postgres: Promise<Database>;
  /** The same after each start of a folder: connections that the browser holds find it again. */
  portOf(identifier: string): number;
}

/** A demo database that runs. Disposing it ends what it has started. */
export interface Demo extends AsyncDisposable {
  readonly holds: Partial<Holdings>;
  /** What `npm start` says of it; empty where it does not run. */
  readonly lines: readonly string[];
  readonly lacking: readonly Lacking[];
}

export interface DemoPart {
  /** What it keeps in the folder: thrown away by `--fresh`. */
  readonly keeps: readonly string[];
  start(ground: Ground): Promise<Demo>;
}

/** Where most of the demo's databases are, unless they say otherwise. */
export const AT_HOME = { accountId: ACCOUNT_ID, host: 'localhost', vpcId: VPCS.public.vpcId } as const;

/** A line of `lines`. */
export const listening = (title: string, what: string, port: number): string =>
  `${title.padEnd(12)}  ${what}, localhost:${port}, TLS only`;

/** Lines for who may log in, below that of the database. */
export const loginLines = (iam: readonly string[], passwords: Readonly<Record<string, string>>): string[] => [
  `  database users with IAM: ${iam.join(', ')}`,
  ...Object.entries(passwords).map(([user, password]) => `  database user with a password: ${user} / ${password}`),
];
