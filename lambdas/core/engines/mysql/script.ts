/** Runs a script on a session: statement by statement, every result a stream. */
import type { AppError } from '#contract/errors.ts';
import { ROW_LIMIT } from '#contract/results.ts';
import { SQL_DIALECTS, type StatementRange } from '#contract/sql/split.ts';
import type { ResultEvent, RunOptions } from '../engine.ts';
import { type BoundText, bindText } from '../sql/bind-text.ts';
import { EventQueue } from '../sql/event-queue.ts';
import { type FailedStatement, ScriptFlow, type ScriptSteps, type Statement } from '../sql/script-flow.ts';
import { executing, forgetting, preparing } from './bound-statement.ts';
import type { Exchange, ExchangeOptions } from './exchange.ts';
import { explainStatement } from './explain.ts';
import { type ColumnDefinition, ServerError, STATUS } from './packets.ts';
import { Reading } from './reading.ts';
import { doneRecord, noticeRecord } from './records.ts';
import { arrivalOf, resultColumn } from './result-columns.ts';
import type { Session } from './session.ts';
import { Stopper } from './stopper.ts';
import { TextRows } from './text-rows.ts';

/** ER_QUERY_INTERRUPTED. */
const INTERRUPTED = 1317;
/** How long the server may take to end what is left before the line is cut, in milliseconds. */
const LEAVE_TIME = 5_000;
/** How long a server may take to see by itself that there are rows enough, in milliseconds. */
const CUT_GRACE = 30;
const PLACEHOLDERS = { write: () => '?', placeOf: 'use' } as const;
/** The server keeps 64 warnings by itself. */
const WARNINGS = 'SHOW WARNINGS LIMIT 64';

export class Script implements ScriptSteps {
  readonly queue: EventQueue;
  readonly dialect = SQL_DIALECTS.mysql;
  readonly #session: Session;
  readonly #options: RunOptions;
  readonly #flow: ScriptFlow;
  readonly #stopper: Stopper;
  readonly #reading: Reading | undefined;
  #rows: TextRows[] = [];
  #busy = false;
  /** The statement with the most parameters so far. */
  #bound: BoundText | undefined;
  #cutTimer: NodeJS.Timeout | undefined;

  constructor(session: Session, script: string, options: RunOptions) {
    this.#session = session;
    this.#options = options;
    this.#stopper = new Stopper(session);
    this.#reading = session.readOnly ? new Reading(session) : undefined;
    this.queue = new EventQueue((full) => {
      if (full && !this.#stopper.stopping) session.wire.pause();
      else session.wire.resume();
    });
    this.#flow = new ScriptFlow(script, options, this);
  }

  get handle(): string {
    return this.#session.handle;
  }

  /** A reader's is ours. */
  get inTransaction(): boolean {
    const { readOnly, status } = this.#session;
    return !readOnly && (status & STATUS.inTransaction) > 0;
  }

  events(statements: readonly StatementRange[]): AsyncGenerator<ResultEvent, void, void> {
    return this.#flow.events(statements);
  }

  async runOne(statement: Statement): Promise<void> {
    if (statement.isFirst) await this.#prepare();
    this.#reading?.check();
    const exchange = await this.#execute(statement);
    const cut = this.#rows.some((rows) => rows.cut);
    if (this.#flow.stopped) throw this.#flow.stopped;
    if (exchange.error && !(cut && isInterrupted(exchange.error))) throw exchange.error;
    for (const rows of this.#rows) rows.flush();
    await this.#afterwards(exchange);
    const outcome = {
      rows: this.#rows.reduce((sum, { rows }) => sum + rows, 0),
      affected: exchange.ended?.affected ?? 0,
      truncated: cut,
      returnsRows: exchange.results > 0,
    };
    this.queue.push(doneRecord(statement, outcome));
  }

  /** What a script leaves open is rolled back, and our own limits are lifted: the next one, of whomever, begins clean. */
  async leave(): Promise<void> {
    const session = this.#session;
    if (session.closed) return;
    const timer = setTimeout(() => session.destroy(), LEAVE_TIME);
    await this.#reading?.end();
    const open = this.inTransaction;
    const lift = `SET SESSION sql_select_limit = DEFAULT, ${session.ownLimit}`;
    try {
      if (open) await session.command('ROLLBACK');
      if (!session.closed) await session.command(lift);
      for (const text of this.#bound ? forgetting(this.#bound) : []) if (!session.closed) await session.command(text);
    } catch {
      // The server rolls back what a lost connection leaves.
      session.destroy();
    } finally {
      clearTimeout(timer);
    }
    const message = 'The script ended inside a transaction, which was rolled back. COMMIT keeps its changes.';
    if (open) this.queue.push({ type: 'notice', severity: 'WARNING', message });
  }

  stopRunning(): void {
    if (!this.#busy) return;
    this.#stopper.stop();
    for (const rows of this.#rows) rows.drop();
    this.#session.wire.resume();
  }

  explain(error: unknown, failed: FailedStatement): AppError {
    return explainStatement(error, { ...failed, reading: this.#session.readOnly });
  }

  /** `sql_select_limit` lets the server itself stop: it counts for a SELECT without a LIMIT, and nowhere inside of one. */
  async #prepare(): Promise<void> {
    const { maxRows, timeoutSeconds } = this.#options;
    const limit = maxRows < ROW_LIMIT ? String(maxRows + 1) : 'DEFAULT';
    await this.#session.command(
      `SET SESSION sql_select_limit = ${limit}, ${this.#session.flavour.limit(timeoutSeconds)}`,
    );
    await this.#reading?.begin();
  }

  async #execute(statement: Statement): Promise<Exchange> {
    if (this.#flow.stopped) throw this.#flow.stopped;
    this.#rows = [];
    this.#busy = true;
    const onColumns = (columns: readonly ColumnDefinition[]) => this.#result(statement, columns);
    const bound = bindText(statement.text, this.dialect, this.#options.parameters, PLACEHOLDERS);
    const exchange = await this.#exchange(bound, onColumns);
    this.#busy = false;
    clearTimeout(this.#cutTimer);
    // The rows before an error are kept, those of a script that was stopped are not.
    if (!this.#flow.stopped) for (const rows of this.#rows) rows.flush();
    await this.#stopper.settle();
    return exchange;
  }

  async #exchange(bound: BoundText, onColumns: ExchangeOptions['onColumns']): Promise<Exchange> {
    const { text, values } = bound;
    if (values.length === 0) return this.#session.exchange({ text, onColumns });
    if (values.length > (this.#bound?.values.length ?? 0)) this.#bound = bound;
    for (const text of preparing(bound)) {
      const prepared = await this.#session.exchange({ text, onColumns });
      if (prepared.error || this.#flow.stopped) return prepared;
    }
    return this.#session.exchange({ text: executing(bound), onColumns });
  }

  /** A procedure may give several results; each begins with its columns. */
  #result({ index }: Statement, definitions: readonly ColumnDefinition[]): TextRows {
    this.#rows.at(-1)?.flush();
    const columns = definitions.map(resultColumn);
    this.queue.push({ type: 'columns', statement: index, columns });
    const rows = new TextRows(definitions.map(arrivalOf), {
      quoted: columns.map(({ kind }) => kind === 'json'),
      maxRows: this.#options.maxRows,
      emit: (line) => this.queue.push(line),
      // What may have changed something is never killed to stop its rows: what the limit left over is passed over.
      onCut: () => {
        if (this.#session.readOnly) this.#cutTimer = setTimeout(() => this.stopRunning(), CUT_GRACE);
      },
    });
    if (this.#flow.stopped) rows.drop();
    this.#rows.push(rows);
    return rows;
  }

  async #afterwards({ ended }: Exchange): Promise<void> {
    if ((ended?.warnings ?? 0) > 0 && !this.#session.closed)
      for (const row of await this.#session.query(WARNINGS)) this.queue.push(noticeRecord(row));
    // A script may change what text is sent in.
    if (ended && (ended.status & STATUS.stateChanged) > 0) await this.#session.command('SET NAMES utf8mb4');
  }
}

const isInterrupted = (error: Error): boolean => error instanceof ServerError && error.errno === INTERRUPTED;
