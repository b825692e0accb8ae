/** Builds the frontend when it is missing or older than what it is made of. */
import { readdir, stat } from 'node:fs/promises';
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

/** Builds the pages with Vite. Throws what Vite throws. */
export async function buildFrontend(root: string): Promise<void> {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'frontend/vite.config.ts'), logLevel: 'warn' });
}

/** When the newest file below a path was changed, in ms since 1970; 0 where there is none. */
async function newestIn(path: string): Promise<number> {
  const known = await stat(path).catch(() => undefined);
  if (!known) return 0;
  if (!known.isDirectory()) return known.mtimeMs;
  const below = await readdir(path, { recursive: true, withFileTypes: true });
  const times = below.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)));
  return Math.max(0, ...(await Promise.all(times)).map(({ mtimeMs }) => mtimeMs));
}
