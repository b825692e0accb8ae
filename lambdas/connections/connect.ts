import { placeOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import { onlyReads } from '#core/databases/databases.ts';
import type { Handler } from '#core/http/handler.ts';
import { unreached } from '#core/networks/unreached.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { claimsFor } from './claims-for.ts';
import { connectionDeed } from './connection-deed.ts';
import type { ConnectionPorts } from './connections.ts';

/** Tries a login at a resource that the user's own keys can see, and seals it. */
export const connect =
  (ports: ConnectionPorts): Handler<'connect'> =>
  async ({ body }, context) => {
    const { session, signal } = context;
    const instance = await ports.store.instance();
    return recorded({ ...ports, instance, signal }, connectionDeed(body, context), async (note) => {
      const { claims, reach } = await claimsFor(body, session, ports, signal);
      note(placeOf(claims));
      const about = await ports.databases.about({ claims, session, signal }).catch((error: unknown) => {
        throw unreached(error, reach);
      });
      note({ databaseUser: about.user, database: about.database });
      const connection = await sealConnection(session, claims);
      return { connection, engine: claims.engine, ...about, readOnly: onlyReads(claims, session) };
    });
  };
