/**
 * The line to the server after mysql2 has opened the door: packets of three bytes of length, one of sequence, and the
 * payload; a payload of 16 MB less one goes on in the next packet (MySQL documentation, "MySQL Packets").
 */
import type { Duplex } from 'node:stream';
import { freeBytes } from '../../free-bytes.ts';

/** Takes packets where they lie: `view` looks at the same bytes as `bytes`, the payload is `length` from `at` on. */
export interface PacketTaker {
  packet(bytes: Uint8Array, view: DataView, at: number, length: number): void;
  /** No more packets are at hand now. */
  pause(): void;
  /** The line is lost. */
  lost(error: Error): void;
}

const HEADER = 4;
const LONGEST = 0xffffff;
/** The buffer for packets that are split over chunks begins with, and is kept up to, so many bytes. */
const SMALLEST = 16_384;
const KEPT = 1_048_576;

export class Wire {
  /** Who takes what comes. Whatever comes unasked ends the connection. */
  taker: PacketTaker | undefined;
  readonly #stream: Duplex;
  /** What the last chunk ended in the middle of: a header or a packet. */
  #part = Buffer.alloc(SMALLEST);
  #partLength = 0;
  /** Payloads of a message that takes more than one packet. */
  #long: Buffer[] = [];

  /** Takes the stream over from whoever listens to it. */
  constructor(stream: Duplex) {
    stream.removeAllListeners('data');
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', () => undefined);
    stream.on('close', () => this.taker?.lost(new Error('The connection was closed.')));
    this.#stream = stream;
  }

  get closed(): boolean {
    return this.#stream.destroyed;
  }

  /** Sends a command with its argument, such as COM_QUERY with a statement. */
  send(command: number, argument: string): void {
    const payload = Buffer.from(`\0${argument}`);
    payload[0] = command;
    this.#stream.cork();
    for (let from = 0, sequence = 0; from <= payload.length; from += LONGEST, sequence += 1) {
      const part = payload.subarray(from, from + LONGEST);
      const header = Buffer.alloc(HEADER);
      header.writeUIntLE(part.length, 0, 3);
      header[3] = sequence & 0xff;
      this.#stream.write(header);
      this.#stream.write(part);
    }
    this.#stream.uncork();
  }

  /** Stops reading; the server stops too when the buffers between are full. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  destroy(): void {
    this.#stream.destroy();
  }

  /** Resolves when the line is closed. */
  async closing(): Promise<void> {
    if (!this.#stream.closed) await new Promise<void>((resolve) => this.#stream.once('close', resolve));
  }

  /** Nothing that a packet holds may end the process: what cannot be read ends the connection. */
  #take(chunk: Buffer): void {
    try {
      this.#split(chunk, this.#complete(chunk));
      // Whatever is kept of it has been copied.
      freeBytes(chunk);
      this.taker?.pause();
    } catch (error) {
      this.#stream.destroy(error as Error);
    }
  }

  #split(chunk: Buffer, begin: number): void {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = begin;
    while (at + HEADER <= chunk.length) {
      const length = lengthAt(chunk, at);
      if (at + HEADER + length > chunk.length) break;
      this.#packet(chunk, view, at + HEADER, length);
      at += HEADER + length;
    }
    if (at < chunk.length) this.#keep(chunk.subarray(at));
  }

  /** Finishes the packet that the last chunk ended in. Returns where the next one begins. */
  #complete(chunk: Buffer): number {
    if (this.#partLength === 0) return 0;
    let at = 0;
    if (this.#partLength < HEADER) {
      at = Math.min(HEADER - this.#partLength, chunk.length);
      this.#keep(chunk.subarray(0, at));
      if (this.#partLength < HEADER) return at;
    }
    const length = lengthAt(this.#part, 0);
    const missing = Math.min(HEADER + length - this.#partLength, chunk.length - at);
    this.#keep(chunk.subarray(at, at + missing));
    if (this.#partLength < HEADER + length) return chunk.length;
    const part = this.#part;
    this.#partLength = 0;
    this.#packet(part, new DataView(part.buffer, part.byteOffset, part.byteLength), HEADER, length);
    if (this.#part.length > KEPT) this.#part = Buffer.alloc(SMALLEST);
    return at + missing;
  }

  /** Adds to the part; once the header is there, makes room for the whole packet. */
  #keep(bytes: Buffer): void {
    const known =
      this.#partLength >= HEADER ? this.#part : this.#partLength === 0 && bytes.length >= HEADER ? bytes : undefined;
    const needed = Math.max(this.#partLength + bytes.length, known ? HEADER + lengthAt(known, 0) : 0);
    if (needed > this.#part.length) {
      const larger = Buffer.allocUnsafeSlow(needed);
      this.#part.copy(larger, 0, 0, this.#partLength);
      this.#part = larger;
    }
    this.#partLength += bytes.copy(this.#part, this.#partLength);
  }

  #packet(bytes: Buffer, view: DataView, at: number, length: number): void {
    if (length < LONGEST && this.#long.length === 0) {
      this.#give(bytes, view, at, length);
      return;
    }
    this.#long.push(Buffer.from(bytes.subarray(at, at + length)));
    if (length === LONGEST) return;
    const whole = Buffer.concat(this.#long);
    this.#long = [];
    this.#give(whole, new DataView(whole.buffer, whole.byteOffset, whole.byteLength), 0, whole.length);
  }

  #give(bytes: Buffer, view: DataView, at: number, length: number): void {
    if (!this.taker) throw new RangeError('the server sent what nobody had asked for');
    this.taker.packet(bytes, view, at, length);
  }
}

const lengthAt = (bytes: Buffer, at: number): number => bytes.readUIntLE(at, 3);
