/**
 * The connector of the local account: a process of its own, with nothing of AWS in its environment, which runs what the function
 * in a VPC runs. It ends with the process that has started it, for then its channel closes.
 */
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Context } from 'aws-lambda';
import { listen } from '../listen.ts';

/** As much of Lambda's run time as the function asks for. */
Object.assign(globalThis, { awslambda: { streamifyResponse: (handler: unknown) => handler } });
const { connectorFunction } = await import('../../aws/connector-function.ts');

/** As long as the function in AWS may run, in milliseconds. */
const LONGEST = 900_000;

process.once('disconnect', () => process.exit(0));
// Whoever knows the secret has started this process: no other program of this machine may use it.
process.once('message', async (secret) => {
  const handler = connectorFunction();
  const server = createServer(async (request, response) => {
    if (request.headers.authorization !== secret) return void response.writeHead(403).end();
    const begun = Date.now();
    const context = {
      awsRequestId: String(request.headers['x-request-id']),
      getRemainingTimeInMillis: () => LONGEST - (Date.now() - begun),
    } as Context;
    try {
      await handler(await json(request), response as never, context);
    } catch {
      response.destroy();
    }
  });
  const { port } = await listen(server);
  process.send?.(port);
});
