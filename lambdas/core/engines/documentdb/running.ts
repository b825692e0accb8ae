/** The scripts that run in this process, so that a cancel can end their sockets, too. */
import { AppError } from '#contract/errors.ts';

const scripts = new Map<string, AbortController>();

/** Notes a script that begins; `end` forgets it. The handle is the id of its session, which the server knows as well. */
export function begin(handle: string, stop: AbortController): { end(): void } {
  scripts.set(handle, stop);
  return { end: () => void scripts.delete(handle) };
}

/** False: no such script runs here. */
export function stopHere(handle: string): boolean {
  const stop = scripts.get(handle);
  stop?.abort(new AppError('STATEMENT_CANCELLED'));
  return stop !== undefined;
}
