/** One run of a script: connects, sends it, follows its stream, cancels it, and says what became of it. */
import type { Consumed } from '#contract/results.ts';
import { ApiError, streamCut } from '../../api.ts';
import type { Store } from '../../app/store.ts';
import { nextFrame, type Schedule } from '../../grid/next-frame.ts';
import type { RunParameters } from '../scripts/declared.ts';
import { isOver } from '../workbench/connection-book.ts';
import { RunLog } from './run-log.ts';
import type { Phase, RunState } from './run-state.ts';

export interface RunRequest {
  readonly script: string;
  readonly maxRows: number;
  readonly timeoutSeconds: number;
  /** What its `:name`s are; absent: a colon means nothing. */
  readonly parameters?: RunParameters;
}
/** The way to the server, so that a test can stand in for it. */
export interface RunPorts {
  /** Resolves the connection token; rejects when the user would not connect. */
  connect(options?: { fresh?: boolean }): Promise<string>;
  stream(
    body: { connection: string; statement: string } & Omit<RunRequest, 'script'>,
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array>;
  cancel(body: { connection: string; handle: string }): Promise<{ cancelled: boolean }>;
  /** Told of what each statement is charged. */
  charge?(consumed: Consumed): void;
  readonly schedule?: Schedule;
  /** How long a cancelled stream may take to end by itself. */
  readonly patienceMs?: number;
  /** How long the server may say nothing. */
  readonly silenceMs?: number;
}

const PATIENCE_MS = 6_000;
/** The server says something at least every ten seconds; after such a silence nobody is there any more. */
const SILENCE_MS = 60_000;
const UNSURE = 'The statement may still be running there.';

export class Run {
  /** Settles when the run has ended, in whatever way. */
  readonly ended: Promise<void>;
  readonly #request: RunRequest;
  readonly #ports: RunPorts;
  readonly #log: RunLog;
  readonly #stop = new AbortController();
  #token: string | undefined;
  #cancelAsked = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(request: RunRequest, ports: RunPorts) {
    this.#request = request;
    this.#ports = ports;
    this.#log = new RunLog(request.script, ports.schedule ?? nextFrame, ports.charge);
    this.ended = this.#go();
  }

  get state(): Store<RunState> {
    return this.#log.state;
  }

  /** Asks the database to stop. Where it does not answer in some seconds, the page stops listening, and says so. */
  async cancel(): Promise<void> {
    if (!this.#log.running || this.#cancelAsked) return;
    this.#cancelAsked = true;
    const { handle } = this.#log;
    if (!handle || !this.#token) {
      this.#giveUp('Nothing had begun in the database yet.');
      return;
    }
    this.#log.phase('cancelling');
    this.#patience = setTimeout(
      () => this.#giveUp(`The database did not confirm the cancel in time. ${UNSURE}`, 'warning'),
      this.#ports.patienceMs ?? PATIENCE_MS,
    );
    try {
      const { cancelled } = await this.#ports.cancel({ connection: this.#token, handle });
      if (!cancelled) this.#giveUp('The statement had ended already when the cancel arrived.');
    } catch (error) {
      this.#giveUp(`The cancel did not reach the database: ${messageOf(error)} ${UNSURE}`, 'warning');
    }
  }

  /** Nobody looks any more: ends the run, also in the database, without waiting for it. */
  dispose(): void {
    if (!this.#log.running) return;
    const { handle } = this.#log;
    if (handle && this.#token && !this.#cancelAsked)
      this.#ports.cancel({ connection: this.#token, handle }).catch(() => undefined);
    this.#cancelAsked = true;
    this.#stop.abort(cancelled());
  }

  async #go(): Promise<void> {
    try {
      await this.#connect({});
      await this.#read().catch((error: unknown) => this.#onceMore(error));
      if (!this.#log.closed) throw streamCut();
    } catch (error) {
      this.#fail(error);
    } finally {
      clearTimeout(this.#patience);
      clearTimeout(this.#silence);
      this.#log.end();
    }
  }

  async #connect(options: { fresh?: boolean }): Promise<void> {
    this.#log.phase('connecting');
    try {
      this.#token = await unlessAborted(this.#ports.connect(options), this.#stop.signal);
    } catch (error) {
      throw this.#stop.signal.aborted ? error : new Declined(error);
    }
    this.#stop.signal.throwIfAborted();
    this.#log.phase('waiting');
  }

  /** A token of another session, or of other rules, opens nothing: connect again, and run again, for nothing has run yet. */
  async #onceMore(error: unknown): Promise<void> {
    const unopened = isOver(error) && !this.#log.handle;
    if (!unopened || this.#stop.signal.aborted) throw error;
    this.#log.closed = false;
    await this.#connect({ fresh: true });
    await this.#read();
  }

  async #read(): Promise<void> {
    const { script, ...limits } = this.#request;
    const body = { connection: this.#token ?? '', statement: script, ...limits };
    this.#listen();
    for await (const line of this.#ports.stream(body, this.#stop.signal)) {
      this.#listen();
      this.#log.take(line);
      if (this.#log.closed) return;
    }
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#stop.abort(streamCut()), this.#ports.silenceMs ?? SILENCE_MS);
  }

  #giveUp(text: string, tone: 'calm' | 'warning' = 'calm'): void {
    if (!this.#log.running) return;
    this.#log.say({ kind: 'said', text, tone });
    this.#stop.abort(cancelled());
  }

  #fail(error: unknown): void {
    // Declined by whoever should have connected, or signed in again when the call said that the session had ended.
    const declined = error instanceof Declined ? error.cause : hasCode(error, 'DECLINED') ? error : undefined;
    if (declined !== undefined) {
      this.#log.say({ kind: 'said', text: `Nothing was run. ${messageOf(declined)}`, tone: 'calm' });
      this.#log.phase('declined');
      return;
    }
    const failure = error instanceof ApiError ? error : unread();
    this.#log.fail(failure, this.#phaseOf(failure.code));
  }

  #phaseOf(code: string): Phase {
    if (code === 'STATEMENT_CANCELLED') return 'cancelled';
    if (code !== 'STREAM_CUT') return 'failed';
    return this.#cancelAsked ? 'cancelled' : 'cut';
  }
}

/** The user closed the dialog that would have connected. */
class Declined extends Error {
  constructor(cause: unknown) {
    super('declined', { cause });
  }
}

const cancelled = (): ApiError =>
  new ApiError({ code: 'STATEMENT_CANCELLED', message: 'The statement was cancelled.' });
const unread = (): ApiError => new ApiError({ code: 'UNEXPECTED', message: 'Lodge could not read the answer.' });
const hasCode = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code;
const messageOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : 'Something went wrong on this page.';

/** The promise, or the signal's reason where it aborts first: a dialog may wait for its user much longer. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
