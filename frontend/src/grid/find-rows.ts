/** Finds the rows that contain a text, in any column and any case, without holding up the page. */
import type { ResultStore } from './result-store.ts';
import { plainText } from './shown-value.ts';
import { inSlices } from './slices.ts';

/** Letters that stand in JSON as they are, however it was written: of these a whole line can be searched unread. */
const AS_WRITTEN = /^[\w .,:;@#%&()*+=-]+$/;

/** The store's rows that contain the text, in their order. Aborting rejects with the signal's reason. */
export async function findRows(store: ResultStore, text: string, signal: AbortSignal): Promise<Uint32Array> {
  const wanted = text.toLowerCase();
  const unread = canSearchUnread(store, wanted);
  const found: number[] = [];
  await inSlices(store.batches, signal, (batch) => {
    if (unread && !store.text(batch).toLowerCase().includes(wanted)) return;
    const { first } = store.span(batch);
    for (const row of rowsIn(store, batch, wanted)) found.push(first + row);
  });
  return Uint32Array.from(found);
}

/** Booleans are shown as words that are not in the line. */
function canSearchUnread(store: ResultStore, wanted: string): boolean {
  const spelled = 'true'.includes(wanted) || 'false'.includes(wanted);
  return AS_WRITTEN.test(wanted) && !(spelled && store.columns.some(({ kind }) => kind === 'boolean'));
}

/** The rows of one batch, in order, each once. */
function rowsIn(store: ResultStore, batch: number, wanted: string): number[] {
  const rows = new Set<number>();
  for (const [column, { kind }] of store.columns.entries())
    for (const [row, value] of store.column(batch, column).entries())
      if (value !== null && contains(plainText(value, kind), wanted)) rows.add(row);
  return [...rows].sort((a, b) => a - b);
}

/** `wanted` in small letters; an empty text is contained in nothing. */
export const contains = (text: string, wanted: string): boolean => wanted !== '' && text.toLowerCase().includes(wanted);
