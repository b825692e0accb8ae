/** The scripts that run in this process, so that a cancel can find them: DynamoDB itself knows no running statement. */
import { randomUUID } from 'node:crypto';
import { AppError } from '#contract/errors.ts';

/** Tells the handles of this process from those of another one. */
const PROCESS = randomUUID();
const HANDLE = /^[0-9a-f-]{36}\.[0-9a-f-]{36}$/;
const scripts = new Map<string, AbortController>();

/** Notes a script that begins, by a handle that nobody can guess who was not told it; `end` forgets it. */
export function begin(stop: AbortController): { readonly handle: string; end(): void } {
  const handle = `${PROCESS}.${randomUUID()}`;
  scripts.set(handle, stop);
  return { handle, end: () => void scripts.delete(handle) };
}

/**
 * Aborts the request of a script. False: it had ended. Errors: DATABASE_UNREACHABLE where another process runs it, for
 * there is nothing in DynamoDB that could be told to stop.
 */
export function cancel(handle: string): boolean {
  if (HANDLE.test(handle) && !handle.startsWith(PROCESS))
    throw new AppError('DATABASE_UNREACHABLE', {
      message: 'DynamoDB has no statement that could be stopped, and another process of Lodge reads its pages.',
      details: { hint: 'Reading ends when nobody takes the rows any more, at the row limit or at the time limit.' },
    });
  const stop = scripts.get(handle);
  stop?.abort(new AppError('STATEMENT_CANCELLED'));
  return stop !== undefined;
}
