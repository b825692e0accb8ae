import type { Phase, ResultSet, RunState } from '../../../frontend/src/features/query/run-state.ts';
import { shownTab } from '../../../frontend/src/features/query/shown-result.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';

const result = (id: number): ResultSet => ({
  id,
  statement: id,
  span: undefined,
  state: 'complete',
  elapsedMs: 1,
  consumed: undefined,
  store: new ResultStore([], () => undefined),
});
const run = (phase: Phase, ...ids: number[]): RunState => ({
  phase,
  results: ids.map(result),
  messages: [],
  rows: 5,
  statements: 1,
  startedAt: 0,
  elapsedMs: 1,
});

test('the first result is in front, while it runs and when it is done', () => {
  expect(shownTab(run('streaming', 0), undefined)).toBe(0);
  expect(shownTab(run('done', 0, 1, 2), undefined)).toBe(0);
});

test('without a result the messages are', () => {
  expect(shownTab(run('waiting'), undefined)).toBe('messages');
  expect(shownTab(run('done'), undefined)).toBe('messages');
});

test('an error is what must be read, wherever it came', () => {
  expect(shownTab(run('failed', 0, 1), undefined)).toBe('messages');
});

test('what was cut or cancelled is still worth looking at', () => {
  expect(shownTab(run('cut', 0), undefined)).toBe(0);
  expect(shownTab(run('cancelled', 0), undefined)).toBe(0);
});

test('where nothing came of it, the messages are', () => {
  expect(shownTab({ ...run('cancelled', 0), rows: 0 }, undefined)).toBe('messages');
  expect(shownTab({ ...run('done', 0), rows: 0 }, undefined)).toBe(0);
});

test('what was picked stays in front, as long as it is there', () => {
  expect(shownTab(run('failed', 0, 1), 1)).toBe(1);
  expect(shownTab(run('done', 0), 'messages')).toBe('messages');
  expect(shownTab(run('done', 0), 7)).toBe(0);
});
