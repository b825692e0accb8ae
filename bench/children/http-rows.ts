/** Asks for a statement's rows over HTTP as a browser does, and counts them, reading no more of a line than it must. */
import http from 'node:http';
import { PassThrough, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import type { Api } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';

export interface HttpRowsTask extends Api {
  readonly statement: string;
  readonly acceptEncoding: string;
}

export interface HttpRows {
  /** From the request to the end record, in ms. */
  readonly elapsedMs: number;
  readonly rows: number;
  readonly encoding: string;
  /** All that came over the socket, headers included. */
  readonly wireBytes: number;
  /** All that came out of the decompression. */
  readonly bytes: number;
}

/** Room for what arrives while a thread unpacks what came before, as a browser's network process has it. */
const PIPE = { chunkSize: 1 << 18, writableHighWaterMark: 1 << 21, readableHighWaterMark: 1 << 20 };
const DECODERS: Readonly<Record<string, () => Transform>> = {
  zstd: () => zlib.createZstdDecompress(PIPE),
  br: () => zlib.createBrotliDecompress(PIPE),
  gzip: () => zlib.createGunzip(PIPE),
  identity: () => new PassThrough(),
};

const LINE_FEED = 10;
/** As much of a line as tells what it is: `{"type":"rows","count":1234,`. */
const HEAD = 48;

answerOnce<HttpRowsTask>(async (task) => {
  const begun = performance.now();
  const response = await ask(task);
  const { socket } = response;
  const encoding = response.headers['content-encoding'] ?? 'identity';
  const counter = new Counter();
  await pipeline(response, DECODERS[encoding]?.() ?? new PassThrough(), async (decoded) => {
    for await (const chunk of decoded) counter.take(chunk as Buffer);
  });
  const elapsedMs = performance.now() - begun;
  if (!counter.ended) throw new Error(`The stream has no end record: ${counter.last}`);
  const { rows, bytes } = counter;
  return { elapsedMs, rows, encoding, wireBytes: socket.bytesRead, bytes } satisfies HttpRows;
});

function ask({ port, token, connection, statement, acceptEncoding }: HttpRowsTask): Promise<http.IncomingMessage> {
  const request = http.request({
    host: '127.0.0.1',
    port,
    path: '/api/query',
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'accept-encoding': acceptEncoding },
  });
  request.end(JSON.stringify({ connection, statement }));
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', resolve);
  });
}

/** Finds line feeds, and reads only the head of each line. */
class Counter {
  rows = 0;
  bytes = 0;
  ended = false;
  last = '';
  #head = '';

  take(chunk: Buffer): void {
    this.bytes += chunk.length;
    for (let at = 0; at < chunk.length; ) {
      const feed = chunk.indexOf(LINE_FEED, at);
      const end = feed < 0 ? chunk.length : feed;
      if (this.#head.length < HEAD) this.#head += chunk.toString('latin1', at, Math.min(end, at + HEAD));
      if (feed >= 0) this.#line();
      at = end + 1;
    }
  }

  #line(): void {
    this.rows += Number(/^\{"type":"rows","count":(\d+)/.exec(this.#head)?.[1] ?? 0);
    this.ended = this.#head.startsWith('{"type":"end"');
    this.last = this.#head;
    this.#head = '';
  }
}
