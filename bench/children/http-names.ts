/** Asks for all names of a database over HTTP as a browser does, and unpacks and reads the answer. */
import http from 'node:http';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Names } from '#contract/objects.ts';
import type { Api } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';

export interface HttpNamesTask extends Api {
  readonly acceptEncoding: string;
}

export interface HttpNames {
  /** From the request to the names as objects, in ms. */
  readonly elapsedMs: number;
  readonly tables: number;
  readonly wireBytes: number;
}

const unpack = promisify(zlib.zstdDecompress);

answerOnce<HttpNamesTask>(async ({ port, token, connection, acceptEncoding }) => {
  const begun = performance.now();
  const request = http.request({
    host: '127.0.0.1',
    port,
    path: '/api/objects/names',
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'accept-encoding': acceptEncoding },
  });
  request.end(JSON.stringify({ connection }));
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', resolve);
  });
  const { socket } = response;
  const body = Buffer.concat(await response.toArray());
  const names = JSON.parse(String(await unpack(body))) as Names;
  const elapsedMs = performance.now() - begun;
  return { elapsedMs, tables: names.tables.length, wireBytes: socket.bytesRead } satisfies HttpNames;
});
