/** Stops the statement that runs on a session; where that takes too long, its line is cut. */
import type { Session } from './session.ts';

/** When the line is cut, in milliseconds after the first try. */
const LAST_WAY = 3_000;

export class Stopper {
  readonly #session: Session;
  #told: Promise<void> | undefined;
  #settled = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** True from `stop` until `settle`. */
  get stopping(): boolean {
    return this.#told !== undefined;
  }

  /** The server is told over a second connection, for this one is taken. */
  stop(): void {
    if (this.#told) return;
    this.#settled = new AbortController();
    this.#told = this.#session.kill(AbortSignal.timeout(LAST_WAY), this.#settled.signal);
    this.#timer = setTimeout(() => this.#session.destroy(), LAST_WAY);
  }

  /** To be awaited when the statement has ended: a kill that is still on its way would hit the next one. */
  async settle(): Promise<void> {
    if (!this.#told) return;
    clearTimeout(this.#timer);
    this.#settled.abort();
    await this.#told;
    this.#told = undefined;
    // One that came too late hits this.
    await this.#session.exchange({ text: 'DO 0', onColumns: () => ({ row: () => undefined, pause: () => undefined }) });
  }
}
