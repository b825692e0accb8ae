import { once } from 'node:events';
import { AppError } from '#contract/errors.ts';
import { watch } from '#core/http/watch.ts';

const OFTEN = { everyMs: 1, doubtMs: 60_000 };

/** Answers one after the other, the last again and again; an error is thrown. `asked` resolves at the nth question. */
function answering(...answers: (undefined | Error)[]) {
  let count = 0;
  const waiting = new Map<number, () => void>();
  const mayGoOn = async () => {
    const answer = answers[Math.min(count++, answers.length - 1)];
    waiting.get(count)?.();
    if (answer) throw answer;
  };
  const asked = (times: number) => new Promise<void>((resolve) => void waiting.set(times, resolve));
  return { mayGoOn, asked, count: () => count };
}

const aborted = async (signal: AbortSignal): Promise<unknown> => {
  if (!signal.aborted) await once(signal, 'abort');
  return signal.reason;
};

const never = new AbortController().signal;

test('what may go on goes on, however often it is looked', async () => {
  const { mayGoOn, asked } = answering(undefined);
  const { signal, end } = watch(mayGoOn, never, OFTEN);
  await asked(5);
  expect(signal.aborted).toBe(false);
  end();
});

test.each(['SESSION_EXPIRED', 'USER_BLOCKED', 'ROLE_REQUIRED', 'ACCOUNT_REFUSED', 'NOT_CLAIMED'] as const)(
  '%s ends it, with that as the reason',
  async (code) => {
    const refusal = new AppError(code);
    const { mayGoOn } = answering(undefined, undefined, refusal);
    expect(await aborted(watch(mayGoOn, never, OFTEN).signal)).toBe(refusal);
  },
);

test('a table that fails for a moment ends nothing', async () => {
  const { mayGoOn, asked } = answering(new AppError('THROTTLED'), new AppError('AWS_UNAVAILABLE'), undefined);
  const { signal, end } = watch(mayGoOn, never, OFTEN);
  await asked(4);
  expect(signal.aborted).toBe(false);
  end();
});

test('a table that goes on failing ends it, saying how it failed', async () => {
  const failure = new AppError('THROTTLED');
  const { mayGoOn } = answering(failure);
  expect(await aborted(watch(mayGoOn, never, { everyMs: 1, doubtMs: 20 }).signal)).toBe(failure);
});

test('so does a table that never answers, and it is not asked twice at once', async () => {
  let count = 0;
  const silent = () => {
    count++;
    return new Promise<void>(() => undefined);
  };
  const { signal } = watch(silent, never, { everyMs: 1, doubtMs: 20 });
  expect(await aborted(signal)).toMatchObject({ code: 'AWS_UNAVAILABLE' });
  expect(count).toBe(1);
});

test('an error that nobody meant is one of ours, with its cause', async () => {
  const cause = new TypeError('unreadable');
  const { mayGoOn } = answering(cause);
  const reason = await aborted(watch(mayGoOn, never, { everyMs: 1, doubtMs: 5 }).signal);
  expect(reason).toMatchObject({ code: 'INTERNAL', cause });
});

test('a process that has slept asks before it doubts', async () => {
  const { mayGoOn, asked, count } = answering(undefined);
  const { signal, end } = watch(mayGoOn, never, { everyMs: 20, doubtMs: 5 });
  await asked(3);
  expect(signal.aborted).toBe(false);
  expect(count()).toBe(3);
  end();
});

test.each(['ended', 'aborted from outside'])('once %s, it is not looked any more', async (how) => {
  const outside = new AbortController();
  const { mayGoOn, asked, count } = answering(undefined);
  const { signal, end } = watch(mayGoOn, outside.signal, OFTEN);
  await asked(1);
  const reason = new AppError('STATEMENT_CANCELLED');
  if (how === 'ended') end();
  else outside.abort(reason);
  const seen = count();
  const other = answering(undefined);
  const { end: endOther } = watch(other.mayGoOn, never, OFTEN);
  await other.asked(5);
  endOther();
  expect(count()).toBe(seen);
  expect(signal.reason).toBe(how === 'ended' ? undefined : reason);
});
