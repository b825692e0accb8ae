import type { Spent } from '../../bench/children/spent.ts';
import { memoryFigures, type Runs, speedFigures } from '../../bench/figures/run-to-s3.ts';

const MB = 1_048_576;
const spent = (elapsedMs: number, peakMb: number): Spent[] =>
  [1, 1.5, 0.5].map((part) => ({ elapsedMs: elapsedMs * part, cpuMs: 500, rows: 1_000, bytes: MB, peak: peakMb * MB }));
const runs = (parquetMs: number, parquetMb: number): Runs => ({
  copy: spent(1_000, 100),
  csv: spent(1_250, 170),
  jsonl: spent(2_000, 190),
  parquet: spent(parquetMs, parquetMb),
});

test('a run to S3 is told by its speed beside that of COPY, and by what it takes', () => {
  const figures = speedFigures(1_000, runs(4_000, 220));
  expect(
    figures.filter(({ figure }) => figure.startsWith('rows/s')).map(({ ratio, target, ok }) => [ratio, target, ok]),
  ).toEqual([
    ['0.80 ×', '≥ 0.8 ×', true],
    ['0.50 ×', '≥ 0.5 ×', true],
    ['0.25 ×', '≥ 0.4 ×', false],
  ]);
  expect(figures.slice(-2)).toEqual([
    {
      figure: 'processor time of a run of 1,000 rows to S3, parquet',
      measured: '0.50 s',
      raw: '0.50 s',
      ratio: '1.00 ×',
    },
    { figure: 'peak memory of a run of 1,000 rows to S3, parquet', measured: '220.0 MB', raw: '100.0 MB' },
  ]);
  expect(() => speedFigures(999, runs(1, 1))).toThrow('There are not 999 rows.');
});

test('memory that grows with the rows of a run is not flat', () => {
  const figures = memoryFigures({ rows: 1_000, runs: runs(1, 200) }, { rows: 10_000, runs: runs(1, 225) });
  expect(figures.map(({ ratio, ok }) => [ratio, ok])).toEqual([
    ['+ 0.0 MB', true],
    ['+ 0.0 MB', true],
    ['+ 25.0 MB', false],
  ]);
  expect(figures[0]?.figure).toBe('peak memory of a run to S3, csv, 10,000 rows against 1,000');
});
