import type { At, Databases } from '#core/databases/databases.ts';
import type { Handlers, UserSession } from '#core/http/handler.ts';
import { openConnection } from '#core/session/connection-token.ts';

/** The object tree: one level, all names, one object. Nothing is counted and nothing is kept. */
export const objects = ({ databases }: { databases: Databases }): Handlers<'objects'> => ({
  children: async ({ body }, context) => ({
    nodes: await databases.children(await at(body.connection, context), body.path),
  }),
  names: async ({ body }, context) => databases.names(await at(body.connection, context)),
  describe: async ({ body }, context) => databases.describe(await at(body.connection, context), body.path),
});

const at = async (
  token: string,
  { session, signal }: { readonly session: UserSession; readonly signal: AbortSignal },
): Promise<At> => ({ claims: await openConnection(session, token), session, signal });
