/** Sorts what is loaded of a result by one column, without holding up the page: the comparing is a worker's. */
import type { ValueKind } from '#contract/results.ts';
import type { ResultStore } from './result-store.ts';
import { inSlices } from './slices.ts';

export type SortRequest =
  | { readonly type: 'columns'; readonly json: readonly Uint8Array<ArrayBuffer>[] }
  | { readonly type: 'sort'; readonly kind: ValueKind; readonly descending: boolean };
export interface SortAnswer {
  readonly order: Uint32Array<ArrayBuffer>;
}

/** What of a Worker is used, so that a test can stand in for it. */
export interface SortWorker {
  postMessage(request: SortRequest, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { data: SortAnswer }) => void): void;
  addEventListener(type: 'error', listener: (event: unknown) => void): void;
  terminate(): void;
}

export interface SortOptions {
  readonly column: number;
  readonly descending: boolean;
  readonly signal: AbortSignal;
  readonly worker: SortWorker;
}

/** The order of all rows loaded when the sort began. Aborting ends the worker and rejects with the signal's reason. */
export async function sortColumn(store: ResultStore, options: SortOptions): Promise<Uint32Array> {
  const { column, descending, signal, worker } = options;
  const { promise, resolve, reject } = Promise.withResolvers<Uint32Array>();
  const stop = (): void => reject(signal.reason);
  worker.addEventListener('message', ({ data }) => resolve(data.order));
  worker.addEventListener('error', () => reject(new Error('The rows could not be sorted.')));
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    await Promise.race([promise, send(store, column, worker, signal)]);
    worker.postMessage({ type: 'sort', kind: store.columns[column]?.kind ?? 'text', descending });
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    worker.terminate();
  }
}

/** The column is cut out of its lines here and sent as bytes: a copy of the whole lines would weigh ten times as much. */
async function send(store: ResultStore, column: number, worker: SortWorker, signal: AbortSignal): Promise<void> {
  const batches = store.batches;
  await inSlices(batches, signal, (batch) => {
    const json = store.columnBytes(batch, column).slice();
    worker.postMessage({ type: 'columns', json: [json] }, [json.buffer]);
  });
}
