import fc from 'fast-check';
import { Fault } from '#core/local/aws/fault.ts';
import { unchunked } from '#core/local/aws/s3-chunked.ts';

/** The bytes in pieces of so many, as a socket may hand them out. */
async function* cut(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (bytes: Buffer, size = 7) => {
  const trailers = new Map<string, string>();
  const content = Buffer.concat(await Array.fromAsync(unchunked(cut(bytes, size), trailers)));
  return { content, trailers: Object.fromEntries(trailers) };
};
const chunk = (content: Uint8Array) =>
  Buffer.concat([Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n')]);

test('content is what the chunks hold, wherever they were cut on their way', async () => {
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 50 }), async (contents, size) => {
      const end = Buffer.from('0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n');
      const { content, trailers } = await read(Buffer.concat([...contents.map(chunk), end]), size);
      expect(content.equals(Buffer.concat(contents))).toBe(true);
      expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'NhCmhg==' });
    }),
  );
});

test.each([
  ['ends before its chunk does', '5\r\nhel'],
  ['ends before its trailers do', '0\r\nx-amz-checksum-crc32:NhCmhg==\r\n'],
  ['has a chunk that is longer than it says', '3\r\nhello\r\n0\r\n\r\n'],
  ['says no size', 'hello\r\n'],
  ['says a size and more', '5;chunk-signature=abc\r\nhello\r\n0\r\n\r\n'],
  ['has a line without an end', 'a'.repeat(9_000)],
])('a body that %s is refused', async (_what, text) => {
  const error = await read(Buffer.from(text)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Fault);
  expect((error as Fault).in('s3')).toEqual({ code: 'IncompleteBody', status: 400 });
});
