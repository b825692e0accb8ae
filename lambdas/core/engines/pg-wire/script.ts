/** Runs a script on a session: statement by statement, every result a stream. */
import type { AppError } from '#contract/errors.ts';
import type { SqlDialect, StatementRange } from '#contract/sql/split.ts';
import type { ResultEvent, RunOptions } from '../engine.ts';
import { EventQueue } from '../sql/event-queue.ts';
import { type FailedStatement, ScriptFlow, type ScriptSteps, type Statement } from '../sql/script-flow.ts';
import { Conversation } from './conversation.ts';
import { command } from './exchange.ts';
import { explainStatement } from './explain.ts';
import { noticeRecord } from './records.ts';
import type { NoticeFields, Session } from './session.ts';
import { Statements } from './statements.ts';
import { editing, reading, type Transaction } from './transaction.ts';

/** How long the database may take for its last answer before the line is cut, in milliseconds. */
const ROLLBACK_TIME = 5_000;
/** PostgreSQL's "there is already a transaction in progress". */
const ALREADY_BEGUN = '25001';

export class Script implements ScriptSteps {
  readonly queue: EventQueue;
  readonly #session: Session;
  readonly #flow: ScriptFlow;
  readonly #transaction: Transaction;
  readonly #conversation: Conversation;
  readonly #statements: Statements;

  constructor(session: Session, script: string, options: RunOptions) {
    this.#session = session;
    this.#flow = new ScriptFlow(script, options, this);
    this.#transaction = session.readOnly ? reading(session.flavour.reading) : editing();
    this.#conversation = new Conversation(session, this.#flow);
    this.queue = new EventQueue((full) => this.#conversation.pause(full));
    this.#statements = new Statements({
      session,
      conversation: this.#conversation,
      transaction: this.#transaction,
      queue: this.queue,
      options,
    });
  }

  get handle(): string {
    return this.#session.handle;
  }

  get dialect(): SqlDialect {
    return this.#session.flavour.dialect;
  }

  get inTransaction(): boolean {
    return this.#session.status !== 'I';
  }

  async *events(statements: readonly StatementRange[]): AsyncGenerator<ResultEvent, void, void> {
    this.#session.onNotice = (notice) => this.#pass(notice);
    try {
      yield* this.#flow.events(statements);
    } finally {
      this.#session.onNotice = () => undefined;
    }
  }

  runOne(statement: Statement): Promise<void> {
    return this.#statements.run(statement);
  }

  /** What a script leaves open is rolled back: the next one, of whomever, begins clean. */
  async leave(): Promise<void> {
    if (this.#session.closed || this.#session.status === 'I') return;
    const lost = this.#transaction.begun && !this.#session.readOnly;
    const timer = setTimeout(() => this.#session.destroy(), ROLLBACK_TIME);
    await this.#session.send(command('ROLLBACK')).finally(() => clearTimeout(timer));
    const message = 'The script ended inside a transaction, which was rolled back. COMMIT keeps its changes.';
    if (lost) this.queue.push({ type: 'notice', severity: 'WARNING', message });
  }

  stopRunning(): void {
    this.#conversation.stopRunning();
  }

  explain(error: unknown, failed: FailedStatement): AppError {
    return explainStatement(error, this.#session.flavour.wording, { ...failed, bound: this.#statements.bound });
  }

  /** A reader's BEGIN stands inside a transaction of ours, of which it need not be told. */
  #pass(notice: NoticeFields): void {
    const ours = this.#session.readOnly && notice.code === ALREADY_BEGUN && !this.#transaction.begun;
    if (!ours) this.queue.push(noticeRecord(notice));
  }
}
