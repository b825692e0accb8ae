import type { Value } from '#contract/results.ts';
import { Ranking } from '../../../frontend/src/grid/ranking.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';
import { type SortRequest, type SortWorker, sortColumn } from '../../../frontend/src/grid/sort-column.ts';

function storeOf(batches: string[][]) {
  const store = new ResultStore(
    [
      { name: 'other', type: 'text', kind: 'text' },
      { name: 'n', type: 'int8', kind: 'number' },
    ],
    () => undefined,
  );
  for (const values of batches)
    store.append(writeRowsLine({ count: values.length, values: [values.map(() => 'x'), values] }));
  return store;
}

/** Does in this process what the worker does in its own. */
class WorkerHere implements SortWorker {
  readonly requests: SortRequest[] = [];
  terminated = false;
  answers = true;
  #ranking = new Ranking();
  #onMessage: ((event: { data: { order: Uint32Array<ArrayBuffer> } }) => void) | undefined;
  #onError: ((event: unknown) => void) | undefined;

  // biome-ignore lint/suspicious/noExplicitAny: the overloads of the port
  addEventListener(type: string, listener: any): void {
    if (type === 'message') this.#onMessage = listener;
    else this.#onError = listener;
  }
  postMessage(request: SortRequest): void {
    this.requests.push(request);
    if (request.type === 'columns')
      for (const json of request.json) this.#ranking.add(JSON.parse(new TextDecoder().decode(json)) as Value[]);
    else if (this.answers)
      this.#onMessage?.({ data: { order: this.#ranking.order(request.kind, { descending: request.descending }) } });
  }
  fail(): void {
    this.#onError?.(new Error('out of memory'));
  }
  terminate(): void {
    this.terminated = true;
  }
}

const never = new AbortController().signal;

test('the rows of all batches are sorted by the one column', async () => {
  const worker = new WorkerHere();
  const order = await sortColumn(storeOf([['10', '9'], ['1'], ['100', '2']]), {
    column: 1,
    descending: false,
    signal: never,
    worker,
  });
  expect([...order]).toEqual([2, 4, 1, 0, 3]);
  expect(worker.requests.at(-1)).toEqual({ type: 'sort', kind: 'number', descending: false });
  expect(worker.terminated).toBe(true);
});

test('the bytes that are sent are copies: the rows stay readable', async () => {
  const store = storeOf([['3', '1']]);
  const worker = new WorkerHere();
  await sortColumn(store, { column: 1, descending: true, signal: never, worker });
  const [sent] = worker.requests;
  if (sent?.type !== 'columns') throw new Error('No columns were sent');
  sent.json[0]?.fill(0);
  expect([store.get(0, 1), store.get(1, 1)]).toEqual(['3', '1']);
});

test('a cancelled sort ends its worker', async () => {
  const worker = new WorkerHere();
  worker.answers = false;
  const stop = new AbortController();
  const sorting = sortColumn(storeOf([['1']]), { column: 1, descending: false, signal: stop.signal, worker });
  stop.abort(new Error('no longer needed'));
  await expect(sorting).rejects.toThrow('no longer needed');
  expect(worker.terminated).toBe(true);
});

test('a sort cancelled before it began sends nothing', async () => {
  const worker = new WorkerHere();
  const signal = AbortSignal.abort(new Error('closed'));
  await expect(sortColumn(storeOf([['1']]), { column: 1, descending: false, signal, worker })).rejects.toThrow(
    'closed',
  );
  expect([worker.requests.length, worker.terminated]).toEqual([0, true]);
});

test('a worker that fails says so', async () => {
  const worker = new WorkerHere();
  worker.answers = false;
  const sorting = sortColumn(storeOf([['1']]), { column: 1, descending: false, signal: never, worker });
  worker.fail();
  await expect(sorting).rejects.toThrow('The rows could not be sorted.');
  expect(worker.terminated).toBe(true);
});
