import { asTheyFinish, type Task } from '../../lambdas/explorer/as-they-finish.ts';

/** A task that finishes when it is told to. */
function held<T>(result: T, ...groups: string[]) {
  const { promise, resolve } = Promise.withResolvers<T>();
  const state = { begun: false };
  const run = () => {
    state.begun = true;
    return promise;
  };
  return { task: { groups, run }, state, finish: () => resolve(result) };
}

const bounds = (atOnce: number) => ({ atOnce, ofOneGroup: atOnce });

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
};

describe('asTheyFinish', () => {
  it('yields results in the order in which they finish', async () => {
    const [slow, quick] = [held('slow'), held('quick')];
    const all = collect(asTheyFinish([slow.task, quick.task], bounds(2)));
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
        bounds(2),
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
    expect(await collect(asTheyFinish([], bounds(4)))).toEqual([]);
  });

  it('runs every one of many more tasks than its limit', async () => {
    const tasks = Array.from({ length: 500 }, (_, index) => ({ groups: [], run: async () => index }));
    const all = await collect(asTheyFinish(tasks, bounds(7)));
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });

  it('begins nothing more once the signal has aborted', async () => {
    const stop = new AbortController();
    const tasks = [held(1), held(2)];
    const all = collect(
      asTheyFinish(
        tasks.map(({ task }) => task),
        { ...bounds(1), signal: stop.signal },
      ),
    );
    await new Promise(setImmediate);
    stop.abort();
    tasks[0]?.finish();
    expect(await all).toEqual([1]);
    expect(tasks[1]?.state.begun).toBe(false);
  });

  it('begins no more of one group than may be, and lets others pass', async () => {
    const tasks = [held(1, 'slow', 'a'), held(2, 'slow', 'b'), held(3, 'quick', 'b'), held(4, 'quick', 'c')];
    const begun = () => tasks.map(({ state }) => state.begun);
    const all = collect(
      asTheyFinish(
        tasks.map(({ task }) => task),
        { atOnce: 3, ofOneGroup: 1 },
      ),
    );
    await new Promise(setImmediate);
    expect(begun()).toEqual([true, false, true, false]);
    tasks[2]?.finish();
    await new Promise(setImmediate);
    expect(begun()).toEqual([true, false, true, true]);
    for (const { finish } of tasks) finish();
    expect((await all).sort()).toEqual([1, 2, 3, 4]);
  });

  it('runs what a result makes worth doing besides', async () => {
    const task = (result: number): Task<number> => ({ groups: [], run: async () => result });
    const next = (result: number) => (result < 3 ? [task(result + 1)] : []);
    expect(await collect(asTheyFinish([task(1)], { ...bounds(1), next }))).toEqual([1, 2, 3]);
  });
});
