import type { Databases } from '#core/databases/databases.ts';
import type { Connection } from '#core/engines/engine.ts';
import type { Handlers, UserSession } from '#core/http/handler.ts';
import { openConnection } from '#core/session/connection-token.ts';

/** The object tree: one level, all names, one object. Nothing is counted and nothing is kept. */
export const objects = ({ databases }: { databases: Databases }): Handlers<'objects'> => {
  async function within<T>(
    token: string,
    context: { session: UserSession; signal: AbortSignal },
    read: (from: Connection) => Promise<T>,
  ) {
    const claims = await openConnection(context.session, token);
    await using connection = await databases.connect(claims, context.session, context.signal);
    return await read(connection);
  }
  return {
    children: async ({ body }, context) => ({
      nodes: await within(body.connection, context, (connection) => connection.children(body.path)),
    }),
    names: ({ body }, context) => within(body.connection, context, (connection) => connection.names()),
    describe: ({ body }, context) => within(body.connection, context, (connection) => connection.describe(body.path)),
  };
};
