import {
  loadRunOptions,
  moreRows,
  ROW_CHOICES,
  TIMEOUT_CHOICES,
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
  expect(ROW_CHOICES.map(moreRows)).toEqual([100_000, 1_000_000, 10_000_000, undefined]);
  expect(moreRows(500)).toBe(1_000);
});

test('the choices are what the server takes', () => {
  expect(Math.max(...TIMEOUT_CHOICES)).toBeLessThanOrEqual(840);
  expect(Math.max(...ROW_CHOICES)).toBeLessThanOrEqual(10_000_000);
});
