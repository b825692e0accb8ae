/** The local account's PostgreSQL with the demo's data in it. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { derivePassword, loadSeed } from '../account/seed.ts';
import { MANAGED_USERS, PASSWORD_USERS, readDemoData } from './demo-data.ts';
import { endOrphan } from './end-orphan.ts';
import { type Server, startServer } from './start-server.ts';

export interface DatabaseOptions {
  /** A million unless said otherwise. */
  readonly eventsRows?: number;
  print?(line: string): void;
}

export interface Database extends Server {
  /** The passwords of the users that log in with one; all others use IAM. */
  readonly passwords: Readonly<Record<string, string>>;
  /** The passwords of users that nobody types, for secrets keep them. */
  readonly managed: Readonly<Record<string, string>>;
}

/**
 * Starts PostgreSQL on the data of `folder`, and makes them where they are missing, half made, or of another version.
 * Making takes seconds and is done once; what somebody has changed in them since is kept.
 */
export const startDatabase = async (folder: string, options: DatabaseOptions = {}): Promise<Database> => {
  const { eventsRows = 1_000_000, print = () => {} } = options;
  const seed = await loadSeed(folder);
  const data = resolve(folder, 'postgres');
  const madeFile = resolve(folder, 'postgres.made');
  const demo = await readDemoData(eventsRows);
  const isMade = (await readFile(madeFile, 'utf8').catch(() => '')) === demo.fingerprint;
  if (!isMade) {
    await endOrphan(data);
    await rm(madeFile, { force: true });
    await rm(data, { recursive: true, force: true });
  }
  const passwordsOf = (users: readonly string[]) =>
    Object.fromEntries(users.map((user) => [user, derivePassword(seed, user)]));
  const [passwords, managed] = [passwordsOf(PASSWORD_USERS), passwordsOf(MANAGED_USERS)];
  const server = await startServer(data, seed);
  try {
    if (!isMade) {
      print(`Making the demo's databases, with ${eventsRows.toLocaleString('en')} events …`);
      await demo.make(server, { ...passwords, ...managed });
      await writeFile(madeFile, demo.fingerprint);
    }
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return { ...server, passwords, managed };
};
