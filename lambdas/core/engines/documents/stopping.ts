/** What ends a script: whoever asked for it, the end of its connection, and its time. */
import { AppError } from '#contract/errors.ts';

interface Stopping extends Disposable {
  readonly stop: AbortController;
}

/** Is aborted by the first of the signals, with what that says. */
export function stopWith(signals: readonly AbortSignal[]): Stopping {
  const stop = new AbortController();
  const abort = () => stop.abort(whyStopped(signals));
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
  if (signals.some(({ aborted }) => aborted)) abort();
  return {
    stop,
    [Symbol.dispose]() {
      for (const signal of signals) signal.removeEventListener('abort', abort);
    },
  };
}

const whyStopped = (signals: readonly AbortSignal[]): AppError =>
  signals.map(({ reason }) => reason).find((reason) => reason instanceof AppError) ??
  new AppError('STATEMENT_CANCELLED');

/**
 * Aborts when so many milliseconds are over. A script whose rows nobody takes any more never comes to its end: so nothing
 * waits for the time of one that was stopped.
 */
export function stopAfter(ms: number, stop: AbortController): Disposable {
  const timer = setTimeout(() => stop.abort(new AppError('STATEMENT_TIMEOUT')), ms);
  const forget = () => clearTimeout(timer);
  stop.signal.addEventListener('abort', forget, { once: true });
  return {
    [Symbol.dispose]() {
      forget();
      stop.signal.removeEventListener('abort', forget);
    },
  };
}
