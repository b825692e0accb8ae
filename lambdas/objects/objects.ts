import { useConnection } from '#core/access/use-connection.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { Store } from '#core/ports.ts';

interface ObjectPorts {
  readonly databases: Databases;
  readonly store: Pick<Store, 'access'>;
}

/** The object tree: one level, all names, one object. Nothing is counted and nothing is kept. */
export const objects = ({ databases, ...ports }: ObjectPorts): Handlers<'objects'> => ({
  children: async ({ body }, context) => ({
    nodes: await databases.children(await useConnection(body.connection, context, ports), body.path),
  }),
  names: async ({ body }, context) => databases.names(await useConnection(body.connection, context, ports)),
  describe: async ({ body }, context) =>
    databases.describe(await useConnection(body.connection, context, ports), body.path),
});
