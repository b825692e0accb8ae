import { useConnection } from '#core/access/use-connection.ts';
import type { Handler } from '#core/http/handler.ts';
import { claimedInstance } from './claimed-instance.ts';
import type { QueryPorts } from './query.ts';

/** Says what the statements of a script will read. Nothing is run. */
export const planScript =
  ({ databases }: Pick<QueryPorts, 'databases'>): Handler<'plan'> =>
  async ({ body }, context) => {
    const at = await useConnection(body.connection, context);
    const { limits } = claimedInstance(context.standing);
    const maxRows = Math.min(body.maxRows ?? limits.rows, limits.rows);
    return { plans: await databases.plan({ ...at, limits }, body.statement, maxRows) };
  };
