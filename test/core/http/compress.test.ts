import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { chooseEncoding, pack } from '#core/http/compress.ts';
import type { HttpAnswer } from '#core/http/message.ts';

const answer = (body: HttpAnswer['body']): HttpAnswer => ({
  status: 200,
  headers: { 'x-test': '1' },
  cookies: [],
  body,
});

const DECODERS: Record<string, { whole: (body: Buffer) => Buffer; stream: () => NodeJS.ReadWriteStream }> = {
  zstd: { whole: zlib.zstdDecompressSync, stream: zlib.createZstdDecompress },
  br: { whole: zlib.brotliDecompressSync, stream: zlib.createBrotliDecompress },
  gzip: { whole: zlib.gunzipSync, stream: zlib.createGunzip },
};
const encodings = Object.keys(DECODERS);

test.each([
  [undefined, undefined],
  ['', undefined],
  ['gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate, br', 'br'],
  ['br;q=0.5, gzip', 'br'],
  ['zstd;q=0, br;q=0.0, gzip', 'gzip'],
  ['*', 'zstd'],
  ['*;q=0, gzip', 'gzip'],
  ['identity', undefined],
  ['identity;q=0, ZSTD ; q=1', 'zstd'],
])('of %p, %p is chosen', (accepted, expected) => {
  expect(chooseEncoding(accepted)).toBe(expected);
});

test.each(encodings)('a whole answer is compressed by %s', async (encoding) => {
  const text = JSON.stringify(Array.from({ length: 1_000 }, (_, at) => `größe ${at}`));
  const { headers, body } = await pack(answer(text), encoding);
  expect(headers).toEqual({ 'x-test': '1', vary: 'accept-encoding', 'content-encoding': encoding });
  expect((body as Buffer).length).toBeLessThan(text.length / 2);
  expect(DECODERS[encoding]?.whole(body as Buffer).toString()).toBe(text);
});

test('a small one is not worth it', async () => {
  const { headers, body } = await pack(answer('{"claimed":true}'), 'zstd');
  expect(headers).toEqual({ 'x-test': '1', vary: 'accept-encoding' });
  expect(String(body)).toBe('{"claimed":true}');
});

test.each(encodings)('a stream through %s arrives whole, in order', async (encoding) => {
  const pieces = Array.from({ length: 50 }, (_, at) => Buffer.from(`${at} ${'row '.repeat(5_000)}\n`));
  const whole = Buffer.concat(pieces);
  const { headers, body } = await pack(answer(Readable.from(pieces)), encoding);
  expect(headers['content-encoding']).toBe(encoding);
  const packed = Buffer.concat(await Readable.from(body).toArray());
  expect(packed.length).toBeLessThan(whole.length / 10);
  expect(DECODERS[encoding]?.whole(packed).equals(whole)).toBe(true);
});

test.each(encodings)('each piece through %s can be read before the next is made', async (encoding) => {
  const turns: (() => void)[] = [];
  async function* source() {
    for (let at = 0; at < 3; at += 1) {
      yield `piece ${at}\n`;
      await new Promise<void>((resolve) => turns.push(resolve));
    }
  }
  const { body } = await pack(answer(source()), encoding);
  const decoder = DECODERS[encoding]?.stream() as zlib.Gunzip;
  (body as Readable).pipe(decoder);
  const reader = decoder[Symbol.asyncIterator]();
  for (let at = 0; at < 3; at += 1) {
    let text = '';
    while (!text.endsWith('\n')) text += (await reader.next()).value;
    expect(text).toBe(`piece ${at}\n`);
    turns[at]?.();
  }
  expect((await reader.next()).done).toBe(true);
});

test.each([...encodings, undefined])('leaving a stream through %s closes its source', async (encoding) => {
  let closed: (() => void) | undefined;
  const closing = new Promise<void>((resolve) => {
    closed = resolve;
  });
  async function* source() {
    try {
      for (;;) yield Buffer.alloc(100_000, 'x');
    } finally {
      closed?.();
    }
  }
  const { body } = await pack(answer(source()), encoding);
  for await (const _ of body as Readable) break;
  await closing;
  expect((body as Readable).destroyed).toBe(true);
});

test.each(encodings)('a source that fails through %s fails the stream', async (encoding) => {
  async function* source() {
    yield 'one';
    throw new Error('lost');
  }
  const { body } = await pack(answer(source()), encoding);
  await expect(Readable.from(body as Readable).toArray()).rejects.toThrow('lost');
});

test('a slow reader holds the source back', async () => {
  let made = 0;
  async function* source() {
    for (; made < 1_000; made += 1)
      yield Buffer.from(zlib.gzipSync(String(Math.random()).repeat(10)).toString('hex').repeat(1_000));
  }
  const { body } = await pack(answer(source()), 'gzip');
  (body as Readable).once('readable', () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(made).toBeLessThan(500);
  (body as Readable).destroy();
});

test.each(encodings)('pieces that went through %s leave no memory behind', async (encoding) => {
  const pieces = Array.from({ length: 20 }, (_, at) => new Uint8Array(50_000).fill(at));
  const { body } = await pack(answer(Readable.from(pieces)), encoding);
  const packed = Buffer.concat(await Readable.from(body).toArray());
  expect(DECODERS[encoding]?.whole(packed).length).toBe(1_000_000);
  expect(pieces.map((piece) => piece.buffer.byteLength)).toEqual(pieces.map(() => 0));
});
