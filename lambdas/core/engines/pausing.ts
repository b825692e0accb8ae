/** Where a script may be left between two of its statements, so that another connection goes on with the next. */
import type { ResultRecord } from '#contract/results.ts';
import type { RunOptions } from './engine.ts';

type Pause = Extract<ResultRecord, { type: 'pause' }>;

/** What a statement that has ended leaves in its connection. */
interface Left {
  /** What lasts as long as the connection: a setting, a temporary table. */
  readonly leaves: boolean;
  /** What lasts until the script ends it: a transaction. */
  readonly open?: boolean;
}

export class Pausing {
  /** The index of the statement to begin with. */
  readonly from: number;
  paused = false;
  readonly #until: number;
  /** The last statement that needs the connection of those before it. */
  readonly #asking: number;
  /** The first that has left something for good, and the one that has begun what is open. */
  #leaving: number | undefined;
  #opening: number | undefined;
  #told = false;

  /** `asking`: the last statement that asks for what earlier ones have left, -1 where none does. */
  constructor({ from = 0, pauseAfterMs = Infinity }: RunOptions, { asking = -1 } = {}) {
    this.from = from;
    this.#until = performance.now() + pauseAfterMs;
    this.#asking = asking;
  }

  /** The statements from the first on, each with its index in the whole script. */
  rest<T>(statements: readonly T[]): [index: number, statement: T][] {
    return [...statements.entries()].slice(this.from);
  }

  /** What is said in front of a statement when it is time: that the script is left there, or, once, why it goes on. */
  before(statement: number): Pause | undefined {
    if (statement <= this.from || performance.now() < this.#until) return undefined;
    const heldBy = this.#leaving ?? this.#opening ?? (statement <= this.#asking ? this.#asking : undefined);
    this.paused = heldBy === undefined;
    if (heldBy === undefined) return { type: 'pause', statement };
    if (this.#told) return undefined;
    this.#told = true;
    return { type: 'pause', statement, heldBy };
  }

  /** A statement has succeeded. */
  after(statement: number, { leaves, open = false }: Left): void {
    if (leaves) this.#leaving ??= statement;
    this.#opening = open ? (this.#opening ?? statement) : undefined;
  }
}
