import { kilobytes, megabytes, ms, seconds, tableOf, thousands, times } from '../../bench/figure.ts';

test('figures are a table of Markdown whose columns stand below each other', () => {
  const table = tableOf([
    { figure: 'rows/s', measured: '203,024', raw: '137,225', ratio: '1.48 ×', target: '≥ 0.8 ×', ok: true },
    { figure: 'memory', measured: '146 MB', target: '≤ 24 MB', ok: false },
    { figure: 'session', measured: '3 ms' },
  ]);
  expect(table).toBe(
    [
      '| figure  | measured | raw     | ratio  | to reach | ok? |',
      '| ------- | -------- | ------- | ------ | -------- | --- |',
      '| rows/s  | 203,024  | 137,225 | 1.48 × | ≥ 0.8 ×  | yes |',
      '| memory  | 146 MB   |         |        | ≤ 24 MB  | NO  |',
      '| session | 3 ms     |         |        | reported |     |',
    ].join('\n'),
  );
});

test('a table without figures has its head only', () => {
  expect(tableOf([]).split('\n')).toHaveLength(2);
});

test.each([
  [thousands(1_234_567.8), '1,234,568'],
  [ms(9.44), '9.4 ms'],
  [ms(1_234.5), '1,235 ms'],
  [seconds(394), '0.39 s'],
  [kilobytes(1_048_576), '1,024 KB'],
  [megabytes(25_165_824), '24.0 MB'],
  [times(1.4823), '1.48 ×'],
])('a quantity reads %s', (shown, expected) => {
  expect(shown).toBe(expected);
});
