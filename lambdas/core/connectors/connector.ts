/** Whatever opens the socket of a database: this process, or a function inside a VPC. One port, two adapters. */
import type { TestRecord } from '#contract/connecting.ts';
import type { Operation } from '#contract/connector.ts';
import type { About, ResultEvent } from '../engines/engine.ts';

export type ConnectorEvent =
  | { readonly type: 'opened'; readonly about: About }
  | { readonly type: 'answer'; readonly value: unknown }
  | Extract<TestRecord, { type: 'step' }>
  | ResultEvent;

export interface Connector {
  /**
   * True: nothing of the work begins before what follows `opened` is asked for, so that a login may be made ahead of what
   * allows the work. Left out: the work leaves with the call.
   */
  readonly opensFirst?: true;
  /**
   * Opens a connection, does one thing and closes it; leaving the iteration early stops it, in the database too. Throws
   * AppError: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT (`details.step` says which step failed), and those of
   * the work.
   */
  perform(operation: Operation, signal: AbortSignal): AsyncIterable<ConnectorEvent>;
}
