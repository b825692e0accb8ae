/** The inside of a connector: an operation comes in, lines go out. Nothing of an operation is ever logged. */
import type { Readable } from 'node:stream';
import { type ConnectorRecord, Operation } from '#contract/connector.ts';
import { AppError } from '#contract/errors.ts';
import { packByZstd } from '../http/compress.ts';
import { ndjson } from '../http/stream.ts';
import type { Log } from '../ports/log.ts';
import type { Connector } from './connector.ts';

interface Surroundings {
  readonly connector: Connector;
  readonly log: Log;
  readonly requestId: string;
  /** Aborting stops the operation; its reason becomes the last record. */
  readonly signal: AbortSignal;
  readonly heartbeatMs?: number;
}

/** The answer to one call, as `contract/connector.ts` says. Destroying the stream stops the operation. */
export function answer(event: unknown, { connector, signal, heartbeatMs, ...around }: Surroundings): Readable {
  const outcome: Outcome = {};
  const lines = ndjson(records(event, connector, signal, outcome), {
    signal,
    trace: {
      requestId: '',
      explain: (error) => (error instanceof AppError ? error : new AppError('INTERNAL', { cause: error })),
      end: (_status, failure) => note(around, failure ? { ...outcome, code: failure.code } : outcome),
    },
    ...(heartbeatMs && { heartbeatMs }),
  });
  return packByZstd(lines);
}

/** What the log line may say of how it went. */
interface Outcome {
  code?: string;
  cause?: unknown;
}

async function* records(
  event: unknown,
  connector: Connector,
  signal: AbortSignal,
  outcome: Outcome,
): AsyncGenerator<ConnectorRecord | Uint8Array> {
  const begun = performance.now();
  const operation = Operation.safeParse(event);
  if (!operation.success) {
    outcome.code = 'INPUT_INVALID';
    yield { type: 'failed', reason: 'operation' };
    return;
  }
  try {
    yield* connector.perform(operation.data, signal);
    yield { type: 'end', elapsedMs: Math.round(performance.now() - begun) };
  } catch (error) {
    // What the database said, or the way to it, has a code of its own; the rest is a fault of ours.
    if (error instanceof AppError && error.code !== 'INTERNAL') throw error;
    outcome.code = 'INTERNAL';
    outcome.cause = error instanceof AppError ? error.cause : error;
    yield { type: 'failed', reason: 'fault' };
  }
}

/** One line a call: how it ended, and no word of what it was. */
function note({ log, requestId }: { log: Log; requestId: string }, outcome: Outcome): void {
  if (outcome.cause === undefined) log.info('operation', { requestId, ...outcome });
  else log.error('operation', { requestId, ...outcome });
}
