/** Runs a script, statement by statement, every result a stream. */
import { BSON, type ClientSession, type Document, Int32, type MongoClient } from 'mongodb';
import { AppError } from '#contract/errors.ts';
import type { StatementRange } from '#contract/sql/split.ts';
import { DocumentLines } from '../documents/document-lines.ts';
import { stopAfter, stopWith } from '../documents/stopping.ts';
import type { ResultEvent, RunOptions } from '../engine.ts';
import { Pausing } from '../pausing.ts';
import { readBatches } from './batches.ts';
import { type Place, placeOf } from './bson.ts';
import { kill } from './cancel.ts';
import { explainStatement } from './explain.ts';
import { FieldColumns } from './field-columns.ts';
import type { Bulk, Command, Operation, Told } from './operation.ts';
import { operationOf } from './operations.ts';
import { checkReads } from './reading.ts';
import { begin } from './running.ts';
import { parse } from './shell/parse.ts';

export interface Ground {
  readonly client: MongoClient;
  readonly readOnly: boolean;
  /** Where the next script begins: `use` changes it. */
  database: string;
  /** Ends with the connection. */
  readonly closed: AbortSignal;
}
type Run = RunOptions & { readonly session: ClientSession; readonly stop: AbortController };

/** How much longer than the server Lodge waits for a statement that is over time, in milliseconds. */
const TIMEOUT_GRACE = 1_000;

export async function* runScript(
  ground: Ground,
  script: string,
  statements: readonly StatementRange[],
  options: RunOptions,
): AsyncGenerator<ResultEvent, void, void> {
  using stopping = stopWith([options.signal, ground.closed]);
  const { stop } = stopping;
  await using session = ground.client.startSession();
  const handle = session.id?.id.toString('hex') ?? '';
  const running = begin(handle, stop);
  const pausing = new Pausing(options);
  // The socket is closed, which not every server takes as a sign: so it is told, too.
  let told: Promise<unknown> | undefined;
  const tell = () => {
    told = kill(ground.client, handle);
  };
  stop.signal.addEventListener('abort', tell);
  try {
    yield { type: 'started', handle, statements: statements.length };
    for (const [index, { from, to }] of pausing.rest(statements)) {
      const pause = pausing.before(index);
      if (pause) yield pause;
      if (pausing.paused) return;
      yield { type: 'statement', statement: index, from, to };
      const { database } = ground;
      yield* runStatement(ground, { index, text: script.slice(from, to) }, { ...options, session, stop });
      // What `use` has chosen another connection would not know.
      pausing.after(index, { leaves: ground.database !== database });
    }
  } finally {
    stop.signal.removeEventListener('abort', tell);
    running.end();
    // Whoever closes the connection next would cut this off.
    await told;
  }
}

async function* runStatement(
  ground: Ground,
  { index, text }: { index: number; text: string },
  run: Run,
): AsyncGenerator<ResultEvent, void, void> {
  using _time = stopAfter(run.timeoutSeconds * 1_000 + TIMEOUT_GRACE, run.stop);
  const begun = performance.now();
  try {
    run.stop.signal.throwIfAborted();
    const step = operationOf(parse(text, run.parameters), ground.database);
    if ('use' in step) {
      ground.database = step.use;
      yield done(index, { title: 'use', begun });
      return;
    }
    if (ground.readOnly) for (const command of commandsOf(step)) checkReads(command);
    const isCursor = 'command' in step && step.result === 'cursor';
    yield* isCursor
      ? readResult(ground, step, index, { ...run, begun })
      : tellResult(ground, step, index, { ...run, begun });
  } catch (error) {
    const { code, message, details, cause } = explainStatement(error, run.stop.signal);
    throw new AppError(code, { message, cause, details: { ...details, statement: index } });
  }
}

const commandsOf = (step: Operation | Bulk): readonly Command[] =>
  'commands' in step ? step.commands : [step.command];
const toldOf = (step: Operation | Bulk, replies: readonly Document[]): Told => {
  if ('commands' in step) return step.result(replies);
  return step.result === 'cursor' ? { rows: replies } : step.result(replies[0] ?? {});
};
type Begun = Run & { readonly begun: number };

/** What the replies of commands tell, where there is nothing to read on. */
async function* tellResult(
  { client }: Ground,
  step: Operation | Bulk,
  index: number,
  { session, stop, maxRows, timeoutSeconds, begun }: Begun,
): AsyncGenerator<ResultEvent, void, void> {
  const { title } = step;
  const db = client.db(step.database);
  const replies: Document[] = [];
  for (const each of commandsOf(step)) {
    const command = withTime(each, timeoutSeconds);
    replies.push(await db.command(Object.fromEntries(command), { session, signal: stop.signal, ...LOSSLESS }));
    if (!('ordered' in step) || step.ordered) checkWrites(replies);
  }
  checkWrites(replies);
  const { rows, affected } = toldOf(step, replies);
  const documents = rows.slice(0, maxRows).map((row) => placeOf(Buffer.from(BSON.serialize(checkDates(row)))));
  const columns = new FieldColumns(documents, 'source' in step ? step.source : undefined);
  yield { type: 'columns', statement: index, columns: [...columns.columns] };
  yield* new DocumentLines(columns).of(documents);
  yield done(index, { title, begun, rows: documents.length, affected, truncated: rows.length > maxRows });
}

async function* readResult(
  { client }: Ground,
  operation: Operation,
  index: number,
  { session, stop, maxRows, timeoutSeconds, begun }: Begun,
): AsyncGenerator<ResultEvent, void, void> {
  const { title, source } = operation;
  const db = client.db(operation.database);
  const command = withTime(operation.command, timeoutSeconds);
  let rows = 0;
  let truncated = false;
  let columns: FieldColumns | undefined;
  let lines: DocumentLines<Place> | undefined;
  for await (const batch of readBatches({ db, session, signal: stop.signal }, command, () => maxRows - rows)) {
    const count = Math.min(batch.count, maxRows - rows);
    if (!columns && count > 0) {
      columns = new FieldColumns(batch.documents().take(count), source);
      lines = new DocumentLines(columns);
      yield { type: 'columns', statement: index, columns: [...columns.columns] };
    }
    rows += count;
    for (const line of lines ? lines.of(batch.documents().take(count)) : []) {
      yield line;
      stop.signal.throwIfAborted();
    }
    truncated = rows >= maxRows && (batch.more || batch.count > count);
    if (rows >= maxRows) break;
  }
  if (!columns)
    yield { type: 'columns', statement: index, columns: [...new FieldColumns([], source, askedFor(command)).columns] };
  const late = columns?.later.notice('fields', 'batch');
  if (late) yield late;
  yield done(index, { title, begun, rows, truncated });
}

/** What is told of a command keeps its types; longs stay longs. */
const LOSSLESS = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

/** Commands that take a limit of time in every server; Lodge's own timer stops the others. */
const TIMED: ReadonlySet<string> = new Set(['find', 'aggregate', 'count', 'findAndModify']);

/** The server stops by itself; a limit of the statement's own is kept. */
function withTime(command: Command, seconds: number): Command {
  const [name = ''] = command.keys();
  if (command.has('maxTimeMS') || !TIMED.has(name)) return command;
  return new Map([...command, ['maxTimeMS', new Int32(Math.min(seconds * 1_000, 2 ** 31 - 1))]]);
}

/** The names that a projection includes. */
const askedFor = (command: Command): string[] => {
  const projection = command.get('projection');
  const fields = projection instanceof Map ? [...projection] : [];
  return fields.filter(([, value]) => value === true || Number(value) === 1).map(([name]) => String(name));
};

/** A write that fails in part is answered as a success with a list of what failed. */
function checkWrites(replies: readonly Document[]): void {
  const [first] = replies.flatMap(({ writeErrors = [] }) => writeErrors as Document[]);
  if (!first) return;
  const written = replies.reduce((sum, { n }) => sum + Number(n ?? 0), 0);
  throw new AppError('STATEMENT_FAILED', {
    message: `${first.errmsg}`,
    details: {
      native: { code: String(first.code) },
      ...(written > 0 && { hint: `What came before it is kept: ${written} of the documents.` }),
    },
  });
}

/** The driver makes no date of what is beyond JavaScript's, and would write another one. */
function checkDates<T>(row: T): T {
  const values = row instanceof Map ? [...row.values()] : Object.values(Object(row));
  const lost = values.some((value) => value instanceof Date && Number.isNaN(value.getTime()));
  if (!lost) return row;
  throw new AppError('STATEMENT_FAILED', {
    message: 'A date lies beyond what can be told here: read it with find or aggregate.',
  });
}

interface Done {
  readonly title: string;
  readonly begun: number;
  readonly rows?: number;
  readonly affected?: number | undefined;
  readonly truncated?: boolean;
}
const done = (statement: number, { title, begun, rows = 0, affected, truncated = false }: Done): ResultEvent => ({
  type: 'done',
  statement,
  command: title,
  rows,
  ...(affected !== undefined && { affected }),
  truncated,
  elapsedMs: Math.round(performance.now() - begun),
});
