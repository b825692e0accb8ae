import type { TestRecord } from '#contract/connecting.ts';
import type { Reach } from '#contract/resources.ts';
import { keptAs, placeOf } from '#core/audit/deed.ts';
import { recordedStream } from '#core/audit/recorded-stream.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Handler } from '#core/http/handler.ts';
import { unreachedStep } from '#core/networks/unreached.ts';
import { claimsFor } from './claims-for.ts';
import { connectionDeed } from './connection-deed.ts';
import type { ConnectionPorts } from './connections.ts';

/** Goes the steps to an open database, and streams each as it passes or fails. */
export const testConnection =
  (ports: ConnectionPorts): Handler<'testConnection'> =>
  async ({ body }, context) => {
    const { session, signal } = context;
    const deed = { ...connectionDeed(body, context), change: 'A test of the connection' };
    const { days } = keptAs(await ports.store.instance());
    let code: string | undefined;
    const known = () => (code ? { outcome: 'failed' as const, code } : {});
    const see = (record: TestRecord) => {
      if (record.type === 'step') code ??= record.error?.code;
    };
    return recordedStream({ audit: ports.audit, deed, days, signal, known, see }, async (note) => {
      const { claims, reach } = await claimsFor(body, session, ports, signal);
      note(placeOf(claims));
      return stream(ports.databases.test({ claims, session, signal }), reach);
    });
  };

async function* stream(steps: ReturnType<Databases['test']>, reach: Reach): AsyncGenerator<TestRecord> {
  const begun = performance.now();
  for await (const step of steps) yield unreachedStep(step, reach);
  yield { type: 'end', elapsedMs: Math.round(performance.now() - begun) };
}
