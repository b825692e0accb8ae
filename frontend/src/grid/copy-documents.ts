/** Puts every document that is shown on the clipboard, as one JSON array. */
import { collect } from './copy-cells.ts';
import type { GridModel } from './grid-model.ts';
import { readRows } from './row-view.ts';

/** Resolves how many they were. Rejects with TooMuch, or the signal's reason. */
export async function copyDocuments(
  model: GridModel,
  column: number,
  { signal, onProgress }: { signal: AbortSignal; onProgress(done: number): void },
): Promise<number> {
  const { rows } = model;
  // A promise keeps the right to write that the click gave, until the text is ready.
  const text = collect(writeDocuments(model, column), rows, { signal, onProgress });
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
  return rows;
}

/** Each as it came, a line each. */
function* writeDocuments(model: GridModel, column: number): Generator<string, void, void> {
  let before = '[';
  if (model.rows > 0)
    for (const [document] of readRows(model.result, model.state.get().order, { from: 0, to: model.rows - 1 }, [
      column,
    ])) {
      yield `${before}\n${document ?? 'null'}`;
      before = ',';
    }
  yield model.rows > 0 ? '\n]' : '[]';
}
