import type { ResultSet, RunMessage } from '../../../frontend/src/features/query/run-state.ts';
import {
  count,
  cutText,
  duration,
  limitText,
  outcome,
  phaseText,
  resultName,
  stoppedText,
  timeText,
} from '../../../frontend/src/features/query/wording.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';

test.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [1_000, '1.00 s'],
  [9_994, '9.99 s'],
  [12_340, '12.3 s'],
  [60_000, '1:00 min'],
  [125_400, '2:05 min'],
])('%d ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('whose limit it is that cut a result is said', () => {
  expect(stoppedText(1_000)).toBe('There are more rows: reading stopped at 1,000.');
  expect(cutText(1_000_000)).toBe('There are more rows: this instance reads at most 1,000,000 rows of a result.');
  expect(limitText({ rows: 1, seconds: 300 })).toBe(
    'This instance reads at most 1 row of a result, and stops a statement after 5 min.',
  );
  expect([10, 60, 90, 840].map(timeText)).toEqual(['10 s', '1 min', '90 s', '14 min']);
});

test('one is one, and thousands are told apart', () => {
  expect([count(1, 'row'), count(0, 'row'), count(1_234_567, 'row'), count(2, 'entry', 'entries')]).toEqual([
    '1 row',
    '0 rows',
    '1,234,567 rows',
    '2 entries',
  ]);
});

const done = (more: Partial<Extract<RunMessage, { kind: 'done' }>>) =>
  outcome({
    kind: 'done',
    statement: 0,
    span: undefined,
    command: 'SELECT',
    rows: 0,
    affected: undefined,
    truncated: false,
    elapsedMs: 1,
    consumed: undefined,
    ...more,
  });

test('what a statement did is said in its own words', () => {
  expect(done({ rows: 1_000 })).toBe('SELECT · 1,000 rows');
  expect(done({ command: 'UPDATE', affected: 1 })).toBe('UPDATE · 1 row affected');
  expect(done({ command: 'DELETE', affected: 0 })).toBe('DELETE · 0 rows affected');
  expect(done({ command: 'CREATE TABLE' })).toBe('CREATE TABLE');
});

const result = (id: number, ...tables: (string | undefined)[]): ResultSet => ({
  id,
  statement: id,
  span: undefined,
  state: 'complete',
  consumed: undefined,
  elapsedMs: 1,
  store: new ResultStore(
    tables.map((name) => ({
      name: 'x',
      type: 'text',
      kind: 'text' as const,
      ...(name ? { table: { schema: 's', name, column: 'x' } } : {}),
    })),
    () => undefined,
  ),
});

test('a result has the name of its one table, numbered where there are more of them', () => {
  const all = [
    result(0, 'orders', undefined),
    result(1),
    result(2, 'orders', 'orders'),
    result(3, 'orders', 'items'),
    result(4, 'items'),
  ];
  expect(all.map((one) => resultName(one, all))).toEqual(['orders', 'Result 2', 'orders 2', 'Result 4', 'items']);
});

test('every phase has a word', () => {
  const state = { results: [], messages: [], rows: 0, statements: 0, startedAt: 0, elapsedMs: 0 };
  expect(phaseText({ ...state, phase: 'streaming' })).toBe('Running…');
  expect(phaseText({ ...state, phase: 'cut' })).toBe('Cut off');
});
