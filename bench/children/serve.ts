/** Serves the API, and the built pages where BENCH_PAGES names them, on a free port, which it tells; ends when told to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readEnvironment } from '#core/env.ts';
import { nodeListener } from '#core/http/node.ts';
import { site } from '../../bin/local/site.ts';
import { serveAll } from '../../lambdas/all.ts';

const api = nodeListener(serveAll(readEnvironment()));
const pages = site(process.env.BENCH_PAGES ?? '');
const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/')) api(request, response);
  else void pages(request, response);
});
// Users who think for a while find their connection again.
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('message', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
