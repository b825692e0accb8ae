/** Where the columns stand: widths, their running sums, and what of them is in view. Immutable; a resize makes a new one. */
export const NARROWEST = 48;
export const WIDEST = 1_200;

export class ColumnLayout {
  readonly widths: readonly number[];
  /** `lefts[c]` is the left edge of column c; one more at the end is the full width. */
  readonly #lefts: Float64Array;

  constructor(widths: readonly number[]) {
    this.widths = widths;
    this.#lefts = new Float64Array(widths.length + 1);
    for (const [column, width] of widths.entries())
      this.#lefts[column + 1] = (this.#lefts[column] ?? 0) + clampWidth(width);
  }

  get width(): number {
    return this.#lefts[this.widths.length] ?? 0;
  }

  left(column: number): number {
    return this.#lefts[column] ?? 0;
  }

  widthOf(column: number): number {
    return this.left(column + 1) - this.left(column);
  }

  /** The column at a distance from the left edge, the nearest one outside. */
  columnAt(x: number): number {
    let low = 0;
    let high = this.widths.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.left(middle) <= x) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The columns in view, `to` exclusive, with some more at either side. */
  visible(scrolled: number, viewport: number, extra = 2): { from: number; to: number } {
    if (this.widths.length === 0) return { from: 0, to: 0 };
    return {
      from: Math.max(0, this.columnAt(scrolled) - extra),
      to: Math.min(this.widths.length, this.columnAt(scrolled + viewport) + 1 + extra),
    };
  }

  resized(column: number, width: number): ColumnLayout {
    return new ColumnLayout(this.widths.map((old, index) => (index === column ? clampWidth(width) : old)));
  }
}

export const clampWidth = (width: number): number => Math.min(WIDEST, Math.max(NARROWEST, Math.round(width)));
