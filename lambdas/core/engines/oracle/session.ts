/** An open connection: what is sent over it, and how it is closed. */
import type { BindParameters, ExecuteOptions, Result } from 'oracledb';
import { AppError } from '#contract/errors.ts';
import type { About, ConnectOptions, Login, Target } from '../engine.ts';
import type { Line, OpenLine } from './connect.ts';
import { type Driver, loadDriver } from './driver.ts';
import { explainStatement } from './explain.ts';
import { fetchAs } from './values.ts';

export type Row = readonly (string | null)[];

/** How long a query of ours may take, in milliseconds. */
const OWN_TIME = 20_000;
/** How long closing may take until nobody waits for it any more, in milliseconds. */
const CLOSE_TIME = 1_000;
/** Rows that one round trip of a query of ours brings. */
const OWN_ROWS = 1_000;

/** Sessions have numbers that are given again: the number for auditing, which is not, tells them apart. */
const ABOUT = `
SELECT USER, SYS_CONTEXT('USERENV', 'CON_NAME'), SYS_CONTEXT('USERENV', 'DB_NAME'), SYS_CONTEXT('USERENV', 'SID'),
  SYS_CONTEXT('USERENV', 'SESSIONID') FROM DUAL`;
/** The container of a database that has none but itself. */
const ROOT = 'CDB$ROOT';

export class Session {
  readonly line: Line;
  readonly driver: Driver;
  readonly readOnly: boolean;
  about: About = { version: '', user: '', database: '' };
  /** Names this connection for a cancel. */
  handle = '';
  #closed = false;

  private constructor(line: Line, driver: Driver, readOnly: boolean) {
    this.line = line;
    this.driver = driver;
    this.readOnly = readOnly;
  }

  /** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
  static async open(openLine: OpenLine, target: Target, login: Login, options: ConnectOptions): Promise<Session> {
    const line = await openLine(target, login, options.signal);
    const session = new Session(line, await loadDriver(), options.readOnly);
    try {
      const [row = []] = await session.query(ABOUT);
      const [user, container, database, id, audit] = row;
      const shown = container && container !== ROOT ? container : database;
      session.about = { version: line.oracleServerVersionString ?? '', user: user ?? '', database: shown ?? '' };
      session.handle = `${id}.${audit}`;
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Values come as the text that they are shown as; rows of a query stay in the database until they are asked for. */
  execute(text: string, binds: BindParameters = {}, options: ExecuteOptions = {}): Promise<Result<unknown[]>> {
    const { OUT_FORMAT_ARRAY: outFormat } = this.driver;
    return this.line.execute(text, binds, { outFormat, fetchTypeHandler: fetchAs(this.driver), ...options });
  }

  /** Rows of a query of ours. Errors: DATABASE_TIMEOUT, and those of a statement. */
  async query(text: string, binds: Readonly<Record<string, string>> = {}): Promise<Row[]> {
    this.line.callTimeout = OWN_TIME;
    try {
      const { rows = [] } = await this.execute(text, binds, { fetchArraySize: OWN_ROWS });
      return rows as Row[];
    } catch (error) {
      const explained = explainStatement(error, { text });
      throw explained.code === 'STATEMENT_TIMEOUT'
        ? new AppError('DATABASE_TIMEOUT', { cause: explained.cause })
        : explained;
    } finally {
      this.line.callTimeout = 0;
    }
  }

  /** Closes. Whatever takes too long is left to the database, which sees that nobody is there any more. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const closing = this.line.close().catch(() => undefined);
    await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, CLOSE_TIME).unref())]);
  }
}

/** A name, always quoted: it needs no list of reserved words. Oracle's names hold no quotes. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '')}"`;
