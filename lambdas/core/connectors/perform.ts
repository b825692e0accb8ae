import type { Work } from '#contract/connector.ts';
import { AppError } from '#contract/errors.ts';
import type { Connection } from '../engines/engine.ts';
import type { ConnectorEvent } from './connector.ts';

type Doing = {
  [D in Exclude<Work['do'], 'probe'>]: (
    connection: Connection,
    work: Extract<Work, { do: D }>,
    signal: AbortSignal,
  ) => AsyncIterable<ConnectorEvent>;
};

const DOING: Doing = {
  async *open() {},
  run: (connection, { do: _, script, ...options }, signal) => connection.run(script, { ...options, signal }),
  children: (connection, { path }) => answer(connection.children(path)),
  names: (connection) => answer(connection.names()),
  describe: (connection, { path }) => answer(connection.describe(path)),
  cancel: (connection, { handle }) => answer(connection.cancel(handle)),
  plan: (connection, { script, maxRows }) => answer(connection.plan?.(script, maxRows) ?? Promise.resolve([])),
};

async function* answer(value: Promise<unknown>): AsyncGenerator<ConnectorEvent> {
  yield { type: 'answer', value: await value };
}

/** Does one thing on an open connection and closes it, whatever happened. */
export async function* perform(opened: Connection, work: Work, signal: AbortSignal): AsyncGenerator<ConnectorEvent> {
  await using connection = opened;
  if (work.do === 'probe') throw new AppError('INTERNAL', { message: 'A probe opens its connection itself.' });
  yield { type: 'opened', about: connection.about };
  const doing = DOING[work.do] as (
    connection: Connection,
    work: Work,
    signal: AbortSignal,
  ) => AsyncIterable<ConnectorEvent>;
  yield* doing(connection, work, signal);
}
