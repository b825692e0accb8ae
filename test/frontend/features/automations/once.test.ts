import { nextNight, readOnce, writeOnce } from '../../../../frontend/src/features/automations/once.ts';

test('a day and a time become a schedule, and it becomes them again', () => {
  const once = { date: '2026-12-01', time: '03:00' };
  expect(writeOnce(once)).toBe('at(2026-12-01T03:00:00)');
  expect(readOnce(writeOnce(once))).toEqual(once);
});

test.each([
  ['at(2026-12-01T03:30:15)', { date: '2026-12-01', time: '03:30' }],
  ['at(2026-12-01T)', { date: '2026-12-01', time: '' }],
  ['at(T03:00:00)', { date: '', time: '03:00' }],
  ['at(tomorrow)', { date: '', time: '' }],
  ['cron(0 3 * * ? *)', undefined],
  ['rate(1 hour)', undefined],
])('%s is read as %j, however much of it is typed', (expression, once) => expect(readOnce(expression)).toEqual(once));

test('the next night is that of the zone, where it may be another day', () => {
  const now = new Date('2026-12-31T23:30:00Z');
  expect(nextNight(now, 'UTC')).toEqual({ date: '2027-01-01', time: '03:00' });
  expect(nextNight(now, 'Asia/Tokyo').date).toBe('2027-01-02');
});
