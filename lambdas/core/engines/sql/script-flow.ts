/**
 * How every script runs: its statements one after the other, what they give taken from a queue as fast as somebody reads,
 * and an end to it from outside at any time. How a statement is sent is the engine's.
 */
import { AppError } from '#contract/errors.ts';
import type { SqlDialect, StatementRange } from '#contract/sql/split.ts';
import type { ResultEvent, RunOptions } from '../engine.ts';
import { Pausing } from '../pausing.ts';
import { type Bound, boundToConnection } from './bound-to-connection.ts';
import type { EventQueue } from './event-queue.ts';

/** How much longer than the database itself Lodge waits for a statement that is over time: a script may undo the limit. */
const TIMEOUT_GRACE = 1_000;

export interface Statement {
  readonly index: number;
  readonly text: string;
  readonly begun: number;
  /** True for the one that the script begins with here. */
  readonly isFirst: boolean;
}

export interface FailedStatement {
  readonly text: string;
  readonly statement: number;
  /** Why Lodge itself has stopped it. */
  readonly stopped: AppError | undefined;
}

export interface ScriptSteps {
  readonly handle: string;
  readonly queue: EventQueue;
  readonly dialect: SqlDialect;
  /** Whether a transaction of the script's own is open. */
  readonly inTransaction: boolean;
  /** Errors: as of a statement. */
  runOne(statement: Statement): Promise<void>;
  /** Puts the session in order behind the script, whatever happened. Never rejects. */
  leave(): Promise<void>;
  /** Stops what runs now, if anything does. */
  stopRunning(): void;
  explain(error: unknown, failed: FailedStatement): AppError;
}

export class ScriptFlow {
  /** Why the script ends early. */
  stopped: AppError | undefined;
  readonly #script: string;
  readonly #options: RunOptions;
  readonly #steps: ScriptSteps;

  constructor(script: string, options: RunOptions, steps: ScriptSteps) {
    this.#script = script;
    this.#options = options;
    this.#steps = steps;
  }

  /** The events of all the statements. When it is left early, it stops what runs before it returns. */
  async *events(statements: readonly StatementRange[]): AsyncGenerator<ResultEvent, void, void> {
    const { queue } = this.#steps;
    const driving = this.#drive(statements);
    let taken = false;
    try {
      yield* queue.take();
      taken = true;
    } finally {
      if (!taken) {
        queue.abandon();
        this.#stop(new AppError('STATEMENT_CANCELLED'));
      }
      await driving;
    }
  }

  async #drive(statements: readonly StatementRange[]): Promise<void> {
    const { queue } = this.#steps;
    const { signal } = this.#options;
    const abort = (): void =>
      this.#stop(signal.reason instanceof AppError ? signal.reason : new AppError('STATEMENT_CANCELLED'));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    try {
      await this.#runAll(statements);
      await this.#steps.leave();
      queue.end();
    } catch (error) {
      await this.#steps.leave();
      queue.end(error);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async #runAll(statements: readonly StatementRange[]): Promise<void> {
    const { queue, handle } = this.#steps;
    const bound = this.#options.pauseAfterMs === undefined ? [] : this.#bound(statements);
    const pausing = new Pausing(this.#options, { asking: bound.findLastIndex(({ asks }) => asks) });
    queue.push({ type: 'started', handle, statements: statements.length });
    for (const [index, { from, to }] of pausing.rest(statements)) {
      await queue.room();
      const pause = pausing.before(index);
      if (pause) queue.push(pause);
      if (pausing.paused) return;
      queue.push({ type: 'statement', statement: index, from, to });
      const text = this.#script.slice(from, to);
      const overtime = () => this.#stop(new AppError('STATEMENT_TIMEOUT'));
      const timer = setTimeout(overtime, this.#options.timeoutSeconds * 1_000 + TIMEOUT_GRACE);
      try {
        await this.#steps.runOne({ index, text, begun: performance.now(), isFirst: index === pausing.from });
      } catch (error) {
        throw this.#steps.explain(error, { text, statement: index, stopped: this.stopped });
      } finally {
        clearTimeout(timer);
      }
      pausing.after(index, { leaves: bound[index]?.leaves ?? true, open: this.#steps.inTransaction });
    }
  }

  #bound(statements: readonly StatementRange[]): Bound[] {
    return statements.map(({ from, to }) => boundToConnection(this.#script.slice(from, to), this.#steps.dialect));
  }

  /** Ends the script early. */
  #stop(why: AppError): void {
    this.stopped ??= why;
    this.#steps.stopRunning();
  }
}
