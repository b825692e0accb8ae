import { copyDocuments } from '../../../frontend/src/grid/copy-documents.ts';
import { GridModel } from '../../../frontend/src/grid/grid-model.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';
import { clipboard } from './clipboard.ts';

function open(documents: readonly (string | null)[]): GridModel {
  const frames: (() => void)[] = [];
  const store = new ResultStore(
    [
      { name: 'n', type: 'int', kind: 'number' },
      { name: '{item}', type: 'DynamoDB JSON', kind: 'json', document: true },
    ],
    (task) => frames.push(task),
  );
  for (let from = 0; from < documents.length; from += 500) {
    const some = documents.slice(from, from + 500);
    store.append(writeRowsLine({ count: some.length, values: [some.map(String), some] }));
  }
  for (const frame of frames.splice(0)) frame();
  const makeWorker = () => {
    throw new Error('There is nothing to sort in this test');
  };
  return new GridModel(store, { dialect: 'partiql', makeWorker });
}

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

describe('documents on the clipboard', () => {
  it('are one JSON array, each as it came, in the order shown', async () => {
    const kept = clipboard();
    const model = open(['{"n":{"N":"12345678901234567890123456789012345678"}}', null, '{"a":{"S":"é"}}']);
    model.state.set({ ...model.state.get(), order: { order: Uint32Array.of(2, 0), only: true } });
    expect(await copyDocuments(model, 1, quiet)).toBe(2);
    expect(kept.text).toBe('[\n{"a":{"S":"é"}},\n{"n":{"N":"12345678901234567890123456789012345678"}}\n]');
  });

  it('are null where there is none, and an empty array where nothing is shown', async () => {
    const kept = clipboard();
    await copyDocuments(open([null]), 1, quiet);
    expect(kept.text).toBe('[\nnull\n]');
    expect(await copyDocuments(open([]), 1, quiet)).toBe(0);
    expect(kept.text).toBe('[]');
  });

  it('can be stopped on the way', async () => {
    clipboard();
    const stop = new AbortController();
    const text = JSON.stringify({ text: 'x'.repeat(20_000) });
    const model = open(Array.from({ length: 2_000 }, () => text));
    const copying = copyDocuments(model, 1, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(copying).rejects.toThrow('enough');
  });
});
