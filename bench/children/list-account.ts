/** Lists the databases of an account, as the explorer does, in a process that has done nothing before. */
import type { ResourcesRecord } from '#contract/resources.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import type { UserSession } from '#core/http/handler.ts';
import { listResources } from '../../lambdas/explorer/list-resources.ts';
import { answerOnce } from '../in-child.ts';

/** Nobody has claimed the instance, so that all that is found is listed. */
const unclaimed = { user: undefined, instance: undefined, access: { rules: [], narrowings: [], revision: 0 } };

export interface ListAccountTask {
  readonly endpoint: string;
  readonly session: UserSession;
  readonly regions: readonly string[];
}

export interface ListAccount {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly resources: number;
  readonly tables: number;
}

answerOnce<ListAccountTask>(async ({ endpoint, session, regions }) => {
  process.env.AWS_ENDPOINT_URL = endpoint;
  const roles = { credentials: async () => session.credentials };
  const handler = listResources({
    discovery,
    roles,
    store: { instance: async () => undefined, access: async () => unclaimed.access },
  });
  const begun = performance.now();
  const body = { regions: [...regions] };
  const context = {
    session,
    standing: unclaimed,
    requestId: 'bench',
    address: '192.0.2.1',
    signal: new AbortController().signal,
  };
  const stream = await handler({ params: undefined, query: undefined, body }, context);
  let firstMs = 0;
  const found = new Map<string, number>();
  for await (const record of stream as AsyncIterable<ResourcesRecord>) {
    if (record.type !== 'resources') continue;
    if (firstMs === 0) firstMs = performance.now() - begun;
    if (record.status !== 'ok') throw new Error(`${record.service} in ${record.region}: ${record.message}`);
    for (const { id, tables = [] } of record.resources) found.set(id, tables.length);
  }
  const tables = [...found.values()].reduce((sum, each) => sum + each, 0);
  return { firstMs, lastMs: performance.now() - begun, resources: found.size, tables } satisfies ListAccount;
});
