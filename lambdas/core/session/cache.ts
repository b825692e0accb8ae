import type { Clock } from '../ports/clock.ts';

/** A small memory of a function's instance: at most `size` values, each for `ttlMs`; the longest unused goes first. */
export class Cache<T> {
  readonly #values = new Map<string, { value: T; until: number }>();
  readonly #size: number;
  readonly #ttlMs: number;
  readonly #clock: Clock;

  constructor({ size, ttlMs, clock }: { size: number; ttlMs: number; clock: Clock }) {
    this.#size = size;
    this.#ttlMs = ttlMs;
    this.#clock = clock;
  }

  get(key: string): T | undefined {
    const held = this.#values.get(key);
    if (!held) return undefined;
    this.#values.delete(key);
    if (held.until <= this.#clock().getTime()) return undefined;
    this.#values.set(key, held);
    return held.value;
  }

  set(key: string, value: T): void {
    this.#values.delete(key);
    this.#values.set(key, { value, until: this.#clock().getTime() + this.#ttlMs });
    const oldest = this.#values.keys().next().value;
    if (this.#values.size > this.#size && oldest !== undefined) this.#values.delete(oldest);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}
