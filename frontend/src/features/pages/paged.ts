/** A list that is read page by page as one scrolls: what was found so far, and how reading stands. */
import { createStore, type Store } from '../../app/store.ts';

export interface PagedState<T> {
  readonly rows: readonly T[];
  /** `more`: there may be more, once it is asked for. `stopped`: somebody did not want to wait. */
  readonly phase: 'reading' | 'more' | 'end' | 'failed' | 'stopped';
  readonly failure?: unknown;
  /** So far back was looked, ISO 8601: rare things take a while to be found. */
  readonly back?: string | undefined;
}

/** What a page brings, as it comes. */
export interface Part<T> {
  readonly rows?: readonly T[];
  readonly back?: string;
}

interface Surroundings<T> {
  /** Reads a page and tells of its parts; resolves with what goes on after it, undefined at the end. */
  read(cursor: string | undefined, tell: (part: Part<T>) => void, signal: AbortSignal): Promise<string | undefined>;
  /** What makes a row itself: what is read twice (after a failure, or while the list changes) stands there once. */
  keyOf(row: T): string;
}

export interface Paged<T> {
  readonly state: Store<PagedState<T>>;
  /** Begins from the top. What stood there stays until the first new row comes. */
  begin(): void;
  /** Reads the next page, where there is one and none is being read. */
  more(): void;
  /** Goes on where it failed or was stopped. */
  goOn(): void;
  stop(): void;
  /** Puts another row in the place of the one with its key. */
  put(row: T): void;
}

export function openPaged<T>({ read, keyOf }: Surroundings<T>): Paged<T> {
  const state = createStore<PagedState<T>>({ rows: [], phase: 'reading' });
  let cursor: string | undefined;
  let keys = new Set<string>();
  let reading: AbortController | undefined;

  async function page(fresh: boolean): Promise<void> {
    reading?.abort();
    const mine = new AbortController();
    reading = mine;
    let stale = fresh;
    const tell = ({ rows = [], back }: Part<T>) => {
      if (mine.signal.aborted) return;
      const had = stale ? [] : state.get().rows;
      const added = rows.filter((row) => !keys.has(keyOf(row)));
      for (const row of added) keys.add(keyOf(row));
      if (added.length > 0) stale = false;
      state.set((now) => ({ ...now, rows: added.length > 0 ? [...had, ...added] : now.rows, back: back ?? now.back }));
    };
    state.set(({ rows, back }) => ({ rows, phase: 'reading', back: fresh ? undefined : back }));
    try {
      const next = await read(cursor, tell, mine.signal);
      if (mine.signal.aborted) return;
      cursor = next;
      state.set(({ rows, back }) => ({ rows: stale ? [] : rows, phase: next === undefined ? 'end' : 'more', back }));
    } catch (failure) {
      if (!mine.signal.aborted)
        state.set(({ rows, back }) => ({ rows: stale ? [] : rows, phase: 'failed', failure, back }));
    }
  }
  return {
    state,
    begin() {
      cursor = undefined;
      keys = new Set();
      void page(true);
    },
    more() {
      if (state.get().phase === 'more') void page(false);
    },
    goOn() {
      if (state.get().phase === 'failed' || state.get().phase === 'stopped') void page(false);
    },
    stop() {
      if (state.get().phase !== 'reading') return;
      reading?.abort();
      state.set((now) => ({ ...now, phase: 'stopped' }));
    },
    put(row) {
      const key = keyOf(row);
      state.set((now) => ({ ...now, rows: now.rows.map((one) => (keyOf(one) === key ? row : one)) }));
    },
  };
}
