import type { TestRecord } from '#contract/connecting.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Handler } from '#core/http/handler.ts';
import { claimsFor } from './claims-for.ts';
import type { ConnectionPorts } from './connections.ts';

/** Goes the steps to an open database, and streams each as it passes or fails. */
export const testConnection =
  (ports: ConnectionPorts): Handler<'testConnection'> =>
  async ({ body }, { session, signal }) => {
    const claims = await claimsFor(body, session, ports, signal);
    return stream(ports.databases.test({ claims, session, signal }));
  };

async function* stream(steps: ReturnType<Databases['test']>): AsyncGenerator<TestRecord> {
  const begun = performance.now();
  yield* steps;
  yield { type: 'end', elapsedMs: Math.round(performance.now() - begun) };
}
