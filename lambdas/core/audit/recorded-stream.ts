import type { Audit, Deed, DeedEnd } from '../ports/audit.ts';
import { outcomeOf } from './outcome.ts';
import type { Note } from './recorded.ts';

interface Recording<T> {
  readonly audit: Audit;
  readonly deed: Deed;
  readonly days: number;
  /** Whose abort cuts the deed: the reader has left, or the time of the function is over. */
  readonly signal: AbortSignal;
  /** What the record gets of the stream, asked when it ends. A stream that ends well may say of itself that it failed. */
  known(): Partial<DeedEnd>;
  /** Sees each event before it is handed on. */
  see(event: T): void;
}

/**
 * A stream between the two writes of its record. What `open` throws ends the record, and so does the stream's end, its
 * failure, a reader who leaves, and an abort: then at once, for a database that hangs must not keep the record open, and a
 * function whose time is over has no other moment. No generator: one that nobody has begun to read has no `finally` yet.
 */
export async function recordedStream<T>(
  { audit, deed, days, signal, known, see }: Recording<T>,
  open: (note: Note) => Promise<AsyncIterable<T>>,
): Promise<AsyncIterableIterator<T, undefined>> {
  const { end } = await audit.begin(deed, days);
  let noted: Parameters<Note>[0] = {};
  let ending: Promise<void> | undefined;
  const finish = (how: Pick<DeedEnd, 'outcome' | 'code'>): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    ending ??= end({ ...noted, ...known(), ...how });
    return ending;
  };
  const onAbort = () => void finish(outcomeOf(undefined, signal));
  const fail = async (error: unknown): Promise<never> => {
    await finish(outcomeOf(error, signal));
    throw error;
  };
  signal.addEventListener('abort', onAbort);

  const events = await open((more) => {
    noted = { ...noted, ...more };
  }).catch(fail);
  const opened = events[Symbol.asyncIterator]();
  const recorded: AsyncIterableIterator<T, undefined> = {
    async next() {
      const next = await opened.next().catch(fail);
      if (next.done) {
        await finish({ outcome: 'succeeded', ...known() });
        return { done: true, value: undefined };
      }
      see(next.value);
      return { done: false, value: next.value };
    },
    async return() {
      await Promise.all([finish({ outcome: 'cut' }), opened.return?.()]);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => recorded,
  };
  return recorded;
}
