/**
 * A body in chunks with checksums behind it, as SDKs send what they stream: `aws-chunked` (S3 API reference, "Signature
 * calculations for trailing headers").
 */
import { Fault } from './fault.ts';

/** No line of it is longer; what is longer is none. */
const LINE_LIMIT = 8_192;

/** The bytes that the chunks hold; what stands behind them is put into `trailers`. Faults: incompleteBody. */
export async function* unchunked(body: AsyncIterable<Buffer>, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  const source = new Lines(body);
  for (let left = sizeIn(await source.line()); left > 0; left = sizeIn(await source.line())) {
    while (left > 0) {
      const piece = await source.some(left);
      left -= piece.length;
      yield piece;
    }
    if ((await source.line()) !== '') throw incomplete();
  }
  for (let line = await source.line(); line !== ''; line = await source.line()) {
    const [name = '', value = ''] = line.split(':', 2);
    trailers.set(name.trim().toLowerCase(), value.trim());
  }
}

const incomplete = () => new Fault('incompleteBody', 'The request body is not chunked as its headers say.');

const sizeIn = (line: string): number => {
  if (!/^[0-9a-f]{1,8}$/i.test(line)) throw incomplete();
  return Number.parseInt(line, 16);
};

class Lines {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Buffer>) {
    this.#source = body[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf('\r\n');
      if (end >= 0) return this.#take(end + 2).toString('latin1', 0, end);
      if (this.#held.length > LINE_LIMIT) throw incomplete();
      this.#held = Buffer.concat([this.#held, await this.#next()]);
    }
  }

  /** At least one byte, and `most` at most. */
  async some(most: number): Promise<Buffer> {
    if (this.#held.length === 0) this.#held = await this.#next();
    return this.#take(Math.min(most, this.#held.length));
  }

  #take(count: number): Buffer {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  async #next(): Promise<Buffer> {
    const { done, value } = await this.#source.next();
    if (done) throw incomplete();
    return value;
  }
}
