/** What can stand in for DocumentDB on this machine: FerretDB, built by `npm run ferretdb`, or `mongod` on the PATH. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Program {
  readonly kind: 'ferretdb' | 'mongod';
  readonly file: string;
}

/** What to do where both are missing; it takes Go. */
export const DOCUMENTDB_COMMAND = 'npm run ferretdb';

/** Undefined: this machine has neither. A `mongod` is the more complete of the two. */
export const findProgram = (path: string = process.env.PATH ?? ''): Program | undefined => {
  const mongod = path
    .split(delimiter)
    .filter(Boolean)
    .map((place) => join(place, 'mongod'))
    .find(isExecutable);
  if (mongod) return { kind: 'mongod', file: mongod };
  const built = builtFile();
  return isExecutable(built) ? { kind: 'ferretdb', file: built } : undefined;
};

const SOURCES = join(import.meta.dirname, 'ferretdb');

/** Builds FerretDB once for these sources: a minute and a half, and nothing when it is there. Rejects without Go. */
export const buildFerretDb = async (): Promise<{ readonly file: string; readonly built: boolean }> => {
  const file = builtFile();
  if (isExecutable(file)) return { file, built: false };
  await mkdir(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  const arguments_ = ['build', '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', half, '.'];
  await promisify(execFile)('go', arguments_, {
    cwd: SOURCES,
    env: { ...process.env, GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0' },
    maxBuffer: 64 * 1024 * 1024,
  });
  await rename(half, file);
  return { file, built: true };
};

/** Named after its sources, so that another version of them is another file. */
const builtFile = (): string => {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(SOURCES, name)));
  const end = process.platform === 'win32' ? '.exe' : '';
  return join(cacheFolder(), 'lodge', `ferretdb-${hash.digest('hex').slice(0, 16)}${end}`);
};

/** Where each system wants what can be made again. */
const cacheFolder = (): string => {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
