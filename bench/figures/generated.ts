/** The generated account of the tests as the explorer streams it: listed once, and told to pages as often as they ask. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { ResourcesRecord } from '#contract/resources.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { listResources } from '../../lambdas/explorer/list-resources.ts';
import { ownKeys } from '../../test/support/databases.ts';
import { REGIONS } from '../../test/support/generated-account/holdings.ts';
import { startGeneratedAccount } from '../../test/support/generated-account/start.ts';
import { localSession } from '../../test/support/local-databases.ts';

/** Nobody has claimed the instance, so that all that is found is listed. */
const unclaimed = { user: undefined, instance: undefined, access: { rules: [], narrowings: [], revision: 0 } };

const WITH_ENDPOINT = 'AWS_ENDPOINT_URL';

/** Its records, a line each, in the order in which they came; the last one is the end. */
export async function generatedLines(): Promise<string[]> {
  const registry = createRegistry(Buffer.alloc(32, 9));
  await using account = await startGeneratedAccount({ registry });
  const before = process.env[WITH_ENDPOINT];
  process.env[WITH_ENDPOINT] = account.url;
  try {
    const handler = listResources({
      discovery,
      store: { instance: async () => undefined, access: async () => unclaimed.access },
      roles: ownKeys,
    });
    const context = {
      session: localSession(registry, 'ada'),
      standing: unclaimed,
      requestId: 'r-1',
      address: '192.0.2.1',
      signal: new AbortController().signal,
    };
    const stream = await handler({ params: undefined, query: undefined, body: { regions: [...REGIONS] } }, context);
    const lines: string[] = [];
    for await (const record of stream as AsyncIterable<ResourcesRecord>) lines.push(`${JSON.stringify(record)}\n`);
    return lines;
  } finally {
    if (before === undefined) delete process.env[WITH_ENDPOINT];
    else process.env[WITH_ENDPOINT] = before;
  }
}

/** AWS takes longer for a page of a list; nothing comes faster than so. */
const BETWEEN_MS = 10;

export interface Telling extends AsyncDisposable {
  readonly url: string;
  /** Lets the answer that waits begin. */
  begin(): void;
}

/** A server that tells the lines one by one, to whoever asks, as soon as it is let. */
export async function tell(lines: readonly string[]): Promise<Telling> {
  let waiting: ServerResponse | undefined;
  const server = createServer((_, response) => {
    waiting = response;
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.flushHeaders();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const write = async (response: ServerResponse) => {
    for (const line of lines) {
      response.write(line);
      await setTimeout(BETWEEN_MS);
    }
    response.end();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    begin: () => void (waiting && write(waiting)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
