/** Runs a script on a session: statement by statement, every result a stream. */
import type { FieldDef } from 'pg';
import { AppError } from '#contract/errors.ts';
import { type ResultRecord, ROW_LIMIT } from '#contract/results.ts';
import type { StatementRange } from '#contract/sql/split.ts';
import type { ResultEvent, RunOptions } from '../engine.ts';
import { EventQueue } from '../sql/event-queue.ts';
import type { Frontend } from './client.ts';
import { DataRows } from './data-rows.ts';
import { COPY_REFUSED, command, Exchange } from './exchange.ts';
import { explainStatement } from './explain.ts';
import { doneRecord, noticeRecord } from './records.ts';
import type { Session } from './session.ts';
import { Stopper } from './stopper.ts';
import { editing, reading, type Transaction } from './transaction.ts';

/** The name of the prepared statement that each statement of a script becomes in its turn. */
const NAME = 'lodge';
/** How much longer than the database itself Lodge waits for a statement that is over time: a script may undo the limit. */
const TIMEOUT_GRACE = 1_000;
/** PostgreSQL's "there is already a transaction in progress". */
const ALREADY_BEGUN = '25001';
const CANCELLED = '57014';

interface Statement {
  readonly index: number;
  readonly text: string;
  readonly begun: number;
}

export class Script {
  readonly #session: Session;
  readonly #script: string;
  readonly #options: RunOptions;
  readonly #queue: EventQueue;
  readonly #stopper: Stopper;
  readonly #transaction: Transaction;
  #rows: DataRows | undefined;
  #busy = false;
  /** Why the script ends early. */
  #stopped: AppError | undefined;

  constructor(session: Session, script: string, options: RunOptions) {
    this.#session = session;
    this.#script = script;
    this.#options = options;
    this.#stopper = new Stopper(session);
    this.#transaction = session.readOnly ? reading() : editing();
    this.#queue = new EventQueue((full) => {
      if (full && !this.#stopper.stopping) session.wire.pause();
      else session.wire.resume();
    });
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
        this.#stop(new AppError('STATEMENT_CANCELLED'));
      }
      await driving;
    }
  }

  async #drive(statements: readonly StatementRange[]): Promise<void> {
    const { signal } = this.#options;
    const abort = (): void =>
      this.#stop(signal.reason instanceof AppError ? signal.reason : new AppError('STATEMENT_CANCELLED'));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    this.#session.onNotice = (notice) => {
      const ours = this.#session.readOnly && notice.code === ALREADY_BEGUN && !this.#transaction.begun;
      if (!ours) this.#queue.push(noticeRecord(notice));
    };
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
    this.#push({ type: 'started', handle: this.#session.handle, statements: statements.length });
    for (const [index, { from, to }] of statements.entries()) {
      await this.#queue.room();
      this.#push({ type: 'statement', statement: index, from, to });
      const text = this.#script.slice(from, to);
      const overtime = () => this.#stop(new AppError('STATEMENT_TIMEOUT'));
      const timer = setTimeout(overtime, this.#options.timeoutSeconds * 1_000 + TIMEOUT_GRACE);
      try {
        await this.#runOne({ index, text, begun: performance.now() });
      } catch (error) {
        throw explainStatement(error, { text, statement: index, stopped: this.#stopped });
      } finally {
        clearTimeout(timer);
      }
    }
  }

  async #runOne(statement: Statement): Promise<void> {
    const fields = await this.#prepare(statement);
    const { execution, rows } = await this.#execute(statement, fields);
    const truncated = execution.suspended || rows.cut;
    if (this.#stopped) throw this.#stopped;
    if (execution.error && !(truncated && isCancelled(execution.error))) throw execution.error;
    const { tag } = execution;
    await this.#afterwards(tag);
    const outcome = { statement: statement.index, text: statement.text, begun: statement.begun, tag };
    this.#push(doneRecord({ ...outcome, rows: rows.rows, truncated, returnsRows: fields !== undefined }));
  }

  /** Puts the session in order, and has the statement parsed. Returns its columns, undefined where it returns no rows. */
  async #prepare({ index, text }: Statement): Promise<readonly FieldDef[] | undefined> {
    const settings = this.#settings(index).map(command);
    const before = this.#transaction.before(this.#session.status);
    const guard = before && command(before.text);
    const prepared = new Exchange({
      write: (frontend) => {
        frontend.close({ type: 'S', name: NAME });
        frontend.parse({ name: NAME, text });
        frontend.describe({ type: 'S', name: NAME });
        frontend.sync();
      },
    });
    await this.#send(...settings, ...(guard ? [guard] : []), prepared);
    for (const exchange of [...settings, ...(guard ? [guard] : []), prepared]) if (exchange.error) throw exchange.error;
    // Whatever may have gone wrong before: a reader's statement is carried out in a transaction that only reads, or never.
    if (before && (guard?.rows.at(-1)?.[0] !== before.expected || this.#session.status !== 'T'))
      throw new AppError('READ_ONLY', { message: 'The connection is not read-only, so nothing was run.' });
    if (prepared.parameters > 0)
      throw new AppError('STATEMENT_FAILED', {
        message: 'The statement has parameters such as $1. Write the values in their places.',
      });
    return prepared.fields;
  }

  #settings(index: number): string[] {
    return [
      ...(index === 0 ? [`SET statement_timeout = ${this.#options.timeoutSeconds * 1_000}`] : []),
      ...(this.#session.encoding === 'UTF8' ? [] : [`SET client_encoding = 'UTF8'`]),
    ];
  }

  async #execute({ index }: Statement, described: readonly FieldDef[] | undefined) {
    const fields = described ?? [];
    const { wire, columns } = this.#session;
    const { maxRows } = this.#options;
    // What may have changed something is never cancelled to stop its rows. A portal that is left half read is committed
    // whole; but only without a limit may the database use parallel workers ("When Can Parallel Query Be Used?").
    const changes = !this.#session.readOnly || this.#transaction.begun;
    const rows = new DataRows({
      quoted: columns.describe(fields).map(({ kind }) => kind === 'json'),
      maxRows,
      emit: (line) => this.#queue.push(line),
      onCut: () => !changes && this.#stopRunning(),
    });
    const question = columns.question(fields);
    const execution = new Exchange({
      write: (frontend) => execute(frontend, changes && maxRows < ROW_LIMIT ? maxRows + 1 : 0),
      onActive: () => {
        if (question) columns.learn(question);
        if (described) this.#push({ type: 'columns', statement: index, columns: columns.describe(fields) });
        wire.reader = rows;
      },
      onDone: () => {
        wire.reader = undefined;
      },
      onCopyOut: () => this.#stopRunning(),
    });
    this.#rows = rows;
    await this.#send(...(question ? [question] : []), execution);
    this.#rows = undefined;
    if (this.#stopped) rows.drop();
    else rows.flush();
    if (execution.copies) execution.error = new AppError('STATEMENT_FAILED', { message: COPY_REFUSED });
    return { execution, rows };
  }

  async #afterwards(tag: string): Promise<void> {
    if (/^(ALTER|CREATE|DROP)/.test(tag)) this.#session.columns.forget();
    // Cancelled, after its rows had been cut: only in a reader's own transaction.
    const next = this.#session.status === 'E' ? 'ROLLBACK' : this.#transaction.after(tag, this.#session.status);
    if (!next) return;
    const exchange = command(next);
    await this.#send(exchange);
    if (exchange.error) throw exchange.error;
  }

  /** What a script leaves open is rolled back: the next one, of whomever, begins clean. */
  async #leaveTransaction(): Promise<void> {
    if (this.#session.closed || this.#session.status === 'I') return;
    const lost = this.#transaction.begun && !this.#session.readOnly;
    await this.#session.send(command('ROLLBACK'));
    const message = 'The script ended inside a transaction, which was rolled back. COMMIT keeps its changes.';
    if (lost) this.#push({ type: 'notice', severity: 'WARNING', message });
  }

  async #send(...exchanges: readonly Exchange[]): Promise<void> {
    if (this.#stopped) throw this.#stopped;
    this.#busy = true;
    await this.#session.send(...exchanges);
    this.#busy = false;
    await this.#stopper.settle();
  }

  /** Ends the script early. */
  #stop(why: AppError): void {
    this.#stopped ??= why;
    this.#stopRunning();
  }

  #stopRunning(): void {
    if (!this.#busy) return;
    this.#stopper.stop();
    this.#rows?.drop();
    this.#session.wire.resume();
  }

  #push(record: Exclude<ResultRecord, { type: 'heartbeat' | 'error' | 'end' }>): void {
    this.#queue.push(record);
  }
}

function execute(frontend: Frontend, rows: number): void {
  frontend.bind({ portal: '', statement: NAME, values: [] });
  frontend.execute({ portal: '', rows });
  frontend.sync();
}

const isCancelled = (error: Error): boolean => (error as { code?: string }).code === CANCELLED;
