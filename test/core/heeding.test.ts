import { AppError } from '#contract/errors.ts';
import { heeding } from '#core/heeding.ts';

const never = new Promise<never>(() => undefined);
const reason = new AppError('STATEMENT_TIMEOUT');

it('gives what comes of the work, and what it fails with', async () => {
  const { signal } = new AbortController();
  expect(await heeding(signal, Promise.resolve(7))).toBe(7);
  await expect(heeding(signal, Promise.reject(reason))).rejects.toBe(reason);
});

it('does not wait for work whose signal aborts, or has', async () => {
  const controller = new AbortController();
  const waiting = heeding(controller.signal, never);
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(heeding(controller.signal, never)).rejects.toBe(reason);
});
