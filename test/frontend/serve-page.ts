/** A page of one component, bundled and served on a free port: for what only a browser can show. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

const HTML = `<!doctype html><html lang="en" data-mantine-color-scheme="light"><title>Page</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css"><div id="root"></div><script type="module" src="/page.js"></script></html>`;

const TYPES: Readonly<Record<string, string>> = { css: 'text/css', js: 'text/javascript' };

export interface ServedPage extends AsyncDisposable {
  readonly url: string;
}

/** Bundles `entry` (a .ts or .tsx file) and serves it. */
export async function servePage(entry: string): Promise<ServedPage> {
  const { outputFiles } = await build({
    entryPoints: { page: entry },
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    outdir: '/',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const files = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const server = createServer(({ url = '/' }, response) => {
    response.setHeader('content-type', TYPES[url.split('.').at(-1) ?? ''] ?? 'text/html');
    response.end(url === '/' ? HTML : files.get(url));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
