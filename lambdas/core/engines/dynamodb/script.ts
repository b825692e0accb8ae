/** Runs a script, statement by statement: what each will read is said before, and what it has consumed after. */
import { AppError } from '#contract/errors.ts';
import type { StatementRange } from '#contract/sql/split.ts';
import { DocumentLines } from '../documents/document-lines.ts';
import { stopAfter, stopWith } from '../documents/stopping.ts';
import type { ResultEvent, RunOptions, ScanLimits } from '../engine.ts';
import { Pausing } from '../pausing.ts';
import type { Item } from './attributes.ts';
import type { Calls } from './calls.ts';
import { CapacitySum } from './capacity.ts';
import { guardTable } from './guard-table.ts';
import { ItemColumns } from './item-columns.ts';
import { type Page, readPages } from './pages.ts';
import { announcement, guardScan, planOf, type Reading } from './plan.ts';
import { begin } from './running.ts';
import { COMMANDS, readStatement, type Statement } from './statements.ts';
import { indexesOf, keyOf, type Tables } from './tables.ts';

export interface Ground {
  readonly calls: Calls;
  readonly tables: Tables;
  readonly readOnly: boolean;
  /** Of what may be scanned; undefined: all of it. */
  readonly limits: ScanLimits | undefined;
  /** Ends with the connection. */
  readonly closed: AbortSignal;
}
type Run = RunOptions & { readonly stop: AbortController };

/** The events of all statements. */
export async function* runScript(
  ground: Ground,
  script: string,
  statements: readonly StatementRange[],
  options: RunOptions,
): AsyncGenerator<ResultEvent, void, void> {
  using stopping = stopWith([options.signal, ground.closed]);
  const { stop } = stopping;
  const { handle, end } = begin(stop);
  const pausing = new Pausing(options);
  try {
    yield { type: 'started', handle, statements: statements.length };
    for (const [index, { from, to }] of pausing.rest(statements)) {
      const pause = pausing.before(index);
      if (pause) yield pause;
      if (pausing.paused) return;
      yield { type: 'statement', statement: index, from, to };
      yield* runStatement(ground, { index, text: script.slice(from, to) }, { ...options, stop });
    }
  } finally {
    end();
    stop.abort();
  }
}

async function* runStatement(
  ground: Ground,
  { index, text }: { index: number; text: string },
  run: Run,
): AsyncGenerator<ResultEvent, void, void> {
  using _time = stopAfter(run.timeoutSeconds * 1_000, run.stop);
  try {
    run.stop.signal.throwIfAborted();
    const statement = readStatement(text, ground.readOnly, run.parameters);
    await guardTable(statement, ground.tables, run.stop.signal);
    if (READS.has(statement.kind)) yield* announce(ground, statement, run);
    yield* readResult(ground, statement, index, run);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details, cause } = error;
    throw new AppError(code, { message, cause, details: { ...details, statement: index } });
  }
}

export const NO_TABLE = 'Lodge cannot tell which table this reads, nor how.';
export const NO_LOOK = 'Lodge cannot tell whether this reads by key or scans the whole table, nor how large it is.';

export const READS: ReadonlySet<Statement['kind']> = new Set(['select', 'query', 'scan']);

/** How many items are wanted: a QUERY and a SCAN may say so themselves. */
export const wanted = (statement: Statement, maxRows: number): number =>
  Math.min(maxRows, ('limit' in statement && statement.limit) || maxRows);

/** Says how the statement reads. Where scans are limited, too large a one is stopped here, and one that cannot be told. */
async function* announce(
  { tables, limits }: Ground,
  statement: Statement,
  { maxRows, stop }: Run,
): AsyncGenerator<ResultEvent, void, void> {
  const { table, index } = statement;
  if (table === undefined) {
    if (limits) throw new AppError('STATEMENT_FAILED', { message: NO_TABLE });
    yield { type: 'notice', severity: 'WARNING', message: NO_TABLE };
    return;
  }
  try {
    const facts = await tables.facts(table, index, stop.signal);
    const reading: Reading = { table, index, facts, plan: planOf(statement, facts), most: wanted(statement, maxRows) };
    if (limits) guardScan(reading, limits);
    yield { type: 'notice', ...announcement(reading) };
  } catch (error) {
    const mayNotLook = error instanceof AppError && error.code === 'AWS_DENIED';
    if (!mayNotLook || limits) throw error;
    yield { type: 'notice', severity: 'WARNING', message: NO_LOOK, hint: error.details?.hint ?? error.message };
  }
}

async function* readResult(
  ground: Ground,
  statement: Statement,
  index: number,
  run: Run,
): AsyncGenerator<ResultEvent, void, void> {
  const begun = performance.now();
  const capacity = new CapacitySum();
  const most = wanted(statement, run.maxRows);
  let rows = 0;
  let truncated = false;
  let columns: ItemColumns | undefined;
  let lines: DocumentLines<Item> | undefined;
  const signal = run.stop.signal;
  const makeColumns = async (items: Page['items']) => new ItemColumns(items, await placeOf(ground, statement, signal));
  for await (const page of readPages(ground.calls, statement, { left: () => most - rows, signal })) {
    capacity.add(page.capacity);
    const items = page.items.slice(0, most - rows);
    if (!columns && items.length > 0) {
      columns = await makeColumns(items);
      lines = new DocumentLines(columns);
      yield { type: 'columns', statement: index, columns: [...columns.columns] };
    }
    rows += items.length;
    if (lines) yield* lines.of(items);
    truncated = rows >= most && (page.more || page.items.length > items.length);
    if (rows >= most) break;
  }
  if (!columns && READS.has(statement.kind))
    yield { type: 'columns', statement: index, columns: [...(await makeColumns([])).columns] };
  const late = columns?.later.notice('attributes', 'page');
  if (late) yield late;
  const { consumed } = capacity;
  // A QUERY that says itself how much it wants was not cut by the limit of rows.
  const cut = truncated && !('limit' in statement && statement.limit !== undefined && statement.limit <= run.maxRows);
  yield {
    type: 'done',
    statement: index,
    command: COMMANDS[statement.kind].command,
    rows,
    ...(CHANGES_ONE.has(statement.kind) && { affected: 1 }),
    truncated: cut,
    elapsedMs: Math.round(performance.now() - begun),
    ...(consumed && { consumed: { kind: READS.has(statement.kind) ? 'read' : 'write', ...consumed } }),
  };
}

/** These change exactly one item, or fail. A DELETE of what is not there succeeds, so it says no number. */
const CHANGES_ONE: ReadonlySet<Statement['kind']> = new Set(['insert', 'update']);

/** The keys, for the order of the columns; without the permission to describe the table there is no order. */
async function placeOf({ tables }: Ground, { table, index }: Statement, signal: AbortSignal) {
  if (table === undefined) return undefined;
  const description = await tables.describe(table, signal).catch(() => undefined);
  if (!description) return undefined;
  const indexed = indexesOf(description).find(({ IndexName }) => IndexName === index);
  return { table, key: keyOf(description), indexKey: indexed ? keyOf(indexed) : [] };
}
