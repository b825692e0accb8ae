import {
  fromNow,
  SCHEDULE_PRESETS,
  sayExpression,
  saySchedule,
  timeIn,
} from '../../../../frontend/src/features/automations/schedule-words.ts';

describe('a schedule in words', () => {
  it.each([
    ['rate(1 hour)', 'Every hour'],
    ['rate(5 minutes)', 'Every 5 minutes'],
    ['at(2026-12-01T03:00:00)', 'Once, on 2026-12-01 at 03:00'],
    ['cron(0 3 * * ? *)', 'Daily at 03:00'],
    ['cron(30 14 ? * MON-FRI *)', 'Monday to Friday at 14:30'],
    ['cron(0 6 ? * 2,WED *)', 'Mondays, Wednesdays at 06:00'],
    ['cron(0 3 1 * ? *)', 'On day 1 of each month at 03:00'],
    ['cron(0 3 L * ? *)', 'On the last day of each month at 03:00'],
    ['cron(0/15 * * * ? *)', 'Every 15 minutes'],
    ['cron(7 * * * ? *)', 'Every hour, 7 minutes past'],
  ])('%s is: %s', (expression, words) => expect(sayExpression(expression)).toBe(words));

  it.each(['cron(0 3 ? * 6#3 *)', 'cron(0 3 * JAN ? *)', 'cron(0 3,4 * * ? *)', 'cron(7 * 3 * ? *)', 'soon'])(
    'what is rare stays as it is: %s',
    (expression) => expect(sayExpression(expression)).toBe(expression),
  );

  it('names the zone where it counts', () => {
    expect(saySchedule({ expression: 'cron(0 3 * * ? *)', timeZone: 'Europe/Berlin' })).toBe(
      'Daily at 03:00, Europe/Berlin',
    );
    expect(saySchedule({ expression: 'rate(1 hour)', timeZone: 'Europe/Berlin' })).toBe('Every hour');
  });

  it('has words for each of the presets', () => {
    for (const { expression } of SCHEDULE_PRESETS) expect(sayExpression(expression)).not.toBe(expression);
  });
});

describe('a time that is to come', () => {
  it('is as the clocks of its zone show it', () => {
    expect(timeIn('2026-12-01T02:00:00.000Z', 'Europe/Berlin')).toBe('Tue 2026-12-01 03:00');
    expect(timeIn('2026-12-01T00:00:00.000Z', 'UTC')).toBe('Tue 2026-12-01 00:00');
  });

  it.each([
    [0, 'now'],
    [5, 'in 5 minutes'],
    [120, 'in 2 hours'],
    [60 * 48, 'in 2 days'],
  ])('in %d minutes is %s', (minutes, words) => {
    const now = new Date('2026-11-24T12:00:00Z');
    expect(fromNow(new Date(now.getTime() + minutes * 60_000).toISOString(), now)).toBe(words);
  });
});
