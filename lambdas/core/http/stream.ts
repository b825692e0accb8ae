/** Streams of records: one JSON document a line, never silent for long, and never without an explicit end. */
import type { AppError } from '#contract/errors.ts';
import type { Trace } from './trace.ts';

export interface StreamOptions {
  readonly signal: AbortSignal;
  readonly trace: Pick<Trace, 'requestId' | 'explain' | 'end'>;
  /** CloudFront gives up after 30 s of silence, so a line goes out well before. In milliseconds. */
  readonly heartbeatMs?: number;
  /** Called once, when nothing more will be sent. */
  end?(): void;
}

const HEARTBEAT = '{"type":"heartbeat"}\n';

/** How long a source that was left early may take to clean up, in milliseconds. */
const CLOSING_MS = 5_000;

/**
 * The lines of a stream: a heartbeat at once and after each silence; records as JSON; bytes as they are (whole lines,
 * encoded by their maker). What the source throws becomes the last line, `{"type":"error", …}`. Leaving the iteration,
 * or an abort, calls the source's `return()`.
 */
export async function* ndjson(
  source: AsyncIterable<object>,
  { signal, trace, heartbeatMs = 10_000, end }: StreamOptions,
): AsyncGenerator<string | Uint8Array, void, void> {
  const iterator = source[Symbol.asyncIterator]();
  const wait = waiter<IteratorResult<object>>(signal, heartbeatMs);
  let failure: AppError | undefined;
  try {
    yield HEARTBEAT;
    for (let next = iterator.next(); ; ) {
      const outcome = await wait.on(next);
      if (outcome === 'silence') {
        yield HEARTBEAT;
        continue;
      }
      if (outcome.done) return;
      yield encode(outcome.value);
      next = iterator.next();
    }
  } catch (error) {
    failure = trace.explain(error);
    yield encode({ type: 'error', error: failure.body(trace.requestId) });
  } finally {
    wait.end();
    end?.();
    trace.end(200, failure);
    await close(iterator);
  }
}

const encode = (record: object): string | Uint8Array =>
  record instanceof Uint8Array ? record : `${JSON.stringify(record)}\n`;

/** Waits for the next record, for a silence or for an abort, with one listener and one timer for the whole stream. */
function waiter<T>(signal: AbortSignal, silenceMs: number) {
  let settle: { resolve: (outcome: T | 'silence') => void; reject: (reason: unknown) => void } | undefined;
  const onAbort = () => settle?.reject(signal.reason);
  const timer = setTimeout(() => settle?.resolve('silence'), silenceMs);
  signal.addEventListener('abort', onAbort);
  return {
    on(next: Promise<T>): Promise<T | 'silence'> {
      const waiting = Promise.withResolvers<T | 'silence'>();
      settle = waiting;
      timer.refresh();
      next.then(waiting.resolve, waiting.reject);
      if (signal.aborted) onAbort();
      return waiting.promise;
    },
    end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

/** Closes the source, but waits only so long: a hanging database must not keep an answer open. */
async function close(iterator: AsyncIterator<object>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSING_MS);
  });
  // What closing throws has nobody to go to: the answer has its last line already.
  await Promise.race([Promise.resolve(iterator.return?.()).catch(() => undefined), late]);
  clearTimeout(timer);
}
