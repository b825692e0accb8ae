/** Serves the API on a free port, which it tells; ends when it is told to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readEnvironment } from '#core/env.ts';
import { nodeListener } from '#core/http/node.ts';
import { serveAll } from '../../lambdas/all.ts';

const server = createServer(nodeListener(serveAll(readEnvironment())));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('message', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
