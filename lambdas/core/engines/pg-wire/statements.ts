/** Runs one statement: parsed and described first, then carried out, its rows going straight to the queue. */
import type { FieldDef } from 'pg';
import { AppError } from '#contract/errors.ts';
import { ROW_LIMIT } from '#contract/results.ts';
import type { RunOptions } from '../engine.ts';
import { type BoundText, bindText } from '../sql/bind-text.ts';
import type { EventQueue } from '../sql/event-queue.ts';
import type { Statement } from '../sql/script-flow.ts';
import { typesOf, wantsTypes } from './bound-values.ts';
import type { Frontend } from './client.ts';
import type { Conversation } from './conversation.ts';
import { DataRows } from './data-rows.ts';
import { COPY_REFUSED, command, Exchange } from './exchange.ts';
import { doneRecord } from './records.ts';
import type { Session } from './session.ts';
import type { Transaction } from './transaction.ts';

/** The name of the prepared statement that each statement of a script becomes in its turn. */
const NAME = 'lodge';
const CANCELLED = '57014';
const PLACEHOLDERS = { write: (place: number) => `$${place}`, placeOf: 'name' } as const;

interface Parts {
  readonly session: Session;
  readonly conversation: Conversation;
  readonly transaction: Transaction;
  readonly queue: EventQueue;
  readonly options: RunOptions;
}

export class Statements {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The statement that runs, or has failed, as it was sent. */
  bound: BoundText | undefined;

  /** Throws what the database says against it, as pg gives it. */
  async run(statement: Statement): Promise<void> {
    const { session, conversation, queue, options } = this.#parts;
    this.bound = bindText(statement.text, session.flavour.dialect, options.parameters, PLACEHOLDERS);
    const fields = await this.#prepared(statement, this.bound);
    const { execution, rows } = await this.#execute(statement, fields);
    const truncated = execution.suspended || rows.cut;
    if (conversation.stopped) throw conversation.stopped;
    if (execution.copies) throw new AppError('STATEMENT_FAILED', { message: COPY_REFUSED });
    if (execution.error && !(truncated && isCancelled(execution.error))) throw execution.error;
    const { tag } = execution;
    await this.#afterwards(tag);
    const { index, text, begun } = statement;
    const outcome = { statement: index, text, begun, tag, rows: rows.rows, truncated };
    queue.push(doneRecord({ ...outcome, returnsRows: fields !== undefined }));
  }

  /** Where the statement does not say what its texts are, and no transaction would be lost by asking, they are text. */
  async #prepared(statement: Statement, bound: BoundText): Promise<readonly FieldDef[] | undefined> {
    const { session, conversation } = this.#parts;
    const statusBefore = session.status;
    try {
      return await this.#prepare(statement, bound, { text: false });
    } catch (error) {
      if (statusBefore !== 'I' || !wantsTypes(error) || conversation.stopped) throw error;
      if (session.status === 'E') await conversation.send([command('ROLLBACK')], { fail: true });
      return this.#prepare(statement, bound, { text: true });
    }
  }

  /** Puts the session in order, and has the statement parsed. Returns its columns, undefined where it returns no rows. */
  async #prepare(
    { isFirst }: Statement,
    { text, values }: BoundText,
    as: Parameters<typeof typesOf>[1],
  ): Promise<readonly FieldDef[] | undefined> {
    const { session, conversation, transaction } = this.#parts;
    const before = transaction.before(session.status);
    const guard = before?.texts.map(command) ?? [];
    const prepared = new Exchange({ write: (frontend) => prepare(frontend, text, typesOf(values, as)) });
    const settings = this.#settings(isFirst).map(command);
    await conversation.send([...settings, ...guard, prepared], { fail: true });
    // Whatever may have gone wrong before: a reader's statement is carried out in a transaction that only reads, or never.
    if (before && (guard.at(-1)?.rows[0]?.[0] !== before.expected || session.status !== 'T'))
      throw new AppError('READ_ONLY', { message: 'The connection is not read-only, so nothing was run.' });
    if (prepared.parameters > values.length)
      throw new AppError('STATEMENT_FAILED', {
        message: 'The statement has parameters such as $1. Write the values in their places, or names such as :since.',
      });
    return prepared.fields;
  }

  #settings(isFirst: boolean): string[] {
    const { session, options } = this.#parts;
    const limit = isFirst ? session.flavour.limit(options.timeoutSeconds) : undefined;
    return [...(limit ? [limit] : []), ...(session.encoding === 'UTF8' ? [] : [`SET client_encoding = 'UTF8'`])];
  }

  async #execute({ index }: Statement, described: readonly FieldDef[] | undefined) {
    const { session, conversation, transaction, queue, options } = this.#parts;
    const { wire, columns } = session;
    const fields = described ?? [];
    // What may have changed something is never cancelled to stop its rows. A portal that is left half read is committed
    // whole; but only without a limit may the database use parallel workers ("When Can Parallel Query Be Used?").
    const changes = !session.readOnly || transaction.begun;
    const limit = changes && options.maxRows < ROW_LIMIT ? options.maxRows + 1 : 0;
    const rows = new DataRows({
      quoted: columns.describe(fields).map(({ kind }) => kind === 'json'),
      maxRows: options.maxRows,
      emit: (line) => queue.push(line),
      onCut: () => !changes && conversation.stopRunning(),
    });
    const question = columns.question(fields);
    const execution = new Exchange({
      write: (frontend) => execute(frontend, this.bound?.values.map(({ value }) => value) ?? [], limit),
      onActive: () => {
        if (question) columns.learn(question);
        if (described) queue.push({ type: 'columns', statement: index, columns: columns.describe(fields) });
        wire.reader = rows;
      },
      onDone: () => {
        wire.reader = undefined;
      },
      onCopyOut: () => conversation.stopRunning(),
    });
    conversation.rows = rows;
    await conversation.send([...(question ? [question] : []), execution], { fail: false });
    conversation.rows = undefined;
    if (conversation.stopped) rows.drop();
    else rows.flush();
    return { execution, rows };
  }

  async #afterwards(tag: string): Promise<void> {
    const { session, conversation, transaction } = this.#parts;
    if (/^(ALTER|CREATE|DROP)/.test(tag)) session.columns.forget();
    // Cancelled, after its rows had been cut: only in a reader's own transaction.
    const next = session.status === 'E' ? 'ROLLBACK' : transaction.after(tag, session.status);
    if (next) await conversation.send([command(next)], { fail: true });
  }
}

function prepare(frontend: Frontend, text: string, types: number[]): void {
  frontend.close({ type: 'S', name: NAME });
  frontend.parse({ name: NAME, text, types });
  frontend.describe({ type: 'S', name: NAME });
  frontend.sync();
}

function execute(frontend: Frontend, values: (string | null)[], rows: number): void {
  frontend.bind({ portal: '', statement: NAME, values });
  frontend.execute({ portal: '', rows });
  frontend.sync();
}

const isCancelled = (error: Error): boolean => (error as { code?: string }).code === CANCELLED;
