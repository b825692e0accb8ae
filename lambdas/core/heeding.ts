/**
 * What comes of the work, unless the signal aborts first. A table or a KMS that is silent must not be waited for until the
 * function is ended, for then nobody says what happened.
 */
export async function heeding<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return Promise.race([work, aborted.promise]).finally(() => signal.removeEventListener('abort', abort));
}
