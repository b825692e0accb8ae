/** The keys of a table, as data: from which row to which they lead. */

type Step = (at: number, last: number, page: number) => number;

const STEPS: Readonly<Record<string, Step>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, _, page) => at + page,
  PageUp: (at, _, page) => at - page,
  Home: () => 0,
  End: (_, last) => last,
};

/** The row that a key leads to, of `count`; undefined where the key leads nowhere. `at` is -1 where none is current. */
export function rowMove(key: string, at: number, count: number, page: number): number | undefined {
  const step = STEPS[key];
  if (!step || count === 0) return undefined;
  return Math.max(0, Math.min(count - 1, step(at, count - 1, Math.max(1, page))));
}
