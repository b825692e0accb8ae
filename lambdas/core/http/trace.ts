import { AppError } from '#contract/errors.ts';
import type { RouteName } from '#contract/routes.ts';
import type { Log } from '../ports/log.ts';
import type { HttpRequest } from './message.ts';

/** What is known of one request, and its one log line. */
export class Trace {
  readonly requestId: string;
  route: RouteName | undefined;
  /** The user's id, once the session is open. */
  user: string | undefined;
  /** What may end it early. */
  signal: AbortSignal;
  readonly #log: Log;
  readonly #started = performance.now();

  constructor({ requestId, signal }: HttpRequest, log: Log) {
    this.requestId = requestId;
    this.signal = signal;
    this.#log = log;
  }

  /**
   * What was thrown, as an error that may be answered. After an abort everything thrown is its echo, so that the reason
   * of the abort says what happened. What nobody meant is INTERNAL.
   */
  explain(error: unknown): AppError {
    if (this.signal.aborted && this.signal.reason instanceof AppError) return this.signal.reason;
    return error instanceof AppError ? error : new AppError('INTERNAL', { cause: error });
  }

  /** Writes the line. A refusal is the caller's business; a 5xx is ours, and its cause is what the runbook asks for. */
  end(status: number, error?: AppError): void {
    const fields = {
      requestId: this.requestId,
      ...(this.route ? { route: this.route } : {}),
      ...(this.user ? { user: this.user } : {}),
      ...(error ? { code: error.code } : {}),
      status,
      elapsedMs: Math.round(performance.now() - this.#started),
    };
    if (error && error.status >= 500) this.#log.error('request', { ...fields, cause: error.cause ?? error });
    else this.#log.info('request', fields);
  }
}
