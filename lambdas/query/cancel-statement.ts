import type { Databases } from '#core/databases/databases.ts';
import type { Handler } from '#core/http/handler.ts';
import { openConnection } from '#core/session/connection-token.ts';

/** Stops a statement in the database, over a connection of its own: the function that runs it may be another one. */
export const cancelStatement =
  ({ databases }: { databases: Databases }): Handler<'cancel'> =>
  async ({ body }, { session, signal }) => {
    const claims = await openConnection(session, body.connection);
    return { cancelled: await databases.cancel({ claims, session, signal }, body.handle) };
  };
