/** The built frontend over HTTP, with the headers that CloudFront gives it in AWS. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY } from '#contract/site-headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'permissions-policy': PERMISSIONS_POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const compress = promisify(brotliCompress);

interface File {
  readonly type: string;
  readonly plain: Buffer;
  readonly brotli: Buffer;
}

/** Answers GET and HEAD from `folder`; a path without an ending is a page of the application. Files are read once. */
export function site(folder: string) {
  const files = new Map<string, Promise<File | undefined>>();
  const fileAt = (path: string): Promise<File | undefined> => {
    const known = files.get(path) ?? read(join(folder, path));
    files.set(path, known);
    return known;
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, HEADERS).end();
    const path = safePath(request.url);
    const file = path === undefined ? undefined : await fileAt(extname(path) ? path : '/index.html');
    if (!file) return void response.writeHead(404, { ...HEADERS, 'content-type': 'text/plain' }).end('Not found\n');
    const packed = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    const body = packed ? file.brotli : file.plain;
    response.writeHead(200, {
      ...HEADERS,
      'content-type': file.type,
      'content-length': body.length,
      vary: 'accept-encoding',
      'cache-control': path?.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(packed ? { 'content-encoding': 'br' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

/** The path below the folder; undefined for one that is not valid or leads out of it. */
function safePath(url: string | undefined): string | undefined {
  try {
    const path = normalize(decodeURIComponent(new URL(url ?? '/', 'http://localhost').pathname));
    return path.startsWith('/') && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined;
  }
}

async function read(path: string): Promise<File | undefined> {
  const plain = await readFile(path).catch(() => undefined);
  if (!plain) return undefined;
  const brotli = await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return { type: TYPES[extname(path)] ?? 'application/octet-stream', plain, brotli };
}
