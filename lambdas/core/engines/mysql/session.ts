/** An open connection: what is sent over it, in which transaction it is, and how it is stopped and closed. */
import { AppError } from '#contract/errors.ts';
import type { About, ConnectOptions, Login, Target } from '../engine.ts';
import { cancelThread } from './cancel.ts';
import { type Opened, open } from './connect.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { explainStatement } from './explain.ts';
import { type Flavour, MARIADB, MYSQL } from './flavour.ts';
import type { ColumnDefinition } from './packets.ts';
import { type Arrival, TextRows } from './text-rows.ts';
import type { Wire } from './wire.ts';

/** How long closing politely may take, in milliseconds. */
const CLOSE_TIME = 1_000;
/** COM_QUIT. */
const QUIT = 1;

/** How long a query of ours may take, in seconds. */
const OWN_TIME = 20;

/** Text in UTF-8 both ways. A reader of a result may take his time: the server waits for ten minutes, not for one. */
const SET_UP = `SET NAMES utf8mb4, SESSION net_write_timeout = 600`;
/** A second net for readers: what holds them is in `reading.ts`. */
const READ_ONLY = 'SET SESSION TRANSACTION READ ONLY';

const aboutOf = ({ uptime }: Flavour): string =>
  `SELECT VERSION(), SUBSTRING_INDEX(USER(), '@', 1), DATABASE(),
    CRC32(CONCAT(@@hostname, ':', @@port)), UNIX_TIMESTAMP() - ${uptime}`;

export class Session {
  readonly target: Target;
  readonly login: Login;
  readonly readOnly: boolean;
  readonly flavour: Flavour;
  readonly threadId: number;
  readonly wire: Wire;
  about: About = { version: '', user: '', database: '' };
  /** Tells this server, and this run of it, from others: their threads have the same numbers. */
  server: ServerRun = { place: '', started: 0 };
  /** What the server last said of the session: bits of STATUS. */
  status = 0;
  readonly #extended: boolean;
  readonly #signal: AbortSignal;
  #last: Promise<void> = Promise.resolve();

  private constructor({ wire, threadId, isMariaDb, extended }: Opened, { target, login, readOnly, signal }: Wanted) {
    this.wire = wire;
    this.threadId = threadId;
    this.flavour = isMariaDb ? MARIADB : MYSQL;
    this.#extended = extended;
    this.#signal = signal;
    this.target = target;
    this.login = login;
    this.readOnly = readOnly;
  }

  /** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
  static async open(target: Target, login: Login, { readOnly, signal }: ConnectOptions): Promise<Session> {
    const session = new Session(await open(target, login, signal), { target, login, readOnly, signal });
    try {
      await session.command(`${SET_UP}, ${session.ownLimit}`);
      if (readOnly) await session.command(READ_ONLY);
      const [row = []] = await session.query(aboutOf(session.flavour));
      const [version, user, database, place, started] = row;
      session.about = { version: version ?? '', user: user ?? '', database: database ?? '' };
      session.server = { place: place ?? '', started: Math.round(Number(started)) };
      return session;
    } catch (error) {
      session.destroy();
      throw error;
    }
  }

  /** Names this connection for a cancel. */
  get handle(): string {
    return `${this.threadId}.${this.server.place}.${this.server.started}`;
  }

  /** What a script's own limit is put back to. */
  get ownLimit(): string {
    return this.flavour.limit(OWN_TIME);
  }

  get closed(): boolean {
    return this.wire.closed;
  }

  /** Runs one statement when those before it are done. `onActive` is called when it is sent. Never rejects. */
  async exchange(options: Omit<ExchangeOptions, 'extended'>): Promise<Exchange> {
    const exchange = new Exchange({ ...options, extended: this.#extended });
    const before = this.#last;
    this.#last = before.then(() => {
      exchange.send(this.wire);
      return exchange.done;
    });
    await this.#last;
    this.wire.taker = undefined;
    if (exchange.ended) this.status = exchange.ended.status;
    return exchange;
  }

  /** Runs a statement of ours that returns no rows. Errors: as of a statement. */
  async command(text: string): Promise<void> {
    await this.query(text);
  }

  /**
   * Rows of a query of ours, as texts. The line is cut when the signal of `connect` aborts meanwhile.
   * Errors: DATABASE_TIMEOUT, and those of a statement.
   */
  async query(text: string): Promise<(string | null)[][]> {
    const lines: Uint8Array[] = [];
    let rows: TextRows | undefined;
    const onColumns = (columns: readonly ColumnDefinition[]): TextRows => {
      rows = gathering(columns.length, lines);
      return rows;
    };
    const cut = (): void => this.destroy();
    this.#signal.addEventListener('abort', cut);
    if (this.#signal.aborted) cut();
    const { error } = await this.exchange({ text, onColumns });
    this.#signal.removeEventListener('abort', cut);
    rows?.flush();
    if (error) throw this.#explain(error, text);
    return lines.flatMap(rowsOf);
  }

  #explain(error: Error, text: string): AppError {
    const stopped = this.#signal.reason instanceof AppError ? this.#signal.reason : undefined;
    const explained = explainStatement(error, { text, stopped });
    return explained.code === 'STATEMENT_TIMEOUT' && !stopped
      ? new AppError('DATABASE_TIMEOUT', { cause: explained.cause })
      : explained;
  }

  /** Cuts the line. */
  destroy(): void {
    this.wire.destroy();
  }

  /** Says goodbye and closes. What runs is stopped; where anything takes too long, the line is cut. */
  async close(busy: boolean): Promise<void> {
    if (this.closed) return;
    const timer = setTimeout(() => this.destroy(), CLOSE_TIME);
    this.wire.resume();
    if (busy) await Promise.race([this.kill(AbortSignal.timeout(CLOSE_TIME)), this.wire.closing()]);
    else this.wire.send(QUIT, '');
    this.destroy();
    await this.wire.closing();
    clearTimeout(timer);
  }

  /** Stops what runs here, over a second connection. Resolves when it has been told, or cannot be. Never rejects. */
  async kill(signal: AbortSignal, settled?: AbortSignal): Promise<void> {
    try {
      const other = await Session.open(this.target, this.login, { readOnly: true, signal });
      await cancelThread(other, this.handle, settled).finally(() => other.close(false));
    } catch {
      // A token may have expired by now; the line is cut soon.
    }
  }
}

interface Wanted {
  readonly target: Target;
  readonly login: Login;
  readonly readOnly: boolean;
  readonly signal: AbortSignal;
}

export interface ServerRun {
  readonly place: string;
  /** In seconds since 1970, by the server's clock. */
  readonly started: number;
}

/** Gathers all rows of a result; whoever asks for them asks for little. */
const gathering = (columns: number, lines: Uint8Array[]): TextRows => {
  const arrivals = Array.from({ length: columns }, (): Arrival => 'text');
  return new TextRows(arrivals, {
    quoted: arrivals.map(() => false),
    maxRows: Number.POSITIVE_INFINITY,
    emit: (line) => void lines.push(line),
    onCut: () => undefined,
  });
};

const decoder = new TextDecoder();

/** The rows of one line of a stream. */
function rowsOf(line: Uint8Array): (string | null)[][] {
  const { count, values } = JSON.parse(decoder.decode(line)) as { count: number; values: (string | null)[][] };
  return Array.from({ length: count }, (_, row) => values.map((column) => column[row] ?? null));
}

/** A text as a literal, whatever the session says of quotes and backslashes. */
export const quoteText = (value: string): string => `_utf8mb4 X'${Buffer.from(value).toString('hex')}'`;
/** A name, always quoted: it needs no list of reserved words. */
export const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
