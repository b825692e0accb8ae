import { heeding } from '#core/heeding.ts';

/** So long a statement has to stop, and an upload to end, once they are told to: then there is time left to tell of it. */
const GRACE_MS = 10_000;

/**
 * What comes of the work. Where it does not end although it was told to, it is left to itself: a database or an S3 that is
 * silent must not keep a run from saying how it ended.
 */
export async function unlessHanging<T>(signal: AbortSignal, work: Promise<T>, graceMs = GRACE_MS): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    timer = setTimeout(() => late.abort(signal.reason), graceMs);
  };
  signal.addEventListener('abort', wait);
  if (signal.aborted) wait();
  try {
    return await heeding(late.signal, work);
  } finally {
    signal.removeEventListener('abort', wait);
    clearTimeout(timer);
  }
}
