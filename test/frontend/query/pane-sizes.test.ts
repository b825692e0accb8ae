import { EDITOR_HEIGHT, fitted, loadPaneSizes } from '../../../frontend/src/features/query/pane-sizes.ts';

test('sizes are kept within their bounds, in whole pixels', () => {
  expect([fitted(10, EDITOR_HEIGHT), fitted(5_000, EDITOR_HEIGHT), fitted(200.6, EDITOR_HEIGHT)]).toEqual([
    80, 900, 201,
  ]);
});

test('sizes are found again, and nonsense is not believed', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const first = loadPaneSizes(storage).get();
  loadPaneSizes(storage).set({ editor: 300, value: 500 });
  expect(loadPaneSizes(storage).get()).toEqual({ editor: 300, value: 500 });
  kept.set('lodge-query-sizes', '{"editor":-4}');
  expect(loadPaneSizes(storage).get()).toEqual(first);
});

test('a browser that keeps nothing is no error', () => {
  const sizes = loadPaneSizes({
    getItem: () => {
      throw new Error('refused');
    },
    setItem: () => {
      throw new Error('refused');
    },
  });
  sizes.set({ editor: 300, value: 500 });
  expect(sizes.get().editor).toBe(300);
});
