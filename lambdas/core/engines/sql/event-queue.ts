/** What an engine has read and nobody has taken yet: bounded, by telling the engine to stop and to go on reading. */
import type { ResultEvent } from '../engine.ts';

/** Reading stops above so many bytes, a few batches, and goes on below half of them. */
const FULL_BYTES = 786_432;
/** What a record that is not rows counts as. */
const RECORD_BYTES = 256;

export class EventQueue {
  #events: ResultEvent[] = [];
  #bytes = 0;
  #full = false;
  #ended = false;
  #failure: unknown;
  #wakeTaker: (() => void) | undefined;
  #wakeGivers: (() => void)[] = [];
  readonly #onFull: (full: boolean) => void;

  /** `onFull(true)`: stop reading; `onFull(false)`: go on. */
  constructor(onFull: (full: boolean) => void) {
    this.#onFull = onFull;
  }

  /** Adds an event. Nothing is refused, even when the queue is full; after the end it is dropped. */
  push(event: ResultEvent): void {
    if (this.#ended) return;
    this.#events.push(event);
    this.#bytes += sizeOf(event);
    if (this.#bytes > FULL_BYTES && !this.#full) this.#setFull(true);
    this.#wakeTaker?.();
  }

  /** Resolves when there is room, or when nobody takes any more. */
  async room(): Promise<void> {
    while (this.#full && !this.#ended) await new Promise<void>((resolve) => this.#wakeGivers.push(resolve));
  }

  /** No event comes after those that are there; with an error, it is thrown after the last of them. */
  end(failure?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#wakeTaker?.();
  }

  /** Nobody takes any more: what there is is dropped, and reading goes on to its end. */
  abandon(): void {
    this.#events = [];
    this.#bytes = 0;
    this.#ended = true;
    this.#setFull(false);
  }

  /** The events until the end, taken one by one. */
  async *take(): AsyncGenerator<ResultEvent, void, void> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) {
        this.#bytes -= sizeOf(event);
        if (this.#full && this.#bytes < FULL_BYTES / 2) this.#setFull(false);
        yield event;
      } else if (this.#ended) {
        if (this.#failure !== undefined) throw this.#failure;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wakeTaker = resolve;
        });
        this.#wakeTaker = undefined;
      }
    }
  }

  #setFull(full: boolean): void {
    this.#full = full;
    this.#onFull(full);
    if (!full) for (const wake of this.#wakeGivers.splice(0)) wake();
  }
}

const sizeOf = (event: ResultEvent): number => (event instanceof Uint8Array ? event.length : RECORD_BYTES);
