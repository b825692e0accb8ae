import { AppError } from '#contract/errors.ts';

export interface WatchTimes {
  /**
   * How often it is looked, in milliseconds. Five seconds: soon enough that a person calls it "at once", and a stream of 14
   * minutes, the longest there is, costs the table 168 small reads.
   */
  readonly everyMs: number;
  /** A table that fails, or is silent, is asked again for so long: nobody loses a statement to one that hiccups. */
  readonly doubtMs: number;
}

const WATCH: WatchTimes = { everyMs: 5_000, doubtMs: 60_000 };

/** "You may not", unlike "I do not know": what the guard refuses with. */
const REFUSALS: readonly number[] = [401, 403];

/**
 * Looks again and again whether what runs may go on. The signal aborts with the refusal; with the failure itself, where
 * nothing could be learned for too long; and when the one that was given does. `end` calls it off.
 */
export function watch(
  mayGoOn: () => Promise<void>,
  given: AbortSignal,
  { everyMs, doubtMs }: WatchTimes = WATCH,
): { readonly signal: AbortSignal; end(): void } {
  const stopped = new AbortController();
  let sureAt = performance.now();
  let asking = false;
  /** Why nobody is sure; undefined while it was not asked since somebody was, however long the process has slept. */
  let doubt: AppError | undefined;

  const ask = async () => {
    asking = true;
    doubt ??= new AppError('AWS_UNAVAILABLE');
    try {
      await mayGoOn();
      sureAt = performance.now();
      doubt = undefined;
    } catch (error) {
      doubt = error instanceof AppError ? error : new AppError('INTERNAL', { cause: error });
      if (REFUSALS.includes(doubt.status)) stop();
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(() => {
    if (doubt && performance.now() - sureAt > doubtMs) stop();
    else if (!asking) void ask();
  }, everyMs).unref();
  const end = () => clearInterval(timer);
  const stop = () => stopped.abort(doubt);
  const signal = AbortSignal.any([given, stopped.signal]);
  signal.addEventListener('abort', end, { once: true });
  return { signal, end };
}
