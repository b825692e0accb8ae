/** Puts cells on the clipboard: a few at once, many in slices that can be watched and stopped. */
import { COPY_FORMATS, type CopyFormat } from './copy-formats.ts';
import type { GridModel } from './grid-model.ts';
import { readRows } from './row-view.ts';
import { type CellRange, cellsIn } from './selection.ts';
import { breathe } from './slices.ts';

export interface CopyRequest {
  readonly range: CellRange;
  readonly format: CopyFormat;
  readonly signal: AbortSignal;
  /** The part that is done, from 0 to 1. */
  onProgress(done: number): void;
}

/** More than this no clipboard takes well, in characters. */
const MOST = 250_000_000;
/** So many cells are written before anything could be felt. */
const AT_ONCE = 20_000;
const SLICE_MS = 8;
/** Between two looks at the clock, in characters. */
const PART = 16_384;

export class TooMuch extends Error {}

/** Copies the cells; resolves how many they were. Rejects with TooMuch, or the signal's reason. */
export async function copyCells(model: GridModel, request: CopyRequest): Promise<number> {
  const { range } = request;
  const cells = cellsIn(range);
  const pieces = writeCells(model, request);
  if (estimate(model, range) > MOST) throw new TooMuch();
  if (cells <= AT_ONCE) {
    await navigator.clipboard.writeText([...pieces].join(''));
    return cells;
  }
  // A promise keeps the right to write that the key or the click gave, until the text is ready.
  const text = collect(pieces, range.bottom - Math.max(0, range.top) + 1, request);
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
  return cells;
}

/** How long the text of a range will be, by what its rows weigh: refused at once is better than after a minute. */
function estimate({ result }: GridModel, range: CellRange): number {
  const cells = result.rows * result.columns.length;
  return cells === 0 ? 0 : (result.bytes / cells) * cellsIn(range);
}

/** The text of the cells, piece by piece. */
export function writeCells(
  model: GridModel,
  { range, format }: Pick<CopyRequest, 'range' | 'format'>,
): Generator<string, void, void> {
  const places = Array.from({ length: range.right - range.left + 1 }, (_, place) => range.left + place);
  const rows = { from: Math.max(0, range.top), to: range.bottom };
  return COPY_FORMATS[format].write({
    columns: places.flatMap((place) => model.result.columns[place] ?? []),
    rows: readRows(model.result, model.state.get().order, rows, places),
    dialect: model.dialect,
  });
}

/** Joins the pieces into one text, a piece being about a row, with room for other work in between. */
export async function collect(
  pieces: Iterable<string>,
  rows: number,
  { signal, onProgress }: Pick<CopyRequest, 'signal' | 'onProgress'>,
): Promise<Blob> {
  const parts: string[] = [];
  let part = '';
  let length = 0;
  let done = 0;
  let began = performance.now();
  for (const piece of pieces) {
    part += piece;
    done++;
    if (part.length < PART) continue;
    length += part.length;
    if (length > MOST) throw new TooMuch();
    parts.push(part);
    part = '';
    if (performance.now() - began < SLICE_MS) continue;
    onProgress(Math.min(1, done / rows));
    await breathe();
    signal.throwIfAborted();
    began = performance.now();
  }
  parts.push(part);
  return new Blob(parts, { type: 'text/plain' });
}
