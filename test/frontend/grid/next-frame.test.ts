import { nextFrame, oncePerFrame } from '../../../frontend/src/grid/next-frame.ts';

test('calls before the frame are one call in it', () => {
  const tasks: (() => void)[] = [];
  const task = jest.fn();
  const tell = oncePerFrame(task, (next) => tasks.push(next));
  tell();
  tell();
  expect([tasks.length, task.mock.calls.length]).toEqual([1, 0]);
  tasks[0]?.();
  tell();
  expect([tasks.length, task.mock.calls.length]).toEqual([2, 1]);
});

test('without animation frames a timer does', async () => {
  await new Promise<void>((done) => nextFrame(done));
});
