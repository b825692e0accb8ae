/**
 * The port of an engine. What crosses it can be written as JSON, so that a connector in another process can stand behind
 * it: the target and the login go in, records come out.
 */
import type { Names, Node, NodePath, ObjectDescription } from '#contract/objects.ts';
import type { BoundParameter } from '#contract/parameters.ts';
import type { StatementPlan } from '#contract/plans.ts';
import type { Tags } from '#contract/resources.ts';
import type { ResultRecord } from '#contract/results.ts';
import type { Credentials } from '../ports/identity.ts';

/** Where a database listens, and how its certificate is checked. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** TLS is never left out; this is the PEM of the authorities to trust. */
  readonly ca: string;
}

/** A password or a token signed a moment ago; an engine does not care which, save that a token demands TLS. */
export interface Login {
  readonly user: string;
  readonly password: string;
  /** Temporary ones, only where the protocol itself proves an AWS identity (MONGODB-AWS). */
  readonly keys?: Credentials | undefined;
}

/** An AWS service in one region, which is called over HTTPS and knows no databases. */
export interface ServiceTarget {
  readonly region: string;
  /** The ARN of the resource. */
  readonly resourceId: string;
  /** Who calls, as the screen names them. */
  readonly user: string;
}

/** The most that a scan may read, where it is limited. */
export interface ScanLimits {
  readonly items: number;
  readonly bytes: number;
}

/** What a role may do with a table that bears these tags, undefined where they are not known; undefined: what its keys may. */
export type TableAccess = (table: string, tags: Tags | undefined) => 'hidden' | 'read-only' | undefined;

export interface ConnectOptions {
  /** True for readers: the database itself refuses to change anything. */
  readonly readOnly: boolean;
  /**
   * Where reading itself costs: `limited` stops a statement that would scan more than the administrator allows. Left out:
   * as for readers, who are limited, and for others, who are free. What runs while nobody looks on is limited, too.
   */
  readonly scans?: 'limited' | 'free';
  /** What limited scans may read at most. */
  readonly scanLimits?: ScanLimits | undefined;
  /** Of a service: what the rules of the instance do to one of its tables. Left out: nothing, to any. */
  readonly tableAccess?: TableAccess | undefined;
  readonly signal: AbortSignal;
}

export interface RunOptions {
  /** Reading of each result stops after so many rows; the statement itself is never touched. */
  readonly maxRows: number;
  /** The database stops a statement after so many seconds. */
  readonly timeoutSeconds: number;
  /**
   * Bound by the driver wherever the script says `:name`, outside of strings, names and comments. Absent: a colon means
   * nothing. A value that the database does not take is its own error, STATEMENT_FAILED.
   */
  readonly parameters?: readonly BoundParameter[] | undefined;
  /** The index of the statement to begin with; left out: the first. Indices stay those of the whole script. */
  readonly from?: number | undefined;
  /**
   * No statement but the one it begins with begins later than so many milliseconds after the script: it ends in front of it,
   * and a `pause` record says so, unless its connection holds what a later statement would lack in another. Left out: never.
   */
  readonly pauseAfterMs?: number | undefined;
  /** Aborting stops the running statement in the database. */
  readonly signal: AbortSignal;
}

/**
 * A record, or the bytes of one whole line (with its line feed): rows are encoded once, where they are read. The bytes
 * are given away: whoever sends them frees them.
 */
export type ResultEvent = Exclude<ResultRecord, { type: 'heartbeat' | 'error' | 'end' }> | Uint8Array;

/** What a database says of a new connection. */
export interface About {
  readonly version: string;
  readonly user: string;
  readonly database: string;
}

/** One authenticated use of a database. Closing it leaves nothing open, whatever it was doing. */
export interface Connection extends AsyncDisposable {
  readonly about: About;
  /**
   * Runs a script, statement by statement, and pulls its rows no faster than they are taken. Leaving the iteration early
   * stops the statement. A failing statement throws AppError (`details.statement`, `details.native`) and ends the script.
   */
  run(script: string, options: RunOptions): AsyncIterable<ResultEvent>;
  /** One level of the tree, in one round trip. Errors: OBJECT_NOT_FOUND. */
  children(path: NodePath): Promise<Node[]>;
  /** Every table and its columns, in one round trip. */
  names(): Promise<Names>;
  /** Errors: OBJECT_NOT_FOUND. */
  describe(path: NodePath): Promise<ObjectDescription>;
  /** Stops what another connection of the same user runs, by the handle of its `started` record. False: it had ended. */
  cancel(handle: string): Promise<boolean>;
  /** What each statement will read, where `can.plan`, if reading stops after `maxRows`. Runs nothing. */
  plan?(script: string, maxRows?: number): Promise<StatementPlan[]>;
}

/** Errors of `connect`: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
export interface Engine {
  connect(target: Target, login: Login, options: ConnectOptions): Promise<Connection>;
}

/**
 * An engine over an AWS service: the user's own keys take the place of a login. Connecting asks nothing of the service;
 * what the keys may not do is said by each call. Such an engine runs in this process, never behind a connector.
 */
export interface ServiceEngine {
  connect(target: ServiceTarget, keys: Credentials, options: ConnectOptions): Promise<Connection>;
}
