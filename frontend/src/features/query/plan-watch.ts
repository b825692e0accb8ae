/** Asks what the statement under the cursor will read, when typing rests: one question at a time, and none twice. */
import type { StatementPlan } from '#contract/plans.ts';
import { createStore, type Store } from '../../app/store.ts';

export type AskPlans = (statement: string, maxRows: number, signal: AbortSignal) => Promise<readonly StatementPlan[]>;

/** Typing rests after so many milliseconds. */
const REST_MS = 500;
const REMEMBERED = 100;

export class PlanWatch {
  /** Undefined while it is not known. */
  readonly plan: Store<StatementPlan | undefined> = createStore<StatementPlan | undefined>(undefined);
  readonly #ask: AskPlans;
  readonly #known = new Map<string, StatementPlan | undefined>();
  #asked: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: AbortController | undefined;

  constructor(ask: AskPlans) {
    this.#ask = ask;
  }

  /** The statement is this one now; undefined: there is none. */
  look(statement: string | undefined, maxRows: number): void {
    const key = statement && `${maxRows} ${statement}`;
    if (key === this.#asked) return;
    this.#halt();
    this.#asked = key;
    this.plan.set(key === undefined ? undefined : this.#known.get(key));
    if (!statement || !key || this.#known.has(key)) return;
    this.#timer = setTimeout(() => void this.#find(key, statement, maxRows), REST_MS);
  }

  /** What was known may be so no longer: something was written, or another connection is meant. */
  forget(): void {
    this.#halt();
    this.#known.clear();
    this.#asked = undefined;
  }

  dispose(): void {
    this.#halt();
  }

  #halt(): void {
    clearTimeout(this.#timer);
    this.#stop?.abort();
  }

  async #find(key: string, statement: string, maxRows: number): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const [plan] = await this.#ask(statement, maxRows, stop.signal);
      if (stop.signal.aborted) return;
      if (this.#known.size >= REMEMBERED) this.#known.clear();
      this.#known.set(key, plan);
      this.plan.set(plan);
    } catch {
      // Nothing is said where nothing is known: running the statement tells what is wrong. The next look asks again.
      if (!stop.signal.aborted) this.#asked = undefined;
    }
  }
}
