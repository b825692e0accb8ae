import { useConnection } from '#core/access/use-connection.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Handlers } from '#core/http/handler.ts';

interface ObjectPorts {
  readonly databases: Databases;
}

/** The object tree: one level, all names, one object. Nothing is counted and nothing is kept. */
export const objects = ({ databases }: ObjectPorts): Handlers<'objects'> => ({
  children: async ({ body }, context) => ({
    nodes: await databases.children(await useConnection(body.connection, context), body.path),
  }),
  names: async ({ body }, context) => databases.names(await useConnection(body.connection, context)),
  describe: async ({ body }, context) => databases.describe(await useConnection(body.connection, context), body.path),
});
