import { LONGEST_DEED_SECONDS } from '#contract/audit.ts';
import { bindParameters } from '#contract/bind-parameters.ts';
import type { ResultRecord } from '#contract/results.ts';
import { useConnection } from '#core/access/use-connection.ts';
import { deedOf, keptAs, placeOf } from '#core/audit/deed.ts';
import { statementText } from '#core/audit/statement-text.ts';
import { recordedScript } from '#core/databases/recorded-script.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import type { Handler } from '#core/http/handler.ts';
import { claimedInstance } from './claimed-instance.ts';
import type { QueryPorts } from './query.ts';

/**
 * Runs a script on a connection of its own and streams its results, within the limits of the instance: whoever asks for less
 * gets less. Its record is written before anything of it reaches the database, and completed when it has ended, whatever way.
 * A refused login still has a status of its own.
 */
export const runScript =
  (ports: QueryPorts): Handler<'query'> =>
  async ({ body }, context) => {
    const begun = performance.now();
    const parameters = body.parameters && bindParameters(body.parameters.declared, body.parameters.values);
    const at = await useConnection(body.connection, context);
    const instance = claimedInstance(context.standing);
    const { limits } = instance;
    const kept = keptAs(instance);
    const { events, release } = await recordedScript(ports, {
      at: { ...at, limits },
      script: body.statement,
      limits: {
        maxRows: Math.min(body.maxRows ?? limits.rows, limits.rows),
        timeoutSeconds: Math.min(body.timeoutSeconds ?? limits.seconds, limits.seconds),
        parameters,
      },
      deed: {
        ...deedOf('statement', context),
        ...placeOf(at.claims),
        ...statementText(body.statement, at.claims.engine, kept),
      },
      days: kept.days,
      places: { most: limits.statements, seconds: LONGEST_DEED_SECONDS },
    });
    return stream(events, begun, release);
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
