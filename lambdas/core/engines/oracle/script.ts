/** Runs a script on a session: statement by statement, every result pulled from the database as fast as somebody reads. */
import type { Metadata, Result, ResultSet } from 'oracledb';
import type { AppError } from '#contract/errors.ts';
import { SQL_DIALECTS, type StatementRange } from '#contract/sql/split.ts';
import type { ResultEvent, RunOptions } from '../engine.ts';
import { type BoundText, bindText } from '../sql/bind-text.ts';
import { EventQueue } from '../sql/event-queue.ts';
import { firstWord } from '../sql/first-word.ts';
import { type FailedStatement, ScriptFlow, type ScriptSteps, type Statement } from '../sql/script-flow.ts';
import { StringRows } from '../sql/string-rows.ts';
import { bindsOf, PLACEHOLDERS } from './bound-values.ts';
import { explainStatement } from './explain.ts';
import { beginPrinting, printedBy } from './printed.ts';
import { checkReader } from './reader-login.ts';
import { doneRecord, notice, warningRecord } from './records.ts';
import type { Row, Session } from './session.ts';
import { lostOf, resultColumn } from './values.ts';

/** Rows that one round trip brings. */
const FETCH = 500;
/** How much longer than a statement's own time the driver waits for one round trip, in milliseconds: the second net. */
const GRACE = 5_000;
/** The words that begin blocks of PL/SQL. */
const BLOCKS = new Set(['BEGIN', 'DECLARE', 'CALL']);

const READ_ONLY = 'SET TRANSACTION READ ONLY';

export class Script implements ScriptSteps {
  readonly queue: EventQueue;
  readonly dialect = SQL_DIALECTS.oracle;
  readonly #session: Session;
  readonly #options: RunOptions;
  readonly #flow: ScriptFlow;
  /** The statement that runs, or has failed, as it was sent. */
  #bound: BoundText | undefined;
  #busy = false;
  #printing = false;

  constructor(session: Session, script: string, options: RunOptions) {
    this.#session = session;
    this.#options = options;
    // Nothing comes unasked: rows wait in the database until there is room.
    this.queue = new EventQueue(() => undefined);
    this.#flow = new ScriptFlow(script, options, this);
  }

  get handle(): string {
    return this.#session.handle;
  }

  /** A reader's is ours. */
  get inTransaction(): boolean {
    const { line, readOnly } = this.#session;
    return !readOnly && line.transactionInProgress === true;
  }

  events(statements: readonly StatementRange[]): AsyncGenerator<ResultEvent, void, void> {
    return this.#flow.events(statements);
  }

  async runOne(statement: Statement): Promise<void> {
    this.#bound = undefined;
    if (statement.isFirst) await this.#prepare();
    const { line } = this.#session;
    if (this.#flow.stopped) throw this.#flow.stopped;
    line.callTimeout = this.#options.timeoutSeconds * 1_000 + GRACE;
    try {
      const options = { resultSet: true, fetchArraySize: FETCH };
      const bound = bindText(statement.text, this.dialect, this.#options.parameters, PLACEHOLDERS);
      this.#bound = bound;
      const binds = bindsOf(bound, this.#session.driver);
      const result = await this.#call(() => this.#session.execute(bound.text, binds, options));
      const outcome = await this.#take(statement, result);
      if (this.#flow.stopped) throw this.#flow.stopped;
      if (result.warning) this.queue.push(warningRecord(result.warning));
      await this.#print(statement.text);
      this.queue.push(doneRecord(statement, outcome));
    } finally {
      line.callTimeout = 0;
    }
  }

  /** Only what is on its way is broken off: a break that comes between two calls would hit the next. */
  async #call<T>(doing: () => Promise<T>): Promise<T> {
    this.#busy = true;
    return doing().finally(() => {
      this.#busy = false;
    });
  }

  /** What a script leaves open is rolled back: the next one, of whomever, begins clean. */
  async leave(): Promise<void> {
    const { line, readOnly, closed } = this.#session;
    if (closed || !line.transactionInProgress) return;
    await line.rollback().catch(() => this.#session.close());
    const message = 'The script ended inside a transaction, which was rolled back. COMMIT keeps its changes.';
    if (!readOnly) this.queue.push(notice('WARNING', message));
  }

  /** The database then ends the statement with ORA-01013. */
  stopRunning(): void {
    if (this.#busy) void this.#session.line.break().catch(() => undefined);
  }

  explain(error: unknown, failed: FailedStatement): AppError {
    return explainStatement(error, { ...failed, ...(this.#bound && { bound: this.#bound }) });
  }

  async #prepare(): Promise<void> {
    if (this.#session.readOnly) {
      await checkReader(this.#session);
      await this.#session.query(READ_ONLY);
    }
    this.#printing = await beginPrinting(this.#session);
  }

  async #take(statement: Statement, { resultSet, rowsAffected, implicitResults = [] }: Result<unknown[]>) {
    const results = resultSet ? [resultSet, ...implicitResults] : implicitResults;
    let rows = 0;
    let truncated = false;
    for (const each of results as ResultSet<unknown[]>[]) {
      const taken = await this.#read(statement, each).finally(() => each.close().catch(() => undefined));
      rows += taken.rows;
      truncated ||= taken.cut;
    }
    return { rows, affected: rowsAffected, truncated };
  }

  async #read({ index }: Statement, results: ResultSet<unknown[]>): Promise<StringRows> {
    const described = results.metaData as Metadata<unknown>[];
    const columns = described.map(resultColumn);
    this.queue.push({ type: 'columns', statement: index, columns });
    for (const lost of lostOf(described)) this.queue.push(notice('WARNING', lost));
    const rows = new StringRows({
      quoted: columns.map(({ kind }) => kind === 'json'),
      maxRows: this.#options.maxRows,
      emit: (line) => this.queue.push(line),
      onCut: () => undefined,
    });
    for (let more = true; more && rows.wanted; ) {
      await this.queue.room();
      if (this.#flow.stopped) break;
      const batch = (await this.#call(() => results.getRows(FETCH))) as Row[];
      for (const row of batch) rows.strings(row);
      rows.pause();
      more = batch.length === FETCH;
    }
    if (this.#flow.stopped) rows.drop();
    else rows.flush();
    return rows;
  }

  async #print(text: string): Promise<void> {
    if (!this.#printing || !BLOCKS.has(firstWord(text))) return;
    for (const line of await printedBy(this.#session)) this.queue.push(notice('INFO', line));
  }
}
