import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ACCOUNT_ID, HOME_REGION } from '#core/local/account/principals.ts';
import type { Forward } from '#core/local/dynamo-db/backend.ts';
import { listen } from '#core/local/listen.ts';

/**
 * The DynamoDB of this machine as an endpoint of its own, for the instance table alone: on loopback, any credentials.
 * Closing it is the caller's.
 */
export async function startTableEndpoint(forward: Forward): Promise<{ endpoint: string } & AsyncDisposable> {
  const place = { accountId: ACCOUNT_ID, region: HOME_REGION };
  const server = createServer(async (request, response) => {
    try {
      const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
      const { status, headers, body } = await forward(place, operation, await buffer(request));
      response.writeHead(status, headers).end(body);
    } catch {
      // The SDK tries an unavailable service again, and then says so.
      response.writeHead(503).end();
    }
  });
  const { port, close } = await listen(server);
  return { endpoint: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
}
