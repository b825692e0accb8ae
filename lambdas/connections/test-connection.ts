import type { TestRecord } from '#contract/connecting.ts';
import type { Reach } from '#contract/resources.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Handler } from '#core/http/handler.ts';
import { claimsFor } from './claims-for.ts';
import type { ConnectionPorts } from './connections.ts';
import { unreachedStep } from './unreached.ts';

/** Goes the steps to an open database, and streams each as it passes or fails. */
export const testConnection =
  (ports: ConnectionPorts): Handler<'testConnection'> =>
  async ({ body }, { session, signal }) => {
    const { claims, reach } = await claimsFor(body, session, ports, signal);
    return stream(ports.databases.test({ claims, session, signal }), reach);
  };

async function* stream(steps: ReturnType<Databases['test']>, reach: Reach): AsyncGenerator<TestRecord> {
  const begun = performance.now();
  for await (const step of steps) yield unreachedStep(step, reach);
  yield { type: 'end', elapsedMs: Math.round(performance.now() - begun) };
}
