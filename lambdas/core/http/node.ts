import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contract/errors.ts';
import { pack } from './compress.ts';
import { BODY_LIMIT, type HttpRequest, type Serve } from './message.ts';

/** Serves over node:http: what the local server and the tests use. A client that leaves aborts its request. */
export const nodeListener =
  (serve: Serve) =>
  (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const left = new AbortController();
    outgoing.once('close', () => {
      if (!outgoing.writableFinished)
        left.abort(new AppError('STATEMENT_CANCELLED', { message: 'The client has left.' }));
    });
    // What fails here is a connection that is gone: there is nobody to tell.
    respond(serve, incoming, outgoing, left.signal).catch(() => outgoing.destroy());
  };

async function respond(serve: Serve, incoming: IncomingMessage, outgoing: ServerResponse, signal: AbortSignal) {
  const request = await readRequest(incoming, signal);
  const answer = await serve(request);
  const { headers, body } = await pack(answer, request.headers['accept-encoding']);
  // A body that was not read to its end leaves the connection useless for a next request.
  const held = incoming.complete ? {} : { connection: 'close' };
  const cookies = answer.cookies.length > 0 ? { 'set-cookie': [...answer.cookies] } : {};
  const length = Buffer.isBuffer(body) && answer.status !== 204 ? { 'content-length': body.length } : {};
  outgoing.writeHead(answer.status, { ...headers, ...length, ...held, ...cookies });
  if (Buffer.isBuffer(body)) outgoing.end(body);
  else await pipeline(body, outgoing);
  incoming.resume();
}

async function readRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<HttpRequest> {
  const [path = '/', ...search] = (incoming.url ?? '/').split('?');
  return {
    method: incoming.method ?? 'GET',
    path,
    query: Object.fromEntries(new URLSearchParams(search.join('?'))),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body: await readBody(incoming),
    requestId: randomUUID(),
    address: incoming.socket.remoteAddress ?? '',
    signal,
  };
}

/** Reads a little more than is allowed and no further: `serve()` then refuses what is too large. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const kept = incoming.iterator({ destroyOnReturn: false });
  for await (const piece of kept) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > BODY_LIMIT) break;
  }
  return bytes === 0 ? undefined : Buffer.concat(pieces).toString('utf8');
}
