/** Writes the body of a request to a file as it comes, and verifies everything that was said of it. */
import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { Fault } from './fault.ts';
import { unchunked } from './s3-chunked.ts';
import { UNSIGNED } from './s3-verify-request.ts';
import type { S3Call } from './service.ts';

/** What was written. */
export interface Received {
  readonly size: number;
  /** In hexadecimal. */
  readonly md5: string;
  /** In base64, as the header has it. */
  readonly crc32: string;
}

/** In place of a hash: chunks without signatures of their own, and a checksum behind them. */
const CHUNKED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

/** In base64, by the header that states it. Of S3's other algorithms, none is made by the SDK unless it is asked to. */
const CHECKSUMS: Readonly<Record<string, (digests: Digests) => string>> = {
  'x-amz-checksum-crc32': ({ crc }) => inBase64(crc),
  'x-amz-checksum-sha256': ({ sha256 }) => sha256,
  'content-md5': ({ md5 }) => md5.toString('base64'),
};

interface Digests {
  readonly crc: number;
  readonly md5: Buffer;
  readonly sha256: string;
}

/** Writes `file` anew; where it faults, nothing is left of it. Faults: all that S3 has for a body. */
export const receive = async ({ headers, body }: Pick<S3Call, 'headers' | 'body'>, file: string): Promise<Received> => {
  const claimed = headers.get('x-amz-content-sha256') ?? UNSIGNED;
  if (claimed.startsWith('STREAMING-') && claimed !== CHUNKED) {
    throw new Fault('unknownOperation', 'Chunks with signatures of their own are not implemented.');
  }
  const stated = new Map([...headers].filter(([name]) => isChecksum(name)));
  const counting = new Counting(stated.has('x-amz-checksum-sha256') || /^[0-9a-f]{64}$/.test(claimed));
  try {
    const content = claimed === CHUNKED ? unchunked(body, stated) : body;
    await pipeline(counting.through(content), createWriteStream(file, { flags: 'wx' }));
    checkSize(headers, claimed, counting.size);
    checkTrailers(headers, stated);
    return counting.checked(claimed, stated);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
};

const isChecksum = (name: string): boolean =>
  name === 'content-md5' || (/^x-amz-checksum-/.test(name) && !/-(mode|type|algorithm)$/.test(name));

const checkSize = (headers: S3Call['headers'], claimed: string, size: number): void => {
  const stated = headers.get(claimed === CHUNKED ? 'x-amz-decoded-content-length' : 'content-length');
  if (stated === undefined) throw new Fault('missingLength', 'You must provide the Content-Length HTTP header.');
  if (Number(stated) !== size) {
    throw new Fault(
      'incompleteBody',
      'You did not provide the number of bytes specified by the Content-Length header.',
    );
  }
};

/** What was announced must have come. */
const checkTrailers = (headers: S3Call['headers'], stated: ReadonlyMap<string, string>): void => {
  const announced = headers.get('x-amz-trailer')?.split(',') ?? [];
  if (announced.every((name) => stated.has(name.trim().toLowerCase()))) return;
  throw new Fault('malformedTrailer', 'The request contained trailing data that was not well-formed.');
};

class Counting {
  size = 0;
  #crc = 0;
  readonly #md5 = createHash('md5');
  /** Only where somebody has stated it: it is the dearest of the three. */
  readonly #sha256: Hash | undefined;

  constructor(withSha256: boolean) {
    this.#sha256 = withSha256 ? createHash('sha256') : undefined;
  }

  async *through(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of body) {
      this.size += chunk.length;
      this.#crc = crc32(chunk, this.#crc);
      this.#md5.update(chunk);
      this.#sha256?.update(chunk);
      yield chunk;
    }
  }

  checked(claimed: string, stated: ReadonlyMap<string, string>): Received {
    const sha256 = this.#sha256?.digest();
    if (sha256 && /^[0-9a-f]{64}$/.test(claimed) && claimed !== sha256.toString('hex')) {
      throw new Fault('otherContent', "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    const md5 = this.#md5.digest();
    const digests = { crc: this.#crc, md5, sha256: sha256?.toString('base64') ?? '' };
    for (const [name, value] of stated) {
      const computed = CHECKSUMS[name]?.(digests);
      if (computed === undefined) throw new Fault('unknownOperation', `${name} is not implemented.`);
      if (computed !== value) throw new Fault('badDigest', `The ${name} you specified did not match what we received.`);
    }
    return { size: this.size, md5: md5.toString('hex'), crc32: inBase64(this.#crc) };
  }
}

const inBase64 = (crc: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
};
