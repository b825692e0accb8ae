/** An open connection: what is sent over it, in which transaction it is, and how it is stopped and closed. */
import type { Client, QueryArrayConfig } from 'pg';
import { AppError } from '#contract/errors.ts';
import type { About, ConnectOptions, Login, Target } from '../engine.ts';
import { requestCancel } from './cancel-request.ts';
import { backendKeyOf, type Frontend, frontendOf } from './client.ts';
import { open } from './connect.ts';
import { command, type Exchange, send } from './exchange.ts';
import { explainStatement } from './explain.ts';
import type { Flavour } from './flavour.ts';
import { ResultColumns } from './result-columns.ts';
import { Wire } from './wire.ts';

/** How long closing politely may take, in milliseconds. */
const CLOSE_TIME = 1_000;

export class Session {
  readonly about: About;
  /** What another connection cancels a statement of this one by. */
  readonly handle: string;
  readonly readOnly: boolean;
  readonly wire: Wire;
  readonly columns: ResultColumns;
  readonly flavour: Flavour;
  readonly target: Target;
  readonly login: Login;
  /** What the database uses for text now: a statement may change it. */
  encoding = 'UTF8';
  /** Told of each notice. */
  onNotice: (notice: NoticeFields) => void = () => undefined;
  readonly #client: Client;
  readonly #frontend: Frontend;
  readonly #signal: AbortSignal;

  private constructor(client: Client, opened: Opened) {
    this.#client = client;
    this.#frontend = frontendOf(client);
    this.wire = new Wire(this.#frontend.stream);
    this.flavour = opened.flavour;
    this.columns = new ResultColumns(opened.flavour.lookUp);
    this.target = opened.target;
    this.login = opened.login;
    this.readOnly = opened.readOnly;
    this.#signal = opened.signal;
    const [version, user, database, handle] = opened.row;
    this.about = { version: version ?? '', user: user ?? '', database: database ?? '' };
    const { processID, secretKey } = backendKeyOf(client);
    this.handle = handle ?? `${processID}.${secretKey}`;
    client.on('notice', (notice) => this.onNotice(notice));
    this.#frontend.on('parameterStatus', (status: { parameterName: string; parameterValue: string }) => {
      if (status.parameterName === 'client_encoding') this.encoding = status.parameterValue;
    });
  }

  /** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
  static async open(
    flavour: Flavour,
    target: Target,
    login: Login,
    { readOnly, signal }: ConnectOptions,
  ): Promise<Session> {
    const { wording } = flavour;
    const client = await open(target, login, { signal, wording });
    const words = flavour.setUp(readOnly).map(command);
    try {
      send(client, ...words);
      for (const { done } of words) await done;
      const failed = words.find(({ error }) => error);
      if (failed) throw failed.error;
      const row = words.at(-1)?.rows[0] ?? [];
      return new Session(client, { flavour, target, login, readOnly, signal, row });
    } catch (error) {
      frontendOf(client).stream.destroy();
      throw explainStatement(error, wording, { text: '' });
    }
  }

  /** `I`: outside of a transaction, `T`: in one, `E`: in one that has failed. */
  get status(): string {
    return this.#client.getTransactionStatus() ?? 'I';
  }

  get closed(): boolean {
    return this.#frontend.stream.destroyed;
  }

  /** Sends exchanges in one go and waits for the answers to all of them. They never reject. */
  async send(...exchanges: readonly Exchange[]): Promise<void> {
    send(this.#client, ...exchanges);
    for (const exchange of exchanges) await exchange.done;
  }

  /**
   * Rows of a query of ours, as arrays of columns. The line is cut when the signal of `connect` aborts meanwhile.
   * Errors: DATABASE_TIMEOUT, and those of a statement.
   */
  async query<R extends unknown[]>(text: string, values: unknown[] = []): Promise<R[]> {
    const cut = (): void => this.destroy();
    this.#signal.addEventListener('abort', cut);
    try {
      this.#signal.throwIfAborted();
      const config: QueryArrayConfig = { text, values, rowMode: 'array' };
      return (await this.#client.query<R>(config)).rows;
    } catch (error) {
      const stopped = this.#signal.reason instanceof AppError ? this.#signal.reason : undefined;
      const explained = explainStatement(error, this.flavour.wording, { text, stopped });
      if (explained.code === 'STATEMENT_TIMEOUT' && !stopped)
        throw new AppError('DATABASE_TIMEOUT', { cause: explained.cause });
      throw explained;
    } finally {
      this.#signal.removeEventListener('abort', cut);
    }
  }

  /** Asks the server to cancel what runs here. Resolves when it has been told, or cannot be. */
  async requestCancel(): Promise<void> {
    await requestCancel(this.target, backendKeyOf(this.#client));
  }

  /** Cuts the line. */
  destroy(): void {
    this.#frontend.stream.destroy();
  }

  /** Says goodbye and closes. What runs is cancelled; where anything takes too long, the line is cut. */
  async close(busy: boolean): Promise<void> {
    const { stream } = this.#frontend;
    if (stream.destroyed) return;
    const closed = new Promise<void>((resolve) => stream.once('close', resolve));
    const timer = setTimeout(() => this.destroy(), CLOSE_TIME);
    this.wire.resume();
    if (busy) await Promise.race([this.requestCancel(), closed]);
    else await this.#client.end().catch(() => undefined);
    this.destroy();
    await closed;
    clearTimeout(timer);
  }
}

interface Opened {
  readonly flavour: Flavour;
  readonly target: Target;
  readonly login: Login;
  readonly readOnly: boolean;
  readonly signal: AbortSignal;
  readonly row: readonly (string | null)[];
}

/** The fields of a notice that a user is shown. */
export interface NoticeFields {
  readonly severity?: string | undefined;
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
}
