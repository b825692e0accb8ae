/**
 * Sorting a column of a million values: the distinct ones are compared, each once, by the rules of their kind; then every
 * row is put into its place by counting. Equal values keep the order they came in, and NULL stands last either way.
 */
import type { Value, ValueKind } from '#contract/results.ts';
import { compareDecimals } from './compare-decimals.ts';
import { readTime } from './read-time.ts';

/** Compares two of the distinct values, given by their places. */
type Comparison = (a: number, b: number) => number;
const NULL_ID = 0xffffffff;

export class Ranking {
  readonly #places = new Map<string, number>();
  readonly #distinct: string[] = [];
  #ids = new Uint32Array(1024);
  #rows = 0;

  /** Takes the next rows' values. */
  add(values: readonly Value[]): void {
    this.#reserve(this.#rows + values.length);
    for (const value of values) this.#ids[this.#rows++] = value === null ? NULL_ID : this.#place(value);
  }

  /** The numbers of the rows in their new order. */
  order(kind: ValueKind, { descending }: { descending: boolean }): Uint32Array<ArrayBuffer> {
    const { ranks, count } = this.#rank(kind, descending);
    // Rank r begins where all smaller ones end; NULL has the last rank.
    const starts = new Uint32Array(count + 2);
    const rankOf = (row: number): number => {
      const id = this.#ids[row] ?? NULL_ID;
      return id === NULL_ID ? count : (ranks[id] ?? 0);
    };
    for (let row = 0; row < this.#rows; row++) starts[rankOf(row) + 1] = (starts[rankOf(row) + 1] ?? 0) + 1;
    for (let rank = 1; rank < starts.length; rank++) starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
    const order = new Uint32Array(this.#rows);
    for (let row = 0; row < this.#rows; row++) {
      const rank = rankOf(row);
      const place = starts[rank] ?? 0;
      order[place] = row;
      starts[rank] = place + 1;
    }
    return order;
  }

  /** Values that compare as equal (`1.0` and `1.00`) share a rank. */
  #rank(kind: ValueKind, descending: boolean): { ranks: Uint32Array; count: number } {
    const compare = COMPARISONS[kind](this.#distinct);
    const sorted = Uint32Array.from(this.#distinct, (_, place) => place).sort(compare);
    if (descending) sorted.reverse();
    const ranks = new Uint32Array(sorted.length);
    let rank = 0;
    for (let index = 0; index < sorted.length; index++) {
      const place = sorted[index] ?? 0;
      const before = sorted[index - 1];
      if (before !== undefined && compare(before, place) !== 0) rank++;
      ranks[place] = rank;
    }
    return { ranks, count: rank + 1 };
  }

  #place(value: string): number {
    const known = this.#places.get(value);
    if (known !== undefined) return known;
    const place = this.#distinct.length;
    this.#distinct.push(value);
    this.#places.set(value, place);
    return place;
  }

  #reserve(rows: number): void {
    if (rows <= this.#ids.length) return;
    const larger = new Uint32Array(Math.max(rows, this.#ids.length * 2));
    larger.set(this.#ids);
    this.#ids = larger;
  }
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function textComparison(distinct: readonly string[]): Comparison {
  const { compare } = new Intl.Collator();
  return (a, b) => compare(distinct[a] ?? '', distinct[b] ?? '') || byCodePoint(distinct[a] ?? '', distinct[b] ?? '');
}

const plainComparison =
  (distinct: readonly string[]): Comparison =>
  (a, b) =>
    byCodePoint(distinct[a] ?? '', distinct[b] ?? '');

/** Floats decide where they differ: rounding never turns an order round. Where they agree the digits are compared. */
function numberComparison(distinct: readonly string[]): Comparison {
  const floats = Float64Array.from(distinct, (text) => {
    const float = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isNaN(float) ? Number.POSITIVE_INFINITY : float;
  });
  return (a, b) => {
    const first = floats[a] ?? 0;
    const second = floats[b] ?? 0;
    if (first !== second) return first < second ? -1 : 1;
    return compareDecimals(distinct[a] ?? '', distinct[b] ?? '');
  };
}

/** What is no time stands after all times, by its text. */
function timeComparison(distinct: readonly string[]): Comparison {
  const seconds = Float64Array.from(distinct, (text) => readTime(text) ?? Number.NaN);
  return (a, b) => {
    const first = seconds[a] ?? Number.NaN;
    const second = seconds[b] ?? Number.NaN;
    if (first < second) return -1;
    if (first > second) return 1;
    if (first === second) return 0;
    const unread = Number(Number.isNaN(first)) - Number(Number.isNaN(second));
    return unread || byCodePoint(distinct[a] ?? '', distinct[b] ?? '');
  };
}

const COMPARISONS: Readonly<Record<ValueKind, (distinct: readonly string[]) => Comparison>> = {
  text: textComparison,
  number: numberComparison,
  temporal: timeComparison,
  boolean: plainComparison,
  uuid: plainComparison,
  bytes: plainComparison,
  json: plainComparison,
  array: plainComparison,
  other: plainComparison,
};
