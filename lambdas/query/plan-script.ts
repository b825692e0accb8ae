import { useConnection } from '#core/access/use-connection.ts';
import type { Handler } from '#core/http/handler.ts';
import { limitsOf } from './limits-of.ts';
import type { QueryPorts } from './query.ts';

/** Says what the statements of a script will read. Nothing is run. */
export const planScript =
  ({ databases, store }: Omit<QueryPorts, 'slots'>): Handler<'plan'> =>
  async ({ body }, context) => {
    const [at, limits] = await Promise.all([useConnection(body.connection, context, { store }), limitsOf(store)]);
    const maxRows = Math.min(body.maxRows ?? limits.rows, limits.rows);
    return { plans: await databases.plan({ ...at, limits }, body.statement, maxRows) };
  };
