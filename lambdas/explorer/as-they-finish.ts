/**
 * Runs tasks, at most `limit` at once, and yields their results in the order in which they finish. A task must not
 * reject. No further task begins once the signal has aborted or the iteration was left.
 */
export async function* asTheyFinish<T>(
  tasks: readonly (() => Promise<T>)[],
  limit: number,
  signal?: AbortSignal,
): AsyncGenerator<T, void, void> {
  const running = new Set<Promise<{ result: T; self: Promise<unknown> }>>();
  const waiting = tasks.values();
  const begin = (): boolean => {
    const task = signal?.aborted ? undefined : waiting.next().value;
    if (!task) return false;
    const self: Promise<{ result: T; self: Promise<unknown> }> = task().then((result) => ({ result, self }));
    running.add(self);
    return true;
  };
  while (running.size < limit && begin());
  while (running.size > 0) {
    const { result, self } = await Promise.race(running);
    running.delete(self as typeof running extends Set<infer P> ? P : never);
    begin();
    yield result;
  }
}
