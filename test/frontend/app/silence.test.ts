import { watchSilence } from '../../../frontend/src/app/silence.ts';

describe('watchSilence', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('ends what says nothing for too long', () => {
    const silence = watchSilence(100);
    jest.advanceTimersByTime(100);
    expect(silence.signal.aborted).toBe(true);
    expect(silence.signal.reason).toHaveProperty('name', 'TimeoutError');
  });

  it('begins anew with each word', () => {
    const silence = watchSilence(100);
    jest.advanceTimersByTime(90);
    silence.heard();
    jest.advanceTimersByTime(90);
    expect(silence.signal.aborted).toBe(false);
    jest.advanceTimersByTime(10);
    expect(silence.signal.aborted).toBe(true);
  });

  it('leaves alone what has ended', () => {
    const silence = watchSilence(100);
    silence.stop();
    jest.advanceTimersByTime(1_000);
    expect(silence.signal.aborted).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });
});
