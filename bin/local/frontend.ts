/** Builds the frontend when it is missing or older than what it is made of. */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders and files that the built pages are made of. */
const SOURCES = ['frontend', 'lambdas/core/contract', 'package-lock.json'];

/** Where the built pages are. */
export const BUILT = 'dist/frontend';

/** True when nothing was built yet, or something has changed since. */
export async function isStale(root: string): Promise<boolean> {
  const built = await stat(join(root, BUILT, 'index.html')).catch(() => undefined);
  if (!built) return true;
  const newest = await Promise.all(SOURCES.map((source) => newestIn(join(root, source))));
  return Math.max(...newest) > built.mtimeMs;
}

/**
 * Builds the pages with Vite, beside the old ones, and puts them in their place when they are whole: whoever serves the
 * folder or builds it at the same time never sees half of it. Throws what Vite throws.
 */
export async function buildFrontend(root: string): Promise<void> {
  const { build } = await import('vite');
  // Vite takes it from the shell where it is set; the pages are always those that are deployed.
  process.env.NODE_ENV = 'production';
  const made = join(root, `${BUILT}-${process.pid}`);
  try {
    const outDir = made;
    await build({ configFile: join(root, 'frontend/vite.config.ts'), logLevel: 'warn', build: { outDir } });
    // Another build may have been faster: its pages are as new as ours, and served already.
    if (await isStale(root)) await replace(join(root, BUILT), made);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function replace(folder: string, by: string): Promise<void> {
  const old = `${by}-old`;
  await rename(folder, old).catch(unless('ENOENT'));
  // Another build was faster: its pages are as new as ours.
  await rename(by, folder).catch(unless('ENOTEMPTY', 'EEXIST'));
  await rm(old, { recursive: true, force: true });
}

const unless =
  (...codes: string[]) =>
  (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };

/** When the newest file below a path was changed, in ms since 1970; 0 where there is none. */
async function newestIn(path: string): Promise<number> {
  const known = await stat(path).catch(() => undefined);
  if (!known) return 0;
  if (!known.isDirectory()) return known.mtimeMs;
  const below = await readdir(path, { recursive: true, withFileTypes: true });
  const times = below.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)));
  return Math.max(0, ...(await Promise.all(times)).map(({ mtimeMs }) => mtimeMs));
}
