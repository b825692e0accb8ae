import {
  choicesUpTo,
  loadRunOptions,
  moreRows,
  ROW_CHOICES,
  TIMEOUT_CHOICES,
  WIDEST,
  within,
} from '../../../frontend/src/features/query/run-options.ts';

function storage(initial: Record<string, string> = {}) {
  const kept = new Map(Object.entries(initial));
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test('a new browser reads a million rows', () => {
  expect(loadRunOptions(storage()).get()).toEqual({ maxRows: 1_000_000, timeoutSeconds: 300 });
});

test('what was chosen is found again', () => {
  const browser = storage();
  loadRunOptions(browser).set({ maxRows: 1_000, timeoutSeconds: 60 });
  expect(loadRunOptions(browser).get()).toEqual({ maxRows: 1_000, timeoutSeconds: 60 });
});

test.each(['not json', '{}', '{"maxRows":0,"timeoutSeconds":60}', '{"maxRows":1e9,"timeoutSeconds":60}'])(
  'what cannot be is not believed: %s',
  (text) => {
    expect(loadRunOptions(storage({ 'lodge-run-options': text })).get().maxRows).toBe(1_000_000);
  },
);

test('a browser that keeps nothing is no error', () => {
  const options = loadRunOptions({
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  });
  options.set({ maxRows: 1_000, timeoutSeconds: 60 });
  expect(options.get().maxRows).toBe(1_000);
});

test('each choice leads to a larger one, the last to none', () => {
  const next = (most: number) => ROW_CHOICES.map((choice) => moreRows(choice, most));
  expect(next(WIDEST.rows)).toEqual([100_000, 1_000_000, 10_000_000, undefined]);
  expect(next(250_000)).toEqual([100_000, 250_000, undefined, undefined]);
  expect(moreRows(500, WIDEST.rows)).toBe(1_000);
});

test("the instance's limits are the last of the choices, and hold what was chosen before", () => {
  expect(choicesUpTo(ROW_CHOICES, WIDEST.rows)).toEqual([...ROW_CHOICES]);
  expect(choicesUpTo(ROW_CHOICES, 250_000)).toEqual([1_000, 100_000, 250_000]);
  expect(choicesUpTo(TIMEOUT_CHOICES, 5)).toEqual([5]);
  const chosen = { maxRows: 1_000_000, timeoutSeconds: 300 };
  expect(within(chosen, { rows: 500, seconds: 30 })).toEqual({ maxRows: 500, timeoutSeconds: 30 });
  expect(within(chosen, WIDEST)).toEqual(chosen);
});

test('the choices are what the server takes', () => {
  expect(Math.max(...TIMEOUT_CHOICES)).toBeLessThanOrEqual(840);
  expect(Math.max(...ROW_CHOICES)).toBeLessThanOrEqual(10_000_000);
});
