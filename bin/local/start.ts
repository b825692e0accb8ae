/** Starts Lodge on this machine: the account, the pages and the API on one port. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { readEnvironment } from '#core/env.ts';
import { nodeListener } from '#core/http/node.ts';
import { listen } from '#core/local/listen.ts';
import { startLocalAccount } from '#core/local/local-account.ts';
import { serveAll } from '../../lambdas/all.ts';
import { banner } from './banner.ts';
import { fileLog } from './file-log.ts';
import { BUILT, buildFrontend, isStale } from './frontend.ts';
import { useRealAccount } from './real-account.ts';
import { runFunctions } from './run-functions.ts';
import { site } from './site.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface StartOptions {
  /** An absolute path: where all state lives. */
  readonly folder: string;
  /** Throws away what the folder holds. */
  readonly fresh: boolean;
  /** Real AWS endpoints and the keys typed in the browser, in place of the local account. */
  readonly aws: boolean;
  /** Pages from source, which reload when it changes. */
  readonly dev: boolean;
  readonly port: number;
  /** How many rows the local account's largest table gets. */
  readonly eventsRows: number;
}

/** Starts everything; what it started is closed by `stack`. Resolves when requests are answered. */
export async function startLodge(options: StartOptions, stack: AsyncDisposableStack): Promise<{ banner: string[] }> {
  const { folder, fresh, eventsRows } = options;
  const start = options.aws ? useRealAccount : startLocalAccount;
  const runs = runFunctions(() => log);
  const starting = start({ folder, fresh, eventsRows, runs, print: console.log });
  // Before it is there: Ctrl+C in the middle of a start ends what has been started.
  stack.defer(() =>
    starting.then(
      (account) => account[Symbol.asyncDispose](),
      () => undefined,
    ),
  );
  const [account] = await Promise.all([starting, options.dev ? undefined : build()]);
  Object.assign(process.env, account.environment);
  const log = stack.use(fileLog(folder));
  const api = nodeListener(serveAll(readEnvironment(), { log }));
  const server = createServer();
  const pages = options.dev ? await developmentPages(server, stack) : site(join(ROOT, BUILT));
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/api/')) api(request, response);
    else pages(request, response);
  });
  const { port, close } = await listen(server, options.port);
  stack.defer(close);
  const takenPort = port === options.port ? undefined : options.port;
  return { banner: banner({ ...account, url: `http://localhost:${port}`, takenPort }) };
}

async function build(): Promise<void> {
  if (!(await isStale(ROOT))) return;
  console.log('Building the pages …');
  await buildFrontend(ROOT);
}

async function developmentPages(server: Server, stack: AsyncDisposableStack): Promise<RequestListener> {
  const { createServer: createVite } = await import('vite');
  const vite = await createVite({
    configFile: join(ROOT, 'frontend/vite.config.ts'),
    server: { middlewareMode: true, hmr: { server } },
    appType: 'spa',
  });
  stack.defer(() => vite.close());
  return vite.middlewares;
}
