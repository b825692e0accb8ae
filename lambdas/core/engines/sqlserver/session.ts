/** An open connection: what is sent over it, and how it is closed. */
import type { Connection } from 'tedious';
import { AppError } from '#contract/errors.ts';
import type { About, ConnectOptions, Login, Target } from '../engine.ts';
import { open } from './connect.ts';
import type { Driver } from './driver.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { explainStatement } from './explain.ts';
import type { Row, Rows } from './row-reader.ts';

/** How long a query of ours may take, in milliseconds. */
const OWN_TIME = 20_000;
/** How long closing may take until the line is cut, in milliseconds. */
const CLOSE_TIME = 1_000;

/** Sessions have numbers that are given again: the time of the login tells them apart. */
const ABOUT = `
SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)), SUSER_SNAME(), DB_NAME(), @@SPID,
  (SELECT CONVERT(nvarchar(30), login_time, 126) FROM sys.dm_exec_sessions WHERE session_id = @@SPID)`;

export class Session {
  readonly readOnly: boolean;
  about: About = { version: '', user: '', database: '' };
  /** Names this connection for a cancel: the number of its session, and when it logged in. */
  handle = '';
  readonly #line: Connection;
  readonly #driver: Driver;
  readonly #signal: AbortSignal;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(line: Connection, driver: Driver, { readOnly, signal }: ConnectOptions) {
    this.#line = line;
    this.#driver = driver;
    this.#signal = signal;
    this.readOnly = readOnly;
    line.once('end', () => {
      this.#closed = true;
    });
  }

  /** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
  static async open(target: Target, login: Login, options: ConnectOptions): Promise<Session> {
    const { line, driver } = await open(target, login, options.signal);
    const session = new Session(line, driver, options);
    try {
      const [row = []] = await session.query(ABOUT);
      const [version, user, database, id, since] = row;
      session.about = { version: version ?? '', user: user ?? '', database: database ?? '' };
      session.handle = `${id}.${since}`;
      return session;
    } catch (error) {
      line.close();
      throw error;
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  get inTransaction(): boolean {
    return this.#line.inTransaction;
  }

  /** Sends a batch when those before it are done. `onSent` is given what stops and pauses it. Never rejects. */
  async exchange(options: ExchangeOptions, onSent?: (exchange: Exchange) => void): Promise<Exchange> {
    const sent = this.#last.then(() => {
      const exchange = new Exchange(this.#line, this.#driver, options);
      onSent?.(exchange);
      return exchange;
    });
    this.#last = sent.then(({ done }) => done);
    await this.#last;
    return sent;
  }

  /** Rows of a query of ours, of all its results. Errors: DATABASE_TIMEOUT, and those of a statement. */
  async query(text: string): Promise<Row[]> {
    return (await this.queries(text)).flat();
  }

  /** The same, result by result. The line is cut when the signal of `connect` aborts meanwhile. */
  async queries(text: string): Promise<Row[][]> {
    const results: Row[][] = [];
    const onColumns = () => {
      const rows: Row[] = [];
      results.push(rows);
      return (taken: Rows) => void rows.push(...taken);
    };
    const timeout = AbortSignal.timeout(OWN_TIME);
    const cut = (): void => this.destroy();
    const signal = AbortSignal.any([this.#signal, timeout]);
    signal.addEventListener('abort', cut);
    if (signal.aborted) cut();
    const { error } = await this.exchange({ text, onColumns });
    signal.removeEventListener('abort', cut);
    if (error === undefined) return results;
    if (timeout.aborted) throw new AppError('DATABASE_TIMEOUT');
    const stopped = this.#signal.reason instanceof AppError ? this.#signal.reason : undefined;
    throw explainStatement(error, { text, stopped });
  }

  /** Cuts the line. */
  destroy(): void {
    this.#line.close();
  }

  /** Closes. What runs is ended by the server, which sees that nobody is there any more. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const ended = new Promise<void>((resolve) => {
      this.#line.once('end', () => resolve());
      setTimeout(resolve, CLOSE_TIME).unref();
    });
    this.destroy();
    await ended;
  }
}

/** A text as a literal of Unicode. */
export const quoteText = (value: string): string => `N'${value.replaceAll("'", "''")}'`;
/** A name, always quoted: it needs no list of reserved words. */
export const quoteName = (name: string): string => `[${name.replaceAll(']', ']]')}]`;
