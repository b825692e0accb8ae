/** What a run's stream has told so far: records go in, the state that a screen draws comes out, once a frame. */
import { type Consumed, ResultRecord } from '#contract/results.ts';
import { ApiError } from '../../api.ts';
import { createStore, type Store } from '../../app/store.ts';
import { oncePerFrame, type Schedule } from '../../grid/next-frame.ts';
import { ResultStore } from '../../grid/result-store.ts';
import { type RowsLine, readRowsLine, writeRowsLine } from '../../grid/rows-line.ts';
import { placeOfError } from './error-place.ts';
import {
  isRunning,
  type Phase,
  type ResultSet,
  type RunError,
  type RunMessage,
  type RunState,
  type Span,
} from './run-state.ts';

type Handlers = { readonly [T in ResultRecord['type']]: (record: Extract<ResultRecord, { type: T }>) => void };
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const decoder = new TextDecoder();

export class RunLog {
  readonly state: Store<RunState>;
  /** What a cancel has to name, once the run has begun. */
  handle: string | undefined;
  /** True once the stream has said that it ended. */
  closed = false;
  readonly #script: string;
  readonly #schedule: Schedule;
  readonly #charge: ((consumed: Consumed) => void) | undefined;
  readonly #now: Mutable<RunState>;
  readonly #publish: () => void;
  /** Added to as they come: a script may say a hundred thousand things, and the state takes a copy once a frame. */
  readonly #messages: RunMessage[] = [];
  readonly #results: ResultSet[] = [];
  #span: Span | undefined;
  #statement = 0;
  /** Capacity units of all statements so far. */
  #units = 0;
  #current: ResultSet | undefined;
  /** A result has come or ended since the last frame. */
  #changed = false;

  constructor(script: string, schedule: Schedule, charge?: (consumed: Consumed) => void) {
    this.#script = script;
    this.#charge = charge;
    this.#schedule = schedule;
    this.#now = {
      phase: 'connecting',
      results: [],
      messages: [],
      rows: 0,
      statements: undefined,
      startedAt: performance.now(),
      elapsedMs: undefined,
    };
    this.state = createStore<RunState>({ ...this.#now });
    this.#publish = oncePerFrame(() => this.state.set(this.#snapshot()), schedule);
  }

  get running(): boolean {
    return isRunning(this.#now);
  }

  /** Takes a line of the stream. Throws ApiError for an `error` record. */
  take(line: Uint8Array): void {
    const rows = readRowsLine(line);
    if (rows) this.#takeRows(rows);
    else {
      // A record of a kind that this page does not know yet is passed over.
      const record = ResultRecord.safeParse(JSON.parse(decoder.decode(line)));
      if (record.success) this.#records[record.data.type](record.data as never);
    }
  }

  say(message: RunMessage): void {
    this.#messages.push(message);
    this.#publish();
  }

  phase(phase: Phase): void {
    this.#now.phase = phase;
    this.#publish();
  }

  /** Keeps what arrived of an unfinished result, and notes where the script failed. */
  fail(error: ApiError, phase: Phase): void {
    this.#finishResult('partial', undefined);
    this.#now.phase = phase;
    if (phase === 'cancelled') this.say({ kind: 'said', text: 'Cancelled.', tone: 'calm' });
    else this.say({ kind: 'error', ...this.#describe(error) });
  }

  /** Publishes the end at once, not with the next frame: whoever waits for the run reads its end then. */
  end(): void {
    if (this.running) this.#now.phase = 'done';
    this.#now.elapsedMs = performance.now() - this.#now.startedAt;
    this.state.set(this.#snapshot());
  }

  #snapshot(): RunState {
    // Most frames bring rows alone: then the lists stay the ones they were.
    if (this.#messages.length !== this.#now.messages.length) this.#now.messages = this.#messages.slice();
    if (this.#changed) this.#now.results = this.#results.slice();
    this.#changed = false;
    return { ...this.#now };
  }

  readonly #records: Handlers = {
    started: ({ handle, statements }) => {
      this.handle = handle;
      this.#now.statements = statements;
      if (this.#now.phase === 'waiting') this.phase('streaming');
    },
    statement: ({ statement, from, to }) => {
      this.#statement = statement;
      this.#span = { from, to };
      this.#current = undefined;
      this.#publish();
    },
    columns: ({ statement, columns }) => {
      this.#statement = statement;
      this.#current = {
        id: this.#results.length,
        statement,
        span: this.#span,
        store: new ResultStore(columns, this.#schedule),
        state: 'streaming',
        elapsedMs: undefined,
        consumed: undefined,
      };
      this.#results.push(this.#current);
      this.#changed = true;
      this.#publish();
    },
    rows: (record) => this.#takeRows(writeRowsLine(record)),
    notice: ({ type: _, ...notice }) => this.say({ kind: 'notice', ...notice }),
    done: ({ type: _, consumed, ...done }) => {
      this.#finishResult(done.truncated ? 'truncated' : 'complete', done.elapsedMs, consumed);
      if (consumed) this.#charge?.(consumed);
      this.#units += consumed?.units ?? 0;
      const charged = consumed && { consumed: { ...consumed, total: this.#units } };
      this.say({ kind: 'done', span: this.#span, ...done, affected: done.affected, ...charged });
    },
    // Nobody who looks on asks for it.
    pause: () => undefined,
    heartbeat: () => undefined,
    error: ({ error }) => {
      this.closed = true;
      throw new ApiError({ ...error, details: error.details });
    },
    end: () => {
      this.closed = true;
    },
  };

  #takeRows(line: RowsLine): void {
    this.#current?.store.append(line);
    this.#now.rows += line.count;
    this.#publish();
  }

  #finishResult(state: ResultSet['state'], elapsedMs: number | undefined, consumed?: Consumed): void {
    if (!this.#current) return;
    // A procedure gives several results, which end together.
    for (const [id, one] of this.#results.entries())
      if (one.statement === this.#current.statement && one.state === 'streaming')
        this.#results[id] = { ...one, state, elapsedMs, consumed };
    this.#changed = true;
    this.#current = undefined;
  }

  #describe({ code, message, requestId, details }: ApiError): RunError {
    const here = details?.statement === undefined || details.statement === this.#statement;
    const span = here ? this.#span : undefined;
    const at = placeOfError(this.#script, span ?? { from: 0, to: this.#script.length }, details);
    return { code, message, requestId, details, span, at };
  }
}
