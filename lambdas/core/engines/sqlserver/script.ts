/** Runs a script on a session: batch by batch, every result a stream. */
import type { ColumnMetadata } from 'tedious/lib/token/colmetadata-token-parser.js';
import type { AppError } from '#contract/errors.ts';
import { SQL_DIALECTS, type StatementRange } from '#contract/sql/split.ts';
import type { ResultEvent, RunOptions } from '../engine.ts';
import { bindText } from '../sql/bind-text.ts';
import { EventQueue } from '../sql/event-queue.ts';
import { type FailedStatement, ScriptFlow, type ScriptSteps, type Statement } from '../sql/script-flow.ts';
import { StringRows } from '../sql/string-rows.ts';
import { bindsOf, PLACEHOLDERS } from './bound-values.ts';
import type { Exchange } from './exchange.ts';
import { errorsOf, explainStatement } from './explain.ts';
import { onlyReads } from './only-reads.ts';
import { checkReader } from './reader-login.ts';
import { doneRecord, errorRecord, infoRecord } from './records.ts';
import { resultColumn } from './result-columns.ts';
import type { Rows } from './row-reader.ts';
import type { Session } from './session.ts';

export class Script implements ScriptSteps {
  readonly queue: EventQueue;
  readonly dialect = SQL_DIALECTS.tsql;
  readonly #session: Session;
  readonly #options: RunOptions;
  readonly #flow: ScriptFlow;
  #exchange: Exchange | undefined;
  #rows: StringRows[] = [];

  constructor(session: Session, script: string, options: RunOptions) {
    this.#session = session;
    this.#options = options;
    this.queue = new EventQueue((full) => {
      if (full && !this.#flow.stopped) this.#exchange?.pause();
      else this.#exchange?.resume();
    });
    this.#flow = new ScriptFlow(script, options, this);
  }

  get handle(): string {
    return this.#session.handle;
  }

  get inTransaction(): boolean {
    return this.#session.inTransaction;
  }

  events(statements: readonly StatementRange[]): AsyncGenerator<ResultEvent, void, void> {
    return this.#flow.events(statements);
  }

  async runOne(statement: Statement): Promise<void> {
    if (statement.isFirst && this.#session.readOnly) await checkReader(this.#session);
    if (this.#flow.stopped) throw this.#flow.stopped;
    const { error, affected } = await this.#execute(statement);
    const cut = this.#rows.some((rows) => rows.cut);
    if (this.#flow.stopped) throw this.#flow.stopped;
    for (const rows of this.#rows) rows.flush();
    if (error !== undefined && !(cut && isCancelled(error))) {
      for (const each of errorsOf(error).slice(1)) this.queue.push(errorRecord(each));
      throw error;
    }
    const rows = this.#rows.reduce((sum, each) => sum + each.rows, 0);
    this.queue.push(doneRecord(statement, { rows, affected, truncated: cut }));
  }

  /** What a script leaves open is rolled back: the next one, of whomever, begins clean. */
  async leave(): Promise<void> {
    if (this.#session.closed || !this.#session.inTransaction) return;
    await this.#session.query('IF @@TRANCOUNT > 0 ROLLBACK').catch(() => this.#session.destroy());
    const message = 'The script ended inside a transaction, which was rolled back. COMMIT keeps its changes.';
    this.queue.push({ type: 'notice', severity: 'WARNING', message });
  }

  /** The driver cuts the line where the server does not acknowledge the attention. */
  stopRunning(): void {
    for (const rows of this.#rows) rows.drop();
    this.#exchange?.cancel();
    this.#exchange?.resume();
  }

  explain(error: unknown, failed: FailedStatement): AppError {
    return explainStatement(error, failed);
  }

  async #execute(statement: Statement): Promise<Exchange> {
    this.#rows = [];
    // The server tells of an error by its line alone, and no line of the text is another by what is bound.
    const bound = bindText(statement.text, this.dialect, this.#options.parameters, PLACEHOLDERS);
    const options = {
      text: bound.text,
      binds: bindsOf(bound.values),
      onColumns: (columns: readonly ColumnMetadata[]) => this.#result(statement, columns),
      onInfo: (info: Parameters<typeof infoRecord>[0]) => this.queue.push(infoRecord(info)),
    };
    const exchange = await this.#session.exchange(options, (sent) => {
      this.#exchange = sent;
    });
    this.#exchange = undefined;
    return exchange;
  }

  /** A batch may give several results; each begins with its columns. */
  #result({ index, text }: Statement, described: readonly ColumnMetadata[]): (taken: Rows) => void {
    this.#rows.at(-1)?.flush();
    const columns = described.map(resultColumn);
    this.queue.push({ type: 'columns', statement: index, columns });
    const rows = new StringRows({
      quoted: columns.map(({ kind }) => kind === 'json'),
      maxRows: this.#options.maxRows,
      emit: (line) => this.queue.push(line),
      // What may still have something to do is never stopped for its rows: what is too much is passed over.
      onCut: () => {
        if (onlyReads(text)) this.#exchange?.cancel();
      },
    });
    if (this.#flow.stopped) rows.drop();
    this.#rows.push(rows);
    return (taken) => {
      for (const row of taken) rows.strings(row);
      rows.pause();
    };
  }
}

/** The driver's answer to an attention that the server has acknowledged. */
const isCancelled = (error: unknown): boolean => (error as { code?: unknown }).code === 'ECANCEL';
