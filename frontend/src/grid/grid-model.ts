/**
 * What a grid shows of a result and how: selection, widths, order, and where it is scrolled to. It lives outside React,
 * with its result, so that a tab that was left is found again as it was.
 */
import type { Value } from '#contract/results.ts';
import { createStore, type Store } from '../app/store.ts';
import { ColumnLayout } from './column-layout.ts';
import { type FontWidths, firstWidth, fittingWidth, USUAL_FONTS } from './column-widths.ts';
import { findRows } from './find-rows.ts';
import type { ResultStore } from './result-store.ts';
import { combine, type RowOrder, rowsShown, storeRow } from './row-view.ts';
import { ScaledScroll } from './scaled-scroll.ts';
import { at, type Bounds, type Selection } from './selection.ts';
import { type SortWorker, sortColumn } from './sort-column.ts';
import type { Dialect } from './sql-names.ts';

export interface Sort {
  readonly column: number;
  readonly descending: boolean;
}
interface Find {
  readonly text: string;
  readonly found: number;
  readonly searched: number;
}
export interface GridState {
  readonly selection: Selection;
  readonly layout: ColumnLayout;
  readonly order: RowOrder | undefined;
  /** What the order was made by, and how many rows were sorted. */
  readonly sort: (Sort & { readonly rows: number }) | undefined;
  /** A sort that goes on. */
  readonly sorting: Sort | undefined;
  /** Only rows that contain the text are shown, of so many that were searched. */
  readonly find: Find | undefined;
  readonly finding: boolean;
  readonly problem: string | undefined;
}

export interface GridOptions {
  readonly dialect: Dialect;
  readonly makeWorker: () => SortWorker;
  readonly fonts?: FontWidths;
}

/** So many of the first rows decide how wide the columns begin, and so many around the view how wide one fits. */
const SAMPLED = 100;
const FITTED = 1_000;

export class GridModel {
  readonly result: ResultStore;
  readonly dialect: Dialect;
  readonly state: Store<GridState>;
  readonly scroll = new ScaledScroll();
  scrolledLeft = 0;
  readonly #makeWorker: () => SortWorker;
  readonly #fonts: FontWidths;
  #stopSort: AbortController | undefined;
  #stopFind: AbortController | undefined;
  #sorted: Uint32Array | undefined;
  #found: Uint32Array | undefined;

  constructor(result: ResultStore, { dialect, makeWorker, fonts = USUAL_FONTS }: GridOptions) {
    this.result = result;
    this.dialect = dialect;
    this.#makeWorker = makeWorker;
    this.#fonts = fonts;
    this.state = createStore<GridState>({
      selection: at({ row: 0, column: 0 }),
      layout: this.#firstLayout(),
      order: undefined,
      sort: undefined,
      sorting: undefined,
      find: undefined,
      finding: false,
      problem: undefined,
    });
    if (result.rows === 0) this.#measureOnceFilled();
  }

  /** Rows that are shown now, of those the screen has been told of. */
  get rows(): number {
    return rowsShown(this.result.shownRows(), this.state.get().order);
  }

  bounds(page: number): Bounds {
    return { rows: this.rows, columns: this.result.columns.length, page };
  }

  /** The value at a place of the grid. */
  value(row: number, column: number): Value {
    return this.result.get(storeRow(row, this.state.get().order), column);
  }

  select(selection: Selection): void {
    this.#change({ selection });
  }

  resize(column: number, width: number): void {
    this.#change({ layout: this.state.get().layout.resized(column, width) });
  }

  /** Makes a column as wide as the values around a row need. */
  fit(column: number, nearRow: number): void {
    const info = this.result.columns[column];
    if (!info) return;
    const from = Math.max(0, Math.min(nearRow - FITTED / 2, this.rows - FITTED));
    const count = Math.min(FITTED, this.rows - from);
    const values = Array.from({ length: count }, (_, index) => this.value(from + index, column));
    this.resize(column, fittingWidth(info, values, this.#fonts));
  }

  /** Up, down, as it came: what a header's button does, time after time. */
  sortNext(column: number): Promise<void> {
    const { sort } = this.state.get();
    if (sort?.column !== column) return this.sort({ column, descending: false });
    return this.sort(sort.descending ? undefined : { column, descending: true });
  }

  /** Sorts what is loaded now; undefined shows the rows as they came. A newer sort ends the one before. */
  async sort(sort: Sort | undefined): Promise<void> {
    this.cancelSort();
    if (!sort) {
      this.#sorted = undefined;
      this.#change({ sort: undefined, order: combine(undefined, this.#found) });
      return;
    }
    const stop = new AbortController();
    this.#stopSort = stop;
    this.#change({ sorting: sort, problem: undefined });
    try {
      const sorted = await sortColumn(this.result, { ...sort, signal: stop.signal, worker: this.#makeWorker() });
      this.#sorted = sorted;
      this.#change({
        order: combine(sorted, this.#found),
        sort: { ...sort, rows: sorted.length },
        sorting: undefined,
      });
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#change({ sorting: undefined, problem: error instanceof Error ? error.message : String(error) });
    }
  }

  cancelSort(): void {
    this.#stopSort?.abort();
    this.#stopSort = undefined;
    this.#change({ sorting: undefined });
  }

  /** Shows only the rows loaded now that contain a text; an empty one shows all. A newer search ends the one before. */
  async find(text: string): Promise<void> {
    this.#stopFind?.abort();
    if (text === '') {
      this.#found = undefined;
      this.#change({ find: undefined, finding: false, order: combine(this.#sorted, undefined) });
      return;
    }
    const stop = new AbortController();
    this.#stopFind = stop;
    const searched = this.result.rows;
    this.#change({ finding: true });
    const found = await findRows(this.result, text, stop.signal).catch(() => undefined);
    if (!found || stop.signal.aborted) return;
    this.#found = found;
    this.#change({
      find: { text, found: found.length, searched },
      finding: false,
      order: combine(this.#sorted, found),
      selection: at({ row: 0, column: this.state.get().selection.active.column }),
    });
  }

  /** Ends what goes on; the model is not used after that. */
  dispose(): void {
    this.cancelSort();
    this.#stopFind?.abort();
  }

  #change(change: Partial<GridState>): void {
    this.state.set((now) => ({ ...now, ...change }));
  }

  #firstLayout(): ColumnLayout {
    const rows = Math.min(SAMPLED, this.result.rows);
    return new ColumnLayout(
      this.result.columns.map((column, index) =>
        firstWidth(
          column,
          Array.from({ length: rows }, (_, row) => this.result.get(row, index)),
          this.#fonts,
        ),
      ),
    );
  }

  #measureOnceFilled(): void {
    const leave = this.result.subscribe(() => {
      leave();
      this.#change({ layout: this.#firstLayout() });
    });
  }
}
