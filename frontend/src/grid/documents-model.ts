/** The documents of a result as lines, made where they are looked at, and which parts of them are folded. */
import { documentLines } from './document-lines.ts';
import type { GridModel } from './grid-model.ts';
import { type JsonLine, unfolded } from './json-lines.ts';
import { storeRow } from './row-view.ts';

/** In pixels, as in documents.module.css. */
export const LINE = 19;
const HEAD = 27;
const FOOT = 9;
/** What is nested in a longer document is folded at first. */
const LONG = 60;
const REMEMBERED = 400;

export interface Shown {
  readonly lines: readonly JsonLine[];
  /** The lines that are seen, by their numbers. */
  readonly seen: readonly number[];
  readonly folded: ReadonlySet<number>;
}

export class DocumentsModel {
  readonly #model: GridModel;
  readonly #column: number;
  readonly #shown = new Map<number, Shown>();
  /** What somebody folded or unfolded, by the row of the result. */
  readonly #folded = new Map<number, ReadonlySet<number>>();

  /** `column` is the one that holds the whole document. */
  constructor(model: GridModel, column: number) {
    this.#model = model;
    this.#column = column;
  }

  get count(): number {
    return this.#model.rows;
  }

  /** The row of the result that stands here. */
  rowOf(document: number): number {
    return storeRow(document, this.#model.state.get().order);
  }

  text(document: number): string {
    return this.#model.value(document, this.#column) ?? 'null';
  }

  shown(document: number): Shown {
    const row = this.rowOf(document);
    const known = this.#shown.get(row);
    if (known) return known;
    if (this.#shown.size >= REMEMBERED) this.#shown.clear();
    const text = this.text(document);
    const type = this.#model.result.columns[this.#column]?.type ?? '';
    const lines = documentLines(text, type) ?? [{ depth: 0, parts: [{ kind: 'text', text }] }];
    const folded = this.#folded.get(row) ?? (lines.length > LONG ? nested(lines) : NONE);
    const shown = { lines, folded, seen: unfolded(lines, folded) };
    this.#shown.set(row, shown);
    return shown;
  }

  height(document: number): number {
    return HEAD + this.shown(document).seen.length * LINE + FOOT;
  }

  toggle(document: number, line: number): void {
    const folded = new Set(this.shown(document).folded);
    if (!folded.delete(line)) folded.add(line);
    this.#fold(document, folded);
  }

  /** Folds all that is nested in a document, or unfolds it. */
  toggleAll(document: number): void {
    const { lines, folded } = this.shown(document);
    this.#fold(document, folded.size > 0 ? NONE : nested(lines));
  }

  #fold(document: number, folded: ReadonlySet<number>): void {
    const row = this.rowOf(document);
    this.#folded.set(row, folded);
    this.#shown.delete(row);
  }
}

const NONE: ReadonlySet<number> = new Set();
const nested = (lines: readonly JsonLine[]): ReadonlySet<number> =>
  new Set(lines.flatMap(({ closedBy, depth }, line) => (closedBy !== undefined && depth > 0 ? [line] : [])));
