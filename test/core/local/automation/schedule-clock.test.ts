import { scheduleClock } from '#core/local/automation/schedule-clock.ts';

const NOW = new Date('2026-11-24T14:00:30Z');
const DAY = 86_400_000;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});
afterEach(() => {
  jest.useRealTimers();
});

/** A clock, and the moments at which it fired. */
function clockOf() {
  const fired: string[] = [];
  const clock = scheduleClock((name, at) => void fired.push(`${name} ${at.toISOString().slice(0, 19)}`));
  return { clock, fired };
}
const utc = (expression: string) => ({ expression, timeZone: 'UTC' });
const fromNow = { from: NOW, since: NOW };

test('fires at each time of a schedule, with the moment for which it is meant', () => {
  const { clock, fired } = clockOf();
  clock.set('quarterly', utc('cron(0/15 * * * ? *)'), fromNow);
  jest.advanceTimersByTime(45 * 60_000);
  expect(fired).toEqual([
    'quarterly 2026-11-24T14:15:00',
    'quarterly 2026-11-24T14:30:00',
    'quarterly 2026-11-24T14:45:00',
  ]);
});

test('a rate begins at once, and goes on from there where it is set again', () => {
  const { clock, fired } = clockOf();
  clock.set('often', utc('rate(10 minutes)'), fromNow);
  jest.advanceTimersByTime(0);
  expect(fired).toEqual(['often 2026-11-24T14:00:30']);
  // As after a new start: its first time is over.
  jest.setSystemTime(new Date(NOW.getTime() + 60_000));
  clock.set('often', utc('rate(10 minutes)'), { from: new Date(NOW.getTime() + 60_000), since: NOW });
  jest.advanceTimersByTime(8 * 60_000);
  expect(fired).toHaveLength(1);
  jest.advanceTimersByTime(60_000);
  expect(fired.at(-1)).toBe('often 2026-11-24T14:10:30');
});

test('a time farther than a timer can wait is waited for', () => {
  const { clock, fired } = clockOf();
  clock.set('once', utc('at(2027-02-24T14:00:30)'), fromNow);
  jest.advanceTimersByTime(91 * DAY);
  expect(fired).toEqual([]);
  jest.advanceTimersByTime(DAY);
  expect(fired).toEqual(['once 2027-02-24T14:00:30']);
  expect(jest.getTimerCount()).toBe(0);
});

test('what was missed while the machine slept is not made up for', () => {
  const { clock, fired } = clockOf();
  clock.set('quarterly', utc('cron(0/15 * * * ? *)'), fromNow);
  // A timer of a machine that slept ends late.
  jest.setSystemTime(new Date('2026-11-24T16:05:00Z'));
  jest.advanceTimersByTime(15 * 60_000);
  expect(fired[0]).toBe('quarterly 2026-11-24T14:15:00');
  expect(fired.slice(1)).not.toContain('quarterly 2026-11-24T14:30:00');
});

test('a schedule that is set anew, cleared, or whose clock is ended fires no more', () => {
  const { clock, fired } = clockOf();
  clock.set('one', utc('cron(0 * * * ? *)'), fromNow);
  clock.set('one', utc('cron(30 * * * ? *)'), fromNow);
  clock.set('two', utc('rate(1 minute)'), { from: new Date(NOW.getTime() + 1), since: NOW });
  clock.clear('two');
  jest.advanceTimersByTime(3_600_000);
  expect(fired).toEqual(['one 2026-11-24T14:30:00']);
  clock[Symbol.dispose]();
  expect(jest.getTimerCount()).toBe(0);
});
