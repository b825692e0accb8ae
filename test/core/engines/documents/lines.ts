/** Documents as the rows that they become, read as the browser would. */
import { ResultRecord } from '#contract/results.ts';
import { type DocumentColumns, DocumentLines } from '#core/engines/documents/document-lines.ts';

type Rows = Extract<ResultRecord, { type: 'rows' }>;

export const recordsOf = <T>(columns: DocumentColumns<T>, documents: readonly T[]): Rows[] =>
  [...new DocumentLines(columns).of(documents)].map(
    (line) => ResultRecord.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line))) as Rows,
  );

export const rowsOf = <T>(columns: DocumentColumns<T>, documents: readonly T[]): (string | null | undefined)[][] =>
  recordsOf(columns, documents).flatMap(({ count, values }) =>
    Array.from({ length: count }, (_, row) => values.map((column) => column[row])),
  );
