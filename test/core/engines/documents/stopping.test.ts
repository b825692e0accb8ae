import { AppError } from '#contract/errors.ts';
import { stopAfter, stopWith } from '#core/engines/documents/stopping.ts';

describe('a script', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is stopped by the first signal, with what that says', () => {
    const [asked, closed] = [new AbortController(), new AbortController()];
    using stopping = stopWith([asked.signal, closed.signal]);
    expect(stopping.stop.signal.aborted).toBe(false);
    closed.abort(new AppError('SESSION_EXPIRED'));
    expect(stopping.stop.signal.reason).toMatchObject({ code: 'SESSION_EXPIRED' });
  });

  it('is cancelled by a signal that says nothing, also by one that came before', () => {
    using stopping = stopWith([AbortSignal.abort()]);
    expect(stopping.stop.signal.reason).toMatchObject({ code: 'STATEMENT_CANCELLED' });
  });

  it('that has ended is not stopped any more', () => {
    const asked = new AbortController();
    const stopping = stopWith([asked.signal]);
    stopping[Symbol.dispose]();
    asked.abort();
    expect(stopping.stop.signal.aborted).toBe(false);
  });

  it('is stopped when its time is over, unless it has ended', () => {
    const [late, ended] = [new AbortController(), new AbortController()];
    using _time = stopAfter(1_000, late);
    stopAfter(1_000, ended)[Symbol.dispose]();
    jest.advanceTimersByTime(1_001);
    expect(late.signal.reason).toMatchObject({ code: 'STATEMENT_TIMEOUT' });
    expect(ended.signal.aborted).toBe(false);
  });

  it('that was stopped leaves no timer behind, though nobody takes it to its end', () => {
    const stop = new AbortController();
    stopAfter(1_000, stop);
    expect(jest.getTimerCount()).toBe(1);
    stop.abort();
    expect(jest.getTimerCount()).toBe(0);
  });
});
