import type { ResultColumn } from '#contract/results.ts';
import type { JsonColumn } from '../sql/json-column.ts';
import { RowLines } from '../sql/row-lines.ts';

/** What turns a document into a row. */
export interface DocumentColumns<T> {
  readonly columns: readonly ResultColumn[];
  /** Appends one value to each column, and tells about how many bytes they took. */
  write(document: T, to: readonly JsonColumn[]): number;
}

/** The documents of one result as lines of rows. */
export class DocumentLines<T> {
  readonly columns: readonly ResultColumn[];
  readonly #write: DocumentColumns<T>['write'];
  readonly #rows: RowLines;
  #line: Uint8Array | undefined;

  constructor(columns: DocumentColumns<T>) {
    this.columns = columns.columns;
    this.#write = (document, to) => columns.write(document, to);
    this.#rows = new RowLines(
      columns.columns.map(({ kind }) => kind === 'json'),
      (line) => {
        this.#line = line;
      },
    );
  }

  /** A line whenever one is full, and what is left at the end of the documents, for the next may be long in coming. */
  *of(documents: Iterable<T>): Generator<Uint8Array, void, void> {
    for (const document of documents) {
      this.#rows.row(this.#write(document, this.#rows.columns));
      yield* this.#taken();
    }
    this.#rows.flush();
    yield* this.#taken();
  }

  *#taken(): Generator<Uint8Array, void, void> {
    const line = this.#line;
    this.#line = undefined;
    if (line) yield line;
  }
}
