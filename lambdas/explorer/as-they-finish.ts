export interface Task<T> {
  /** What it waits for: tasks that have a group in common share the slots of one group. */
  readonly groups: readonly string[];
  /** Must not reject. */
  run(): Promise<T>;
}

export interface Bounds<T> {
  /** How many tasks run at once, and how many of one group: so that a slow one leaves slots to the others. */
  readonly atOnce: number;
  readonly ofOneGroup: number;
  /** Once it has aborted, nothing more begins. */
  readonly signal?: AbortSignal;
  /** What a result makes worth doing besides. */
  next?(result: T): readonly Task<T>[];
}

/**
 * Runs tasks within bounds, the first first, and yields their results in the order in which they finish. Nothing more
 * begins once the iteration was left.
 */
export async function* asTheyFinish<T>(tasks: readonly Task<T>[], bounds: Bounds<T>): AsyncGenerator<T, void, void> {
  const waiting = [...tasks];
  const running = new Map<Task<T>, Promise<{ result: T; task: Task<T> }>>();
  const runningOf = (group: string) => [...running.keys()].filter(({ groups }) => groups.includes(group)).length;
  const isFree = ({ groups }: Task<T>) => groups.every((group) => runningOf(group) < bounds.ofOneGroup);
  const begin = () => {
    while (running.size < bounds.atOnce && !bounds.signal?.aborted) {
      const at = waiting.findIndex(isFree);
      const [task] = at < 0 ? [] : waiting.splice(at, 1);
      if (!task) return;
      running.set(
        task,
        task.run().then((result) => ({ result, task })),
      );
    }
  };
  begin();
  while (running.size > 0) {
    const { result, task } = await Promise.race(running.values());
    running.delete(task);
    waiting.push(...(bounds.next?.(result) ?? []));
    begin();
    yield result;
  }
}
