/** Stops the statement that runs on a session, each way being tried when the one before has had its time. */
import { Session } from './session.ts';

/** When the second way is tried, and when the line is cut, in milliseconds after the first. */
const SECOND_WAY = 700;
const LAST_WAY = 3_000;

export class Stopper {
  readonly #session: Session;
  #told: Promise<void> | undefined;
  #timers: NodeJS.Timeout[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** True from `stop` until `settle`. */
  get stopping(): boolean {
    return this.#told !== undefined;
  }

  /**
   * First the protocol's own cancel. A proxy may not pass it on (RDS Proxy does not), so then a second login that asks
   * the database. In the end the line is cut, and the server finds out by itself.
   */
  stop(): void {
    if (this.#told) return;
    this.#told = this.#session.requestCancel();
    this.#timers = [
      setTimeout(() => void this.#askAnotherWay(), SECOND_WAY),
      setTimeout(() => this.#session.destroy(), LAST_WAY),
    ];
  }

  /** To be awaited when the statement has ended: a cancel that is still on its way would hit the next one. */
  async settle(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#told;
    this.#told = undefined;
  }

  async #askAnotherWay(): Promise<void> {
    const { flavour, target, login, handle } = this.#session;
    try {
      const signal = AbortSignal.timeout(LAST_WAY - SECOND_WAY);
      const other = await Session.open(flavour, target, login, { readOnly: true, signal });
      await flavour.cancel(other, handle).finally(() => other.close(false));
    } catch {
      // A token may have expired by now; the line is cut soon.
    }
  }
}
