import { onlyReads } from '#core/databases/databases.ts';
import type { Handler } from '#core/http/handler.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { claimsFor } from './claims-for.ts';
import type { ConnectionPorts } from './connections.ts';
import { unreached } from './unreached.ts';

/** Tries a login at a resource that the user's own keys can see, and seals it. */
export const connect =
  (ports: ConnectionPorts): Handler<'connect'> =>
  async ({ body }, { session, signal }) => {
    const { claims, reach } = await claimsFor(body, session, ports, signal);
    const about = await ports.databases.about({ claims, session, signal }).catch((error: unknown) => {
      throw unreached(error, reach);
    });
    const connection = await sealConnection(session, claims);
    return { connection, engine: claims.engine, ...about, readOnly: onlyReads(claims, session) };
  };
