import type { ReaderRows } from '../../bench/children/reader-rows.ts';
import { figuresOf } from '../../bench/figures/engines.ts';
import { READERS } from '../../bench/readers/readers.ts';

const MB = 1_048_576;
const subject = { title: 'MySQL', driver: 'mysql2', sizes: { few: 1_000, many: 10_000 } };
const runs = (elapsedMs: number, cpuMs: number, peak: number): ReaderRows[] =>
  [1, 1.5, 0.5].map((part) => ({ elapsedMs: elapsedMs * part, cpuMs: cpuMs * part, rows: 10_000, peak: peak * part }));

test('an engine is told by the clock, by the processor and by its memory', () => {
  const figures = figuresOf(subject, {
    many: runs(1_000, 500, 120 * MB),
    driver: runs(800, 200, 90 * MB),
    few: runs(100, 50, 100 * MB),
  });
  expect(figures).toEqual([
    {
      figure: 'MySQL: rows/s; raw: mysql2',
      measured: '10,000',
      raw: '12,500',
      ratio: '0.80 ×',
      target: '≥ 0.6 ×',
      ok: true,
    },
    {
      figure: 'MySQL: rows/s of processor time; raw: mysql2',
      measured: '20,000',
      raw: '50,000',
      ratio: '0.40 ×',
      target: '≥ 0.6 ×',
      ok: false,
    },
    {
      figure: 'MySQL: peak memory, 10,000 rows against 1,000',
      measured: '120.0 MB',
      raw: '100.0 MB',
      ratio: '+ 20.0 MB',
      target: '≤ + 24.0 MB',
      ok: true,
    },
  ]);
});

test('memory that grows with the rows is not flat', () => {
  const run = runs(1, 1, 1);
  const [, , memory] = figuresOf(subject, { many: runs(1, 1, 125 * MB), driver: run, few: runs(1, 1, 100 * MB) });
  expect(memory).toMatchObject({ ratio: '+ 25.0 MB', ok: false });
});

test.each([
  ['mysql', 'select * from events limit 20'],
  ['sqlserver', 'select top (20) * from events'],
  ['documentdb', 'db.events.find().limit(20)'],
  ['dynamodb', 'QUERY {"table":"events","key":{"part":"all","id":{"<":20}}}'],
] as const)('%s is asked for as many rows as its driver', async (engine, statement) => {
  const reader = await READERS[engine]();
  expect(reader.statement(20)).toBe(statement);
});
