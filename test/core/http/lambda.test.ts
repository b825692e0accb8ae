import { Buffer } from 'node:buffer';
import zlib from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { HttpAnswer, HttpRequest, Serve } from '#core/http/message.ts';
import { gatewayEvent, installRuntime, invoke as invokeHandler } from '../../support/lambda-runtime.ts';

installRuntime();

async function invoke(
  serve: Serve,
  changes: Partial<APIGatewayProxyEvent> = {},
  remaining = 60_000,
  siteProof?: string,
) {
  const { lambda } = await import('#core/http/lambda.ts');
  const asked: HttpRequest[] = [];
  const handler = lambda((request) => {
    asked.push(request);
    return serve(request);
  }, siteProof);
  const stream = await invokeHandler(handler, gatewayEvent(changes), remaining);
  return { stream, request: asked[0] as HttpRequest };
}

const answer = (body: HttpAnswer['body'], changes: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  cookies: [],
  body,
  ...changes,
});

test('an event of API Gateway arrives as serve() knows it', async () => {
  const { request } = await invoke(async () => answer('ok'), {
    httpMethod: 'POST',
    path: '/api/query',
    headers: { 'X-Lodge-Request': '1', Cookie: 'a=1' },
    queryStringParameters: { regions: 'eu-central-1' },
    body: '{"a":"é"}',
  });
  expect(request).toMatchObject({
    method: 'POST',
    path: '/api/query',
    query: { regions: 'eu-central-1' },
    headers: { 'x-lodge-request': '1', cookie: 'a=1' },
    body: '{"a":"é"}',
    requestId: 'gateway-1',
  });
});

test('headers that came several times are joined: cookies by semicolons', async () => {
  const { request } = await invoke(async () => answer('ok'), {
    headers: { Cookie: 'b=2', Accept: 'b' },
    multiValueHeaders: { Cookie: ['a=1', 'b=2'], Accept: ['a', 'b'], 'X-Empty': [] },
  });
  expect(request.headers).toEqual({ cookie: 'a=1; b=2', accept: 'a, b' });
});

test('the address is the source’s, and the viewer’s where the site says so', async () => {
  const changes = {
    requestContext: { requestId: 'gateway-1', identity: { sourceIp: '130.176.1.1' } } as never,
    headers: { 'X-Lodge-Site': 'word', 'X-Forwarded-For': '192.0.2.66, 203.0.113.9, 130.176.1.1' },
  };
  const addressIn = async (proof?: string) =>
    (await invoke(async () => answer('ok'), changes, 60_000, proof)).request.address;
  expect(await addressIn()).toBe('130.176.1.1');
  expect(await addressIn('another')).toBe('130.176.1.1');
  expect(await addressIn('word')).toBe('203.0.113.9');
});

test('a body in base64 is decoded, and none is none', async () => {
  const body = Buffer.from('größe').toString('base64');
  expect((await invoke(async () => answer('ok'), { body, isBase64Encoded: true })).request.body).toBe('größe');
  expect((await invoke(async () => answer('ok'))).request.body).toBeUndefined();
});

test('status, headers and each cookie are in the prelude', async () => {
  const { stream } = await invoke(async () => answer('made', { status: 201, cookies: ['a=1', 'b=2'] }));
  expect(stream.prelude).toMatchObject({
    statusCode: 201,
    headers: { 'content-type': 'text/plain' },
    multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
  });
  expect(String(stream.body)).toBe('made');
});

test('an answer without cookies or body is one too', async () => {
  const { stream } = await invoke(async () => answer('', { status: 204 }));
  expect(stream.prelude?.statusCode).toBe(204);
  expect(stream.prelude).not.toHaveProperty('multiValueHeaders');
  expect(stream.body).toHaveLength(0);
  expect(stream.writableFinished).toBe(true);
});

test('a compressed answer leaves as bytes', async () => {
  const text = 'the same again '.repeat(500);
  const { stream } = await invoke(async () => answer(text), { headers: { 'Accept-Encoding': 'gzip, br' } });
  expect(stream.prelude?.headers['content-encoding']).toBe('br');
  expect(zlib.brotliDecompressSync(stream.body).toString()).toBe(text);
});

test('a stream leaves piece by piece, compressed', async () => {
  async function* source() {
    for (let at = 0; at < 20; at += 1) yield `line ${at}\n`;
  }
  const { stream } = await invoke(async () => answer(source()), { headers: { 'Accept-Encoding': 'zstd' } });
  expect(zlib.zstdDecompressSync(stream.body).toString()).toMatch(/^line 0\n(line \d+\n)+line 19\n$/);
});

test('a request is aborted a little before the time of its function is over', async () => {
  async function* source(signal: AbortSignal) {
    yield 'begun ';
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    yield signal.reason.code;
  }
  const { stream } = await invoke(async ({ signal }) => answer(source(signal)), {}, 3_010);
  expect(String(stream.body)).toBe('begun STATEMENT_TIMEOUT');
});

test('a request that was answered in time is not', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  try {
    const { request } = await invoke(async () => answer('ok'));
    expect(jest.getTimerCount()).toBe(0);
    expect(request.signal.aborted).toBe(false);
  } finally {
    jest.useRealTimers();
  }
});

test('a stream that fails fails the invocation, so that its reader sees a cut', async () => {
  async function* source() {
    yield 'one';
    throw new Error('lost');
  }
  await expect(invoke(async () => answer(source()))).rejects.toThrow('lost');
});
