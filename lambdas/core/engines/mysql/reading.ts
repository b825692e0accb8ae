/**
 * The transaction that a reader's script is kept in: an XA transaction that only reads. The server refuses to change
 * anything in it (error 1792), and refuses all that would end it or begin another one: COMMIT, BEGIN, DDL and whatever
 * commits by itself, also inside of procedures (error 1399). Only XA END with its name ends it, and its name is a secret of
 * 128 bits: see docs/decisions/0008-mysql-reads-inside-xa.md.
 */
import { randomBytes } from 'node:crypto';
import { AppError } from '#contract/errors.ts';
import { STATUS } from './packets.ts';
import type { Session } from './session.ts';

const KEPT = STATUS.inTransaction | STATUS.readOnly;

export class Reading {
  readonly #session: Session;
  readonly #name = `X'${randomBytes(16).toString('hex')}'`;
  #begun = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Begins it before the first statement. Each statement of the script sees what is committed by then. */
  async begin(): Promise<void> {
    if (this.#begun) return;
    await this.#session.command('SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY');
    await this.#session.command(`XA START ${this.#name}`);
    this.#begun = true;
  }

  /** To be asked right before a statement. Whatever has happened: it is carried out where only reading is possible, or never. */
  check(): void {
    if (!this.#begun || (this.#session.status & KEPT) !== KEPT)
      throw new AppError('READ_ONLY', { message: 'The connection is not read-only, so nothing was run.' });
  }

  /** Ends it. Where that fails, so does the connection: the server then ends it by itself. */
  async end(): Promise<void> {
    if (!this.#begun || this.#session.closed) return;
    this.#begun = false;
    // A script may have ended the one, but then not the other.
    await this.#session.command(`XA END ${this.#name}`).catch(() => undefined);
    await this.#session.command(`XA ROLLBACK ${this.#name}`).catch(() => this.#session.destroy());
  }
}
