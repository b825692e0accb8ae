import * as fc from 'fast-check';
import { AppError } from '#contract/errors.ts';
import { nextTimes } from '#core/automation/schedule-times.ts';

const NOW = '2026-11-24T14:00:00Z';

interface Asked {
  readonly count?: number;
  readonly now?: string;
  readonly zone?: string;
  readonly since?: string;
}

const times = (expression: string, { count = 3, now = NOW, zone = 'UTC', since }: Asked = {}): string[] =>
  nextTimes({ expression, timeZone: zone }, count, new Date(now), new Date(since ?? now)).map((time) =>
    time.toISOString().replace(':00.000Z', 'Z'),
  );

const refusal = (expression: string, zone = 'UTC') => {
  try {
    nextTimes({ expression, timeZone: zone }, 1, new Date(NOW));
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, path: error.details?.fields?.[0]?.path };
  }
  return undefined;
};

describe('cron', () => {
  test.each([
    ['every day at three', 'cron(0 3 * * ? *)', ['2026-11-25T03:00Z', '2026-11-26T03:00Z', '2026-11-27T03:00Z']],
    [
      'every quarter of an hour',
      'cron(0/15 * * * ? *)',
      ['2026-11-24T14:00Z', '2026-11-24T14:15Z', '2026-11-24T14:30Z'],
    ],
    [
      'from five past, every twenty minutes',
      'cron(5/20 * * * ? *)',
      ['2026-11-24T14:05Z', '2026-11-24T14:25Z', '2026-11-24T14:45Z'],
    ],
    [
      '? for the day of the month',
      'cron(0 3 ? * MON-FRI *)',
      ['2026-11-25T03:00Z', '2026-11-26T03:00Z', '2026-11-27T03:00Z'],
    ],
    [
      'Sunday is the first day of a week',
      'cron(0 3 ? * 1 *)',
      ['2026-11-29T03:00Z', '2026-12-06T03:00Z', '2026-12-13T03:00Z'],
    ],
    [
      'L is the last day of the month',
      'cron(0 3 L * ? *)',
      ['2026-11-30T03:00Z', '2026-12-31T03:00Z', '2027-01-31T03:00Z'],
    ],
    [
      'L is the last day of the week',
      'cron(0 3 ? * L *)',
      ['2026-11-28T03:00Z', '2026-12-05T03:00Z', '2026-12-12T03:00Z'],
    ],
    [
      '6L is the last Friday of a month',
      'cron(0 3 ? * 6L *)',
      ['2026-11-27T03:00Z', '2026-12-25T03:00Z', '2027-01-29T03:00Z'],
    ],
    [
      '1W is the working day next to the first, in the same month',
      'cron(0 3 1W * ? 2027)',
      ['2027-01-01T03:00Z', '2027-02-01T03:00Z', '2027-03-01T03:00Z', '2027-04-01T03:00Z', '2027-05-03T03:00Z'],
    ],
    [
      'LW is the last working day of a month',
      'cron(0 3 LW * ? 2027)',
      ['2027-01-29T03:00Z', '2027-02-26T03:00Z', '2027-03-31T03:00Z'],
    ],
    [
      '3#2 is the second Tuesday',
      'cron(0 3 ? * 3#2 *)',
      ['2026-12-08T03:00Z', '2027-01-12T03:00Z', '2027-02-09T03:00Z'],
    ],
    [
      'names of months, and lists',
      'cron(30 6,18 1 JAN,JUL ? *)',
      ['2027-01-01T06:30Z', '2027-01-01T18:30Z', '2027-07-01T06:30Z'],
    ],
    ['one year only', 'cron(0 0 1 12 ? 2026)', ['2026-12-01T00:00Z']],
    ['every second year', 'cron(0 0 29 2 ? 2028/4)', ['2028-02-29T00:00Z', '2032-02-29T00:00Z', '2036-02-29T00:00Z']],
    ['a year that is over', 'cron(0 3 * * ? 2025)', []],
    ['a day that never comes', 'cron(0 3 31 2 ? *)', []],
  ])('%s', (_, expression, expected) => {
    expect(times(expression, { count: Math.max(expected.length, 3) })).toEqual(expected);
  });

  test('the very moment counts, and one that has begun does not', () => {
    expect(times('cron(0 14 * * ? *)', { count: 1 })).toEqual(['2026-11-24T14:00Z']);
    expect(times('cron(0 14 * * ? *)', { count: 1, now: '2026-11-24T14:00:00.001Z' })).toEqual(['2026-11-25T14:00Z']);
  });
});

describe('time zones', () => {
  test('a schedule follows the clocks of its zone', () => {
    const berlin = { zone: 'Europe/Berlin', count: 3, now: '2027-03-26T12:00:00Z' };
    expect(times('cron(0 3 * * ? *)', berlin)).toEqual(['2027-03-27T02:00Z', '2027-03-28T01:00Z', '2027-03-29T01:00Z']);
  });

  test('where the clocks leap forward, a time that is not there is left out', () => {
    const angeles = { zone: 'America/Los_Angeles', count: 2, now: '2027-03-13T12:00:00Z' };
    expect(times('cron(30 2 * * ? *)', angeles)).toEqual(['2027-03-15T09:30Z', '2027-03-16T09:30Z']);
    expect(times('cron(0/30 * * * ? *)', { ...angeles, count: 3, now: '2027-03-14T09:30:00Z' })).toEqual([
      '2027-03-14T09:30Z',
      '2027-03-14T10:00Z',
      '2027-03-14T10:30Z',
    ]);
  });

  test('where they go back, a time that comes twice counts once, before the change', () => {
    const angeles = { zone: 'America/Los_Angeles', count: 2, now: '2026-10-31T12:00:00Z' };
    expect(times('cron(30 1 * * ? *)', angeles)).toEqual(['2026-11-01T08:30Z', '2026-11-02T09:30Z']);
    expect(times('cron(30 1 * * ? *)', { ...angeles, now: '2026-11-01T09:00:00Z' })[0]).toBe('2026-11-02T09:30Z');
  });

  test('of half an hour, and one whose clocks change by half an hour', () => {
    expect(times('cron(0 9 * * ? *)', { zone: 'Asia/Kolkata', count: 1 })).toEqual(['2026-11-25T03:30Z']);
    const howe = { zone: 'Australia/Lord_Howe', count: 2, now: '2027-04-03T00:00:00Z' };
    expect(times('cron(45 1 * * ? *)', howe)).toEqual(['2027-04-03T14:45Z', '2027-04-04T15:15Z']);
  });

  test('a date before the change and one after it are both once', () => {
    expect(times('at(2026-12-01T03:00:00)', { zone: 'America/New_York' })).toEqual(['2026-12-01T08:00Z']);
    expect(times('at(2027-03-14T02:30:00)', { zone: 'America/New_York' })).toEqual([]);
  });

  test('every time that is told is on the wall what the expression says', () => {
    const zones = fc.constantFrom(
      'Europe/London',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Gaza',
    );
    const hour = fc.integer({ min: 0, max: 23 });
    const minute = fc.integer({ min: 0, max: 59 });
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, hour, minute, day, (timeZone, hours, minutes, from) => {
        const found = nextTimes({ expression: `cron(${minutes} ${hours} * * ? *)`, timeZone }, 20, from);
        const shown = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
        const wanted = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
        expect(found.map((each) => shown.format(each))).toEqual(found.map(() => wanted));
        // One a day: none is told twice, and none comes before the other.
        const gaps = found.slice(1).map((each, index) => each.getTime() - (found[index]?.getTime() ?? 0));
        for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(22 * 3_600_000);
        expect(found[0]?.getTime()).toBeGreaterThanOrEqual(from.getTime());
      }),
      { numRuns: 60 },
    );
  });
});

describe('rate', () => {
  test('counts from the beginning of its schedule, which is its first time', () => {
    expect(times('rate(90 minutes)')).toEqual(['2026-11-24T14:00Z', '2026-11-24T15:30Z', '2026-11-24T17:00Z']);
    expect(times('rate(1 hour)', { since: '2026-11-20T09:20:00Z', count: 2 })).toEqual([
      '2026-11-24T14:20Z',
      '2026-11-24T15:20Z',
    ]);
    expect(times('rate(2 days)', { since: '2026-12-01T00:00:00Z', count: 1 })).toEqual(['2026-12-01T00:00Z']);
  });

  test('a day has 24 hours, whatever the clocks do', () => {
    const berlin = { zone: 'Europe/Berlin', now: '2027-03-27T12:00:00Z', count: 2 };
    expect(times('rate(1 days)', berlin)).toEqual(['2027-03-27T12:00Z', '2027-03-28T12:00Z']);
  });
});

describe('what is no schedule', () => {
  test.each([
    'cron(0 3 * * * *)',
    'cron(0 3 ? * ? *)',
    'cron(0 3 * * ?)',
    'cron(60 3 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 3 32 * ? *)',
    'cron(0 3 ? * 8 *)',
    'cron(0 3 ? * 0 *)',
    'cron(0 3 ? * MON#6 *)',
    'cron(0 3 * * ? 1969)',
    'cron(0 3 * * ? 2200)',
    'cron(@daily)',
    'cron(? 3 * * ? *)',
    'rate(0 minutes)',
    'rate(5 seconds)',
    'rate(1.5 hours)',
    'at(2026-12-01)',
    'at(2026-12-01T03:00:00Z)',
    'at(2026-06-31T03:00:00)',
    'at(2026-12-01T24:00:00)',
    'every(1 day)',
    'constructor(1)',
    '0 3 * * *',
  ])('%s', (expression) => {
    expect(refusal(expression)).toEqual({ code: 'INPUT_INVALID', path: 'schedule.expression' });
  });

  test.each(['', 'Mars/Olympus', '+02:00', 'Europe/Berlin '])('“%s” is no time zone', (zone) => {
    expect(refusal('cron(0 3 * * ? *)', zone)).toEqual({ code: 'INPUT_INVALID', path: 'schedule.timeZone' });
  });
});
