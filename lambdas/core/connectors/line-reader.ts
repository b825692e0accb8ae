/** Reads the lines of a connector's stream one by one, from its compressed bytes, under back-pressure. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { AppError } from '#contract/errors.ts';

/** As deep as the other end's; see `http/compress.ts`. */
const PIPE = { chunkSize: 1 << 17, readableHighWaterMark: 1 << 18 };

const LINE_FEED = 0x0a;

export class LineReader {
  readonly #lines: AsyncGenerator<Uint8Array, void, void>;
  readonly #silenceMs: number;
  readonly #unpacked: Readable;
  #next: Promise<IteratorResult<Uint8Array, void>> | undefined;

  /** `silenceMs`: no line for so long means that nobody is at the other end. */
  constructor(bytes: AsyncIterable<Uint8Array>, silenceMs: number) {
    const unpacking = zlib.createZstdDecompress(PIPE);
    // A failure destroys the stream with the same error, which its reader then sees.
    pipeline(Readable.from(bytes), unpacking).catch(() => undefined);
    this.#unpacked = unpacking;
    this.#lines = linesOf(unpacking);
    this.#silenceMs = silenceMs;
  }

  /**
   * The next line with its line feed, in memory of its own; undefined at the end. Rejects with the signal's reason, and
   * the line is then the next call's. What is not AppError is a stream that is broken.
   */
  async next(signal: AbortSignal): Promise<Uint8Array | undefined> {
    this.#next ??= this.#lines.next();
    const { done, value } = await soon(this.#next, this.#silenceMs, signal);
    this.#next = undefined;
    return done ? undefined : value;
  }

  /** Takes no more: what is read from is left. */
  destroy(): void {
    this.#unpacked.destroy();
    this.#next?.catch(() => undefined);
  }
}

/** Waits with one timer and one listener, which both go with the wait. */
async function soon<T>(next: Promise<T>, silenceMs: number, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = () => reject(signal.reason);
  const silent = () => reject(new AppError('CONNECTOR_FAILED', { message: 'The connector fell silent.' }));
  const timer = setTimeout(silent, silenceMs);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  next.then(resolve, reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let held: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      held.push(chunk.subarray(from, at + 1));
      yield joined(held);
      held = [];
      from = at + 1;
    }
    if (from < chunk.length) held.push(chunk.subarray(from));
  }
}

/** Not of Buffer's shared pool: whoever sends a line frees it. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const line = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    line.set(piece, at);
    at += piece.length;
  }
  return line;
}
