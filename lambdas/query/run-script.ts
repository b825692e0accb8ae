import { LONGEST_DEED_SECONDS } from '#contract/audit.ts';
import type { ResultRecord } from '#contract/results.ts';
import { useConnection } from '#core/access/use-connection.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import type { Handler } from '#core/http/handler.ts';
import { limitsOf } from './limits-of.ts';
import type { QueryPorts } from './query.ts';

/**
 * Runs a script on a connection of its own and streams its results, within the limits of the instance: whoever asks for less
 * gets less. A refused login still has a status of its own.
 */
export const runScript =
  ({ databases, store, slots }: QueryPorts): Handler<'query'> =>
  async ({ body }, context) => {
    const [at, limits] = await Promise.all([useConnection(body.connection, context, { store }), limitsOf(store)]);
    const begun = performance.now();
    const maxRows = Math.min(body.maxRows ?? limits.rows, limits.rows);
    const timeoutSeconds = Math.min(body.timeoutSeconds ?? limits.seconds, limits.seconds);
    const slot = await slots.take(context.session.user.id, limits.statements, LONGEST_DEED_SECONDS);
    // What cannot be given back frees itself.
    const release = () => slot.release().catch(() => undefined);
    try {
      const events = await databases.run({ ...at, limits }, body.statement, { maxRows, timeoutSeconds });
      return stream(events, begun, release);
    } catch (error) {
      await release();
      throw error;
    }
  };

/**
 * The events and an end record; `release` is called once, when they have ended in whatever way. No generator: one that
 * nobody has begun to read has no `finally` yet, and the connection is open by then.
 */
function stream(
  events: AsyncIterable<ResultEvent>,
  begun: number,
  release: () => Promise<unknown>,
): AsyncIterableIterator<ResultRecord | Uint8Array, undefined> {
  const opened = events[Symbol.asyncIterator]();
  let ended = false;
  const end = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    await release();
  };
  return {
    async next() {
      if (ended) return { done: true, value: undefined };
      const next = await opened.next().catch(async (error: unknown) => {
        await end();
        throw error;
      });
      if (!next.done) return next;
      await end();
      return { value: { type: 'end', elapsedMs: Math.round(performance.now() - begun) } };
    },
    async return() {
      try {
        await opened.return?.();
      } finally {
        await end();
      }
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
