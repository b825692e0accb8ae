import { type ResultRecord, ROW_LIMIT } from '#contract/results.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Connection, RunOptions } from '#core/engines/engine.ts';
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
    const connection = await databases.connect(claims, session, signal);
    const { maxRows = ROW_LIMIT, timeoutSeconds = LONGEST_SECONDS } = body;
    return stream(connection, body.statement, { maxRows, timeoutSeconds, signal }, begun);
  };

async function* stream(
  opened: Connection,
  script: string,
  options: RunOptions,
  begun: number,
): AsyncGenerator<ResultRecord | Uint8Array> {
  await using connection = opened;
  yield* connection.run(script, options);
  yield { type: 'end', elapsedMs: Math.round(performance.now() - begun) };
}
