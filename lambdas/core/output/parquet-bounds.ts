/** The least and the greatest value of a column, by which readers pass over row groups that hold nothing for them. */
import type { SchemaElement, Statistics } from 'hyparquet';

type Bounds = Pick<Statistics, 'min_value' | 'max_value'>;

export class NumberBounds {
  #least: number | bigint | undefined;
  #greatest: number | bigint | undefined;

  /** NaN is neither. */
  see(value: number | bigint): void {
    if (Number.isNaN(value)) return;
    if (this.#least === undefined || value < this.#least) this.#least = value;
    if (this.#greatest === undefined || value > this.#greatest) this.#greatest = value;
  }

  /** As the footer takes them: what is counted in 64 bits, or has its point elsewhere, is an integer. */
  end({ type, converted_type }: Pick<SchemaElement, 'type' | 'converted_type'>): Bounds {
    const [min, max] = [this.#least, this.#greatest];
    this.#least = undefined;
    this.#greatest = undefined;
    if (min === undefined || max === undefined) return {};
    if (type === 'INT64' || converted_type === 'DECIMAL') return { min_value: BigInt(min), max_value: BigInt(max) };
    // Either zero may be the other one (Apache Parquet, "ColumnOrder" of doubles).
    return { min_value: min === 0 ? -0 : min, max_value: max === 0 ? 0 : max };
  }
}

/** Longer values bound nothing that is worth its bytes: of a column that holds one, nothing is said. */
const LONGEST = 1_024;

/** By their bytes, which UTF-8 orders as its characters. */
export class TextBounds {
  #least: Buffer | undefined;
  #greatest: Buffer | undefined;
  #isOff = false;

  see(bytes: Buffer, from: number, to: number): void {
    if (this.#isOff) return;
    if (to - from > LONGEST) {
      this.#isOff = true;
      return;
    }
    if (!this.#least || isBefore(bytes, from, to, this.#least)) this.#least = Buffer.from(bytes.subarray(from, to));
    if (!this.#greatest || isBehind(bytes, from, to, this.#greatest))
      this.#greatest = Buffer.from(bytes.subarray(from, to));
  }

  end(): Bounds {
    const [min, max] = this.#isOff ? [] : [this.#least, this.#greatest];
    this.#least = undefined;
    this.#greatest = undefined;
    this.#isOff = false;
    return min && max ? { min_value: min, max_value: max } : {};
  }
}

const isBefore = (bytes: Buffer, from: number, to: number, other: Buffer): boolean => {
  const at = firstDifference(bytes, from, to, other);
  return at === to - from
    ? at < other.length
    : at < other.length && (bytes[from + at] as number) < (other[at] as number);
};

const isBehind = (bytes: Buffer, from: number, to: number, other: Buffer): boolean => {
  const at = firstDifference(bytes, from, to, other);
  return at < to - from && (at === other.length || (bytes[from + at] as number) > (other[at] as number));
};

const firstDifference = (bytes: Buffer, from: number, to: number, other: Buffer): number => {
  const shorter = Math.min(to - from, other.length);
  let at = 0;
  while (at < shorter && bytes[from + at] === other[at]) at += 1;
  return at;
};
