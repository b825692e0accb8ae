/** The adapter over a connector elsewhere: the operation goes there, and its lines come back. */
import { ConnectorRecord, type Operation } from '#contract/connector.ts';
import { AppError, ERRORS, type ErrorBody, type ErrorCode } from '#contract/errors.ts';
import type { Connector, ConnectorEvent } from './connector.ts';
import { LineReader } from './line-reader.ts';

/** Calls a connector. Throws AppError, also while its bytes are read: CONNECTOR_FAILED, THROTTLED. */
export type CallConnector = (operation: Operation, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;

interface Parts {
  /** The network's name, for the errors. */
  readonly network: string;
  readonly call: CallConnector;
  /** The PEM of the authorities to trust, where they are not the connector's own. */
  readonly authorities?: (() => string) | undefined;
  readonly silenceMs?: number;
}

/** A connector sends a line every 10 seconds at least, and is started within a few. */
const SILENCE = 30_000;

/** How long it may take to stop what nobody waits for any more, in milliseconds. */
const STOPPING = 4_000;

/** Rows are passed on as they came. The first bytes of their lines are those that `engines/sql/row-lines.ts` writes. */
const ROWS = Buffer.from('{"type":"rows"');

/** As the port says. Errors beside those of the database: CONNECTOR_FAILED and THROTTLED. */
export function remote({ network, call, authorities, silenceMs = SILENCE }: Parts): Connector {
  async function* perform(given: Operation, signal: AbortSignal): AsyncGenerator<ConnectorEvent> {
    signal.throwIfAborted();
    const operation = authorities ? trusting(given, authorities) : given;
    const ending = new AbortController();
    const reading = new Reading(new LineReader(bytesOf(call(operation, ending.signal)), silenceMs), network);
    try {
      for (let event = await reading.next(signal); event; event = await reading.next(signal)) yield event;
    } finally {
      // A function goes on after its caller has left.
      if (!reading.ended && operation.work.do === 'run') await stop(operation, reading);
      ending.abort();
      reading.destroy();
    }
  }
  /** What fails here has nobody to go to: the statement's own timeout ends it. */
  async function stop(operation: Operation, reading: Reading): Promise<void> {
    const limit = AbortSignal.timeout(STOPPING);
    try {
      while (reading.handle === undefined && !reading.ended) await reading.next(limit);
      const { handle, ended } = reading;
      if (handle === undefined || ended) return;
      for await (const _ of perform({ ...operation, work: { do: 'cancel', handle } }, limit));
    } catch {}
  }
  return { perform };
}

const trusting = (operation: Operation, authorities: () => string): Operation => ({
  ...operation,
  target: { ...operation.target, ca: operation.target.ca ?? authorities() },
});

async function* bytesOf(answer: Promise<AsyncIterable<Uint8Array>>): AsyncGenerator<Uint8Array> {
  yield* await answer;
}

/** What has been read of one answer. */
class Reading {
  /** What a cancel has to name. */
  handle: string | undefined;
  /** True once the connector has said how it ended. */
  ended = false;
  readonly #lines: LineReader;
  readonly #network: string;

  constructor(lines: LineReader, network: string) {
    this.#lines = lines;
    this.#network = network;
  }

  /** The next event; undefined at the end. */
  async next(signal: AbortSignal): Promise<ConnectorEvent | undefined> {
    for (;;) {
      const line = await this.#lines.next(signal).catch((error: unknown) => {
        throw signal.aborted || error instanceof AppError ? error : this.#failure('cut off its answer', error);
      });
      if (!line) throw this.#failure('cut off its answer');
      if (ROWS.compare(line, 0, ROWS.length) === 0) return line;
      const event = this.#eventOf(line);
      if (event !== 'heartbeat') return event;
    }
  }

  destroy(): void {
    this.#lines.destroy();
  }

  #eventOf(line: Uint8Array): ConnectorEvent | 'heartbeat' | undefined {
    const record: ConnectorRecord = this.#parse(line);
    if (record.type === 'heartbeat') return record.type;
    this.ended = ENDS.has(record.type);
    if (record.type === 'end') return undefined;
    if (record.type === 'error') throw errorOf(record.error);
    if (record.type === 'failed') throw this.#failure(FAULTS[record.reason]);
    if (record.type === 'started') this.handle = record.handle;
    return record;
  }

  #parse(line: Uint8Array): ConnectorRecord {
    try {
      return ConnectorRecord.parse(JSON.parse(Buffer.from(line).toString('utf8')));
    } catch (error) {
      throw this.#failure(FAULTS.operation, error);
    }
  }

  #failure(what: string, cause?: unknown): AppError {
    return new AppError('CONNECTOR_FAILED', {
      message: `The connector of the network “${this.#network}” ${what}.`,
      cause,
    });
  }
}

const ENDS: ReadonlySet<ConnectorRecord['type']> = new Set(['end', 'error', 'failed']);

const FAULTS = {
  operation: 'and the function that called it are of different builds: deploy again',
  fault: 'failed at this operation; its log says more',
} as const satisfies Record<Extract<ConnectorRecord, { type: 'failed' }>['reason'], string>;

/** The database's error, as the engine made it over there. */
const errorOf = ({ code, message, details }: ErrorBody): AppError =>
  new AppError(code in ERRORS ? (code as ErrorCode) : 'CONNECTOR_FAILED', { message, ...(details && { details }) });
