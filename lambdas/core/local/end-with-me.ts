/** No orphans: a process that we started ends when we do, even where we were killed and could not say so. */
import { spawn } from 'node:child_process';

/**
 * A shell of its own waits at a pipe from us. When the pipe closes, for whatever reason, it signals the process. Returns
 * what calls it off, once the process has ended by itself. On Windows there is no such shell: the next start cleans up.
 */
export const endWithMe = (pid: number | undefined, signal: 'INT' | 'TERM'): (() => void) => {
  if (pid === undefined || process.platform === 'win32') return () => {};
  const script = 'while read -r _; do :; done; kill -s "$2" "$1" 2>/dev/null';
  const shell = spawn('/bin/sh', ['-c', script, 'sh', String(pid), signal], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A group of its own: Ctrl+C goes to the whole group of the terminal and must not end it before us.
    detached: true,
  });
  shell.once('error', () => {});
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return () => void shell.kill('SIGKILL');
};
