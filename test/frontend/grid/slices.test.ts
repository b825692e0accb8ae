import { breathe, inSlices } from '../../../frontend/src/grid/slices.ts';

test('every step is taken, in order', async () => {
  const steps: number[] = [];
  await inSlices(1_000, new AbortController().signal, (index) => steps.push(index));
  expect(steps).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
});

test('aborting stops before the next step', async () => {
  const stop = new AbortController();
  const steps: number[] = [];
  const work = inSlices(10, stop.signal, (index) => {
    steps.push(index);
    if (index === 3) stop.abort(new Error('enough'));
  });
  await expect(work).rejects.toThrow('enough');
  expect(steps).toEqual([0, 1, 2, 3]);
});

test('long steps leave room for what waits', async () => {
  let waited = false;
  setTimeout(() => {
    waited = true;
  }, 0);
  let sawIt = false;
  await inSlices(100, new AbortController().signal, () => {
    const end = performance.now() + 3;
    while (performance.now() < end);
    sawIt ||= waited;
  });
  expect(sawIt).toBe(true);
});

test('a breath comes back', async () => {
  await expect(breathe()).resolves.toBeUndefined();
});
