/** Runs a script on a session: statement by statement, every result a stream. */
import { AppError } from '#contract/errors.ts';
import type { StatementRange } from '#contract/sql/split.ts';
import type { ResultEvent, RunOptions } from '../engine.ts';
import { EventQueue } from '../sql/event-queue.ts';
import { Conversation } from './conversation.ts';
import { command } from './exchange.ts';
import { explainStatement } from './explain.ts';
import { noticeRecord } from './records.ts';
import type { NoticeFields, Session } from './session.ts';
import { Statements } from './statements.ts';
import { editing, reading, type Transaction } from './transaction.ts';

/** How much longer than the database itself Lodge waits for a statement that is over time: a script may undo the limit. */
const TIMEOUT_GRACE = 1_000;
/** How long the database may take for its last answer before the line is cut, in milliseconds. */
const ROLLBACK_TIME = 5_000;
/** PostgreSQL's "there is already a transaction in progress". */
const ALREADY_BEGUN = '25001';

export class Script {
  readonly #session: Session;
  readonly #script: string;
  readonly #options: RunOptions;
  readonly #transaction: Transaction;
  readonly #conversation: Conversation;
  readonly #queue: EventQueue;

  constructor(session: Session, script: string, options: RunOptions) {
    this.#session = session;
    this.#script = script;
    this.#options = options;
    this.#transaction = session.readOnly ? reading() : editing();
    this.#conversation = new Conversation(session);
    this.#queue = new EventQueue((full) => this.#conversation.pause(full));
  }

  /** The events of all the statements. When it is left early, it stops what runs before it returns. */
  async *events(statements: readonly StatementRange[]): AsyncGenerator<ResultEvent, void, void> {
    const driving = this.#drive(statements);
    let taken = false;
    try {
      yield* this.#queue.take();
      taken = true;
    } finally {
      if (!taken) {
        this.#queue.abandon();
        this.#conversation.stop(new AppError('STATEMENT_CANCELLED'));
      }
      await driving;
    }
  }

  async #drive(statements: readonly StatementRange[]): Promise<void> {
    const { signal } = this.#options;
    const abort = (): void =>
      this.#conversation.stop(signal.reason instanceof AppError ? signal.reason : new AppError('STATEMENT_CANCELLED'));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    this.#session.onNotice = (notice) => this.#pass(notice);
    try {
      await this.#runAll(statements);
      await this.#leaveTransaction();
      this.#queue.end();
    } catch (error) {
      await this.#leaveTransaction();
      this.#queue.end(error);
    } finally {
      this.#session.onNotice = () => undefined;
      signal.removeEventListener('abort', abort);
    }
  }

  async #runAll(statements: readonly StatementRange[]): Promise<void> {
    const { handle } = this.#session;
    const runner = new Statements({
      session: this.#session,
      conversation: this.#conversation,
      transaction: this.#transaction,
      queue: this.#queue,
      options: this.#options,
    });
    this.#queue.push({ type: 'started', handle, statements: statements.length });
    for (const [index, { from, to }] of statements.entries()) {
      await this.#queue.room();
      this.#queue.push({ type: 'statement', statement: index, from, to });
      const text = this.#script.slice(from, to);
      const overtime = () => this.#conversation.stop(new AppError('STATEMENT_TIMEOUT'));
      const timer = setTimeout(overtime, this.#options.timeoutSeconds * 1_000 + TIMEOUT_GRACE);
      try {
        await runner.run({ index, text, begun: performance.now() });
      } catch (error) {
        throw explainStatement(error, { text, statement: index, stopped: this.#conversation.stopped });
      } finally {
        clearTimeout(timer);
      }
    }
  }

  /** A reader's BEGIN stands inside a transaction of ours, of which it need not be told. */
  #pass(notice: NoticeFields): void {
    const ours = this.#session.readOnly && notice.code === ALREADY_BEGUN && !this.#transaction.begun;
    if (!ours) this.#queue.push(noticeRecord(notice));
  }

  /** What a script leaves open is rolled back: the next one, of whomever, begins clean. */
  async #leaveTransaction(): Promise<void> {
    if (this.#session.closed || this.#session.status === 'I') return;
    const lost = this.#transaction.begun && !this.#session.readOnly;
    const timer = setTimeout(() => this.#session.destroy(), ROLLBACK_TIME);
    await this.#session.send(command('ROLLBACK'));
    clearTimeout(timer);
    const message = 'The script ended inside a transaction, which was rolled back. COMMIT keeps its changes.';
    if (lost) this.#queue.push({ type: 'notice', severity: 'WARNING', message });
  }
}
