import { AppError } from '#contract/errors.ts';

/** So long before a function's time is over its work is aborted: enough to stop a statement and to say so. */
const RESERVE_MS = 3_000;

/** Aborts a little before the function's time is over: so long that its end can be told. `clear` calls it off. */
export function deadline(remainingMs: number, reserveMs = RESERVE_MS): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const message = 'This ran until the time of its function was over, and was stopped.';
  const timer = setTimeout(
    () => controller.abort(new AppError('STATEMENT_TIMEOUT', { message })),
    Math.max(remainingMs - reserveMs, 0),
  );
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
