import { readTime } from '../../../frontend/src/grid/read-time.ts';

test.each([
  ['1970-01-01', 0],
  ['1970-01-01 00:00:01', 1],
  ['1970-01-02 00:00:00.5', 86_400.5],
  ['1970-01-01 01:00:00+01', 0],
  ['1970-01-01T00:00:00Z', 0],
  ['1969-12-31 18:30:00-05:30', 0],
  ['2026-11-23 14:09:00.123456+00', Date.UTC(2026, 10, 23, 14, 9) / 1000 + 0.123456],
  ['0044-03-15 BC', new Date('-000043-03-15T00:00:00Z').getTime() / 1000],
  ['12026-01-01', new Date('+012026-01-01T00:00:00Z').getTime() / 1000],
  ['0001-01-01', new Date('0001-01-01T00:00:00Z').getTime() / 1000],
  ['03:04:05', 11_045],
  ['00:00:01.25+02', -7_198.75],
  ['-01:30:00', -5_400],
  ['838:59:59', 3_020_399],
  ['1 day', 86_400],
  ['1 mon -1 days +02:00:00', 29 * 86_400 + 7_200],
  ['2 years 3 mons', 2 * 360 * 86_400 + 90 * 86_400],
  ['-1 days -00:00:01', -86_401],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
])('%s is %d seconds', (text, seconds) => {
  expect(readTime(text)).toBeCloseTo(seconds, 5);
});

test.each(['', 'yesterday', '2026', '1 day and more', '12:xx', '3 apples'])('%p is no time', (text) => {
  expect(readTime(text)).toBeUndefined();
});

test('around the end of summer time the later moment is the greater', () => {
  const before = readTime('2026-10-25 02:30:00+02') ?? 0;
  const after = readTime('2026-10-25 02:10:00+01') ?? 0;
  expect(after).toBeGreaterThan(before);
});
