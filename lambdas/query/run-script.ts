import { type ResultRecord, ROW_LIMIT } from '#contract/results.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import type { Handler } from '#core/http/handler.ts';
import { openConnection } from '#core/session/connection-token.ts';

/** The longest that a statement may run unless the caller says less: what API Gateway's 15 minutes leave, in seconds. */
const LONGEST_SECONDS = 840;

/** Runs a script on a connection of its own and streams its results. A refused login still has a status of its own. */
export const runScript =
  ({ databases }: { databases: Databases }): Handler<'query'> =>
  async ({ body }, { session, signal }) => {
    const claims = await openConnection(session, body.connection);
    const begun = performance.now();
    const { maxRows = ROW_LIMIT, timeoutSeconds = LONGEST_SECONDS } = body;
    const events = await databases.run({ claims, session, signal }, body.statement, { maxRows, timeoutSeconds });
    return stream(events, begun);
  };

/**
 * The events and an end record. No generator: one that nobody has begun to read has no `finally` yet, and the connection is
 * open by then.
 */
function stream(
  events: AsyncIterable<ResultEvent>,
  begun: number,
): AsyncIterableIterator<ResultRecord | Uint8Array, undefined> {
  const opened = events[Symbol.asyncIterator]();
  let ended = false;
  return {
    async next() {
      if (ended) return { done: true, value: undefined };
      const next = await opened.next();
      if (!next.done) return next;
      ended = true;
      return { value: { type: 'end', elapsedMs: Math.round(performance.now() - begun) } };
    },
    async return() {
      ended = true;
      await opened.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
