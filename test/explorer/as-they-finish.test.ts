import { asTheyFinish } from '../../lambdas/explorer/as-they-finish.ts';

/** A task that finishes when it is told to. */
function held<T>(result: T) {
  const { promise, resolve } = Promise.withResolvers<T>();
  const state = { begun: false };
  const task = () => {
    state.begun = true;
    return promise;
  };
  return { task, state, finish: () => resolve(result) };
}

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
};

describe('asTheyFinish', () => {
  it('yields results in the order in which they finish', async () => {
    const [slow, quick] = [held('slow'), held('quick')];
    const all = collect(asTheyFinish([slow.task, quick.task], 2));
    quick.finish();
    await new Promise(setImmediate);
    slow.finish();
    expect(await all).toEqual(['quick', 'slow']);
  });

  it('begins no more tasks at once than its limit', async () => {
    const tasks = [held(1), held(2), held(3)];
    const all = collect(
      asTheyFinish(
        tasks.map(({ task }) => task),
        2,
      ),
    );
    await new Promise(setImmediate);
    expect(tasks.map(({ state }) => state.begun)).toEqual([true, true, false]);
    tasks[0]?.finish();
    await new Promise(setImmediate);
    expect(tasks[2]?.state.begun).toBe(true);
    for (const { finish } of tasks) finish();
    expect((await all).sort()).toEqual([1, 2, 3]);
  });

  it('ends at once where there is nothing to do', async () => {
    expect(await collect(asTheyFinish([], 4))).toEqual([]);
  });

  it('runs every one of many more tasks than its limit', async () => {
    const tasks = Array.from({ length: 500 }, (_, index) => async () => index);
    const all = await collect(asTheyFinish(tasks, 7));
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });

  it('begins nothing more once the signal has aborted', async () => {
    const stop = new AbortController();
    const tasks = [held(1), held(2)];
    const all = collect(
      asTheyFinish(
        tasks.map(({ task }) => task),
        1,
        stop.signal,
      ),
    );
    await new Promise(setImmediate);
    stop.abort();
    tasks[0]?.finish();
    expect(await all).toEqual([1]);
    expect(tasks[1]?.state.begun).toBe(false);
  });
});
