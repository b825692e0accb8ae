import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { BODY_LIMIT, type HttpAnswer, type HttpRequest, type Serve } from '#core/http/message.ts';
import { nodeListener } from '#core/http/node.ts';

const plain = (body: HttpAnswer['body'], cookies: string[] = []): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  cookies,
  body,
});

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

/** A server on a free port, and what it was asked. */
async function listening(serve: Serve) {
  const asked: HttpRequest[] = [];
  const server = http.createServer(
    nodeListener((request) => {
      asked.push(request);
      return serve(request);
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('a request arrives as serve() knows it', async () => {
  const { url, asked } = await listening(async () => plain('ok'));
  await fetch(`${url}/api/a%2Fb?x=1&y=%C3%A9&x=2`, {
    method: 'POST',
    body: 'größe',
    headers: { Cookie: 'a=1; b=2', 'X-Lodge-Request': '1' },
  });
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/a%2Fb', query: { x: '2', y: 'é' }, body: 'größe' });
  expect(asked[0]?.headers).toMatchObject({ cookie: 'a=1; b=2', 'x-lodge-request': '1' });
  expect(asked[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('an id of a request is never the client’s', async () => {
  const { url, asked } = await listening(async () => plain('ok'));
  await fetch(url, { headers: { 'x-request-id': 'mine' } });
  expect(asked[0]?.requestId).not.toBe('mine');
  expect(asked[0]?.body).toBeUndefined();
});

test('status, headers, cookies and length of an answer are sent', async () => {
  const { url } = await listening(async () => ({ ...plain('höhe', ['a=1; Path=/', 'b=2; Path=/']), status: 201 }));
  const response = await fetch(url);
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  expect(response.headers.get('content-length')).toBe('5');
  expect(await response.text()).toBe('höhe');
});

test('an answer without content has no length', async () => {
  const { url } = await listening(async () => ({ ...plain(''), status: 204 }));
  const response = await fetch(url);
  expect(response.status).toBe(204);
  expect(response.headers.get('content-length')).toBeNull();
});

test('a whole answer is compressed as the client likes it', async () => {
  const text = 'the same again '.repeat(500);
  const { url } = await listening(async () => plain(text));
  const response = await fetch(url, { headers: { 'accept-encoding': 'br' } });
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(await response.text()).toBe(text);
});

test('a body of the very limit is read whole; of one that is larger, only enough to refuse it', async () => {
  const { url, asked } = await listening(async () => plain('ok'));
  await fetch(url, { method: 'POST', body: 'x'.repeat(BODY_LIMIT) });
  expect(asked[0]?.body).toHaveLength(BODY_LIMIT);
  await fetch(url, { method: 'POST', body: 'x'.repeat(BODY_LIMIT * 3) }).catch(() => undefined);
  expect(asked[1]?.body?.length).toBeGreaterThan(BODY_LIMIT);
  expect(asked[1]?.body?.length).toBeLessThan(BODY_LIMIT * 2);
});

/** Opens a stream with the bare client, so that pieces are seen as they come. */
async function open(url: string, headers: Record<string, string> = {}): Promise<http.IncomingMessage> {
  const [response] = (await once(http.get(url, { headers }), 'response')) as [http.IncomingMessage];
  return response;
}

test('a stream is sent piece by piece', async () => {
  const turns: (() => void)[] = [];
  async function* source() {
    for (let at = 0; at < 3; at += 1) {
      yield Buffer.from(`piece ${at}`);
      await new Promise<void>((resolve) => turns.push(resolve));
    }
  }
  const { url } = await listening(async () => plain(source()));
  const response = await open(url);
  const reader = response[Symbol.asyncIterator]();
  for (let at = 0; at < 3; at += 1) {
    expect(String((await reader.next()).value)).toBe(`piece ${at}`);
    turns[at]?.();
  }
  expect((await reader.next()).done).toBe(true);
});

test('a long compressed stream arrives whole', async () => {
  const piece = Buffer.from(`${JSON.stringify(Array.from({ length: 5_000 }, (_, at) => `value ${at}`))}\n`);
  async function* source() {
    // A stream's bytes are given away.
    for (let at = 0; at < 100; at += 1) yield new Uint8Array(piece);
  }
  const { url } = await listening(async () => plain(source()));
  const response = await open(url, { 'accept-encoding': 'zstd' });
  let bytes = 0;
  for await (const part of response.pipe(zlib.createZstdDecompress())) bytes += part.length;
  expect(bytes).toBe(piece.length * 100);
});

test('a client that leaves aborts its request and closes the source', async () => {
  let close: ((reason: unknown) => void) | undefined;
  const closed = new Promise((resolve) => {
    close = resolve;
  });
  const { url } = await listening(async ({ signal }) =>
    plain(
      (async function* () {
        try {
          for (;;) yield Buffer.alloc(65_536, 'x');
        } finally {
          close?.(signal.aborted && signal.reason);
        }
      })(),
    ),
  );
  const response = await open(url);
  await once(response, 'readable');
  response.destroy();
  expect(await closed).toMatchObject({ code: 'STATEMENT_CANCELLED' });
});

test('a request that was answered is not aborted afterwards', async () => {
  const { url, asked } = await listening(async () => plain('ok'));
  await (await fetch(url)).text();
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked[0]?.signal.aborted).toBe(false);
});

test('a client that does not read holds the source back', async () => {
  let made = 0;
  const noise = Buffer.from(Array.from({ length: 65_536 }, (_, at) => (at * 7_919) % 251));
  async function* source() {
    for (; made < 5_000; made += 1) yield noise;
  }
  const { url } = await listening(async () => plain(source()));
  const response = await open(url);
  let before = -1;
  // Waits until buffers are full and nothing moves any more.
  while (before !== made) {
    before = made;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(made).toBeLessThan(2_000);
  response.destroy();
});

test('a source that fails cuts the connection', async () => {
  async function* source() {
    yield 'one';
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('lost');
  }
  const { url } = await listening(async () => plain(source()));
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
});
