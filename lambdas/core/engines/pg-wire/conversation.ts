/** What a script sends, and how it is stopped: one thing runs at a time, and stopping waits for its answer. */
import type { AppError } from '#contract/errors.ts';
import type { ScriptFlow } from '../sql/script-flow.ts';
import type { DataRows } from './data-rows.ts';
import type { Exchange } from './exchange.ts';
import type { Session } from './session.ts';
import { Stopper } from './stopper.ts';

export class Conversation {
  /** The rows that are being read. */
  rows: DataRows | undefined;
  readonly #session: Session;
  readonly #flow: Pick<ScriptFlow, 'stopped'>;
  readonly #stopper: Stopper;
  #busy = false;

  constructor(session: Session, flow: Pick<ScriptFlow, 'stopped'>) {
    this.#session = session;
    this.#flow = flow;
    this.#stopper = new Stopper(session);
  }

  /** Why nothing more is sent. */
  get stopped(): AppError | undefined {
    return this.#flow.stopped;
  }

  /** Sends exchanges in one go and waits for the answers. Throws the first of their errors where `fail` is asked for. */
  async send(exchanges: readonly Exchange[], { fail }: { fail: boolean }): Promise<void> {
    if (this.stopped) throw this.stopped;
    this.#busy = true;
    await this.#session.send(...exchanges);
    this.#busy = false;
    await this.#stopper.settle();
    const failed = fail ? exchanges.find(({ error }) => error) : undefined;
    if (failed) throw failed.error;
  }

  /** Stops what runs. Its rows are passed over from here on. */
  stopRunning(): void {
    if (!this.#busy) return;
    this.#stopper.stop();
    this.rows?.drop();
    this.#session.wire.resume();
  }

  /** Reads on or not, as there is room for more; what is being stopped is read to its end. */
  pause(full: boolean): void {
    if (full && !this.#stopper.stopping) this.#session.wire.pause();
    else this.#session.wire.resume();
  }
}
