/** The one secret of a local account, made at random for each folder: all of its keys and passwords are derived from it. */
import { createHmac, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** 32 bytes. Nothing that is derived from them stands in a file or in the repository. */
export type Seed = Buffer;

/** Reads the folder's seed; makes folder and seed where they are missing. */
export const loadSeed = async (folder: string): Promise<Seed> => {
  await mkdir(folder, { recursive: true });
  // PostgreSQL runs as a user of its own where we are root, and must be able to reach its files below.
  await chmod(folder, 0o755);
  const file = join(folder, 'seed');
  await writeFile(file, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 }).catch(existsAlready);
  return Buffer.from(await readFile(file, 'utf8'), 'base64');
};

const existsAlready = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EEXIST') throw error;
};

/** 32 bytes for one purpose. */
export const derive = (seed: Seed, purpose: string): Buffer => createHmac('sha256', seed).update(purpose).digest();

/** A secret that a person may have to type: letters and digits only, 128 bits. */
export const derivePassword = (seed: Seed, purpose: string): string =>
  derive(seed, `password:${purpose}`).toString('hex').slice(0, 32);
