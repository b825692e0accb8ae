import { renewing } from '../../../../frontend/src/features/automations/use-renewal.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('it looks again every three seconds, until it is ended', async () => {
  const renew = jest.fn(async () => undefined);
  const end = renewing(renew, () => true);
  await jest.advanceTimersByTimeAsync(9_500);
  expect(renew).toHaveBeenCalledTimes(3);
  end();
  await jest.advanceTimersByTimeAsync(9_000);
  expect(renew).toHaveBeenCalledTimes(3);
});

test('it asks nothing while nobody looks at the page', async () => {
  let seen = false;
  const renew = jest.fn(async () => undefined);
  const end = renewing(renew, () => seen);
  await jest.advanceTimersByTimeAsync(6_000);
  expect(renew).not.toHaveBeenCalled();
  seen = true;
  await jest.advanceTimersByTimeAsync(3_000);
  expect(renew).toHaveBeenCalledTimes(1);
  end();
});

test('it does not ask again before it was answered', async () => {
  let answer: (() => void) | undefined;
  const renew = jest.fn(
    () =>
      new Promise<void>((resolve) => {
        answer = resolve;
      }),
  );
  const end = renewing(renew, () => true);
  await jest.advanceTimersByTimeAsync(9_000);
  expect(renew).toHaveBeenCalledTimes(1);
  answer?.();
  await jest.advanceTimersByTimeAsync(3_000);
  expect(renew).toHaveBeenCalledTimes(2);
  end();
});
