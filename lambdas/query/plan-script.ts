import type { Databases } from '#core/databases/databases.ts';
import type { Handler } from '#core/http/handler.ts';
import { openConnection } from '#core/session/connection-token.ts';

/** Says what the statements of a script will read. Nothing is run. */
export const planScript =
  ({ databases }: { databases: Databases }): Handler<'plan'> =>
  async ({ body }, { session, signal }) => {
    const claims = await openConnection(session, body.connection);
    return { plans: await databases.plan({ claims, session, signal }, body.statement, body.maxRows) };
  };
