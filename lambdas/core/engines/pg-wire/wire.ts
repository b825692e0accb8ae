/**
 * Stands between the socket and pg: rows of a running statement go to their reader as raw bytes, every other message goes
 * on to pg's own parser. Messages are framed as the PostgreSQL documentation says ("Message Flow"): one byte of type, four
 * of length that count themselves, the body.
 */
import type { Duplex } from 'node:stream';
import { freeBytes } from '../../free-bytes.ts';

/** Reads DataRow messages where they lie: `at` is where the body begins, `view` looks at the same bytes as `bytes`. */
export interface RowReader {
  /** False: the rows are not wanted any more, and are passed over. */
  readonly wanted: boolean;
  row(bytes: Uint8Array, view: DataView, at: number, length: number): void;
  /** No more rows are at hand now. */
  pause(): void;
}

const HEADER = 5;
const DATA_ROW = 0x44;
const READY_FOR_QUERY = 0x5a;
const EMPTY = Buffer.alloc(0);
/** The buffer for rows that are split over chunks begins with, and is kept up to, so many bytes. */
const SMALLEST = 16_384;
const KEPT = 1_048_576;

export class Wire {
  /** Set while a statement's rows are read. Without it pg gets them, as for queries of the catalogue. */
  reader: RowReader | undefined;
  readonly #stream: Duplex;
  readonly #parse: (bytes: Buffer) => void;
  /** Whether pg was given any of this chunk: it may keep it. */
  #forwarded = false;
  readonly #header = Buffer.alloc(HEADER);
  #headerLength = 0;
  /** Bytes still to come of a message that the last chunk ended in, */
  #left = 0;
  /** and where they belong: to pg, to nobody, or to a row that is being put together. */
  #target: 'pg' | 'nobody' | 'row' = 'pg';
  #row = EMPTY;
  #rowLength = 0;

  /** Takes the stream over from pg's parser, which goes on getting what is not a row. */
  constructor(stream: Duplex) {
    const [parse] = stream.listeners('data') as ((bytes: Buffer) => void)[];
    if (!parse) throw new TypeError('pg does not listen to this stream');
    stream.off('data', parse);
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#stream = stream;
    this.#parse = parse;
  }

  /** Stops reading; the server stops too when the buffers between are full. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /** Nothing that a message holds may end the process: what cannot be read ends the connection. */
  #take(chunk: Buffer): void {
    try {
      this.#forwarded = false;
      this.#split(chunk, this.#complete(chunk));
      // Rows have been copied out of it.
      if (!this.#forwarded) freeBytes(chunk);
      this.reader?.pause();
    } catch (error) {
      this.#stream.destroy(error as Error);
    }
  }

  #forward(bytes: Buffer): void {
    this.#forwarded = true;
    this.#parse(bytes);
  }

  /** Frames the whole messages of a chunk from `begin` on, and begins the one that it ends in. */
  #split(chunk: Buffer, begin: number): void {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const end = chunk.length;
    let forwarded = begin;
    let at = begin;
    while (at + HEADER <= end) {
      const type = chunk[at];
      const length = checked(view.getInt32(at + 1));
      const next = at + 1 + length;
      if (type === DATA_ROW && this.reader) {
        if (forwarded < at) this.#forward(chunk.subarray(forwarded, at));
        if (next > end) {
          this.#beginRow(chunk, at + HEADER, length - 4);
          return;
        }
        if (this.reader.wanted) this.reader.row(chunk, view, at + HEADER, length - 4);
        forwarded = next;
      } else if (next > end) {
        this.#left = next - end;
        this.#target = 'pg';
        this.#forward(chunk.subarray(forwarded, end));
        return;
      } else if (type === READY_FOR_QUERY) {
        // What waits behind it may begin now, and may want the rows that follow in this very chunk.
        this.#forward(chunk.subarray(forwarded, next));
        forwarded = next;
      }
      at = next;
    }
    if (forwarded < at) this.#forward(chunk.subarray(forwarded, at));
    if (at < end) this.#headerLength = chunk.copy(this.#header, 0, at, end);
  }

  /** Finishes the message that the last chunk ended in. Returns where the next one begins. */
  #complete(chunk: Buffer): number {
    let at = 0;
    if (this.#headerLength > 0) {
      at = chunk.copy(this.#header, this.#headerLength, 0, HEADER - this.#headerLength);
      this.#headerLength += at;
      if (this.#headerLength < HEADER) return at;
      this.#headerLength = 0;
      this.#beginMessage();
    }
    const part = chunk.subarray(at, at + this.#left);
    if (part.length === 0) return at;
    this.#left -= part.length;
    if (this.#target === 'pg') this.#forward(part);
    else if (this.#target === 'row') this.#addToRow(part);
    return at + part.length;
  }

  /** Begins the message whose header has come in pieces. */
  #beginMessage(): void {
    const length = checked(this.#header.readInt32BE(1));
    if (this.#header[0] === DATA_ROW && this.reader) {
      this.#beginRow(EMPTY, 0, length - 4);
    } else {
      this.#target = 'pg';
      this.#left = length - 4;
      this.#forward(Buffer.from(this.#header));
    }
  }

  #beginRow(chunk: Buffer, at: number, length: number): void {
    const wanted = this.reader?.wanted === true;
    this.#target = wanted ? 'row' : 'nobody';
    this.#left = length - (chunk.length - at);
    if (!wanted) return;
    if (this.#row.length < length) this.#row = Buffer.allocUnsafeSlow(Math.max(length, SMALLEST));
    this.#rowLength = chunk.copy(this.#row, 0, at);
  }

  #addToRow(part: Buffer): void {
    this.#rowLength += part.copy(this.#row, this.#rowLength);
    if (this.#left > 0) return;
    const view = new DataView(this.#row.buffer, this.#row.byteOffset, this.#row.byteLength);
    if (this.reader?.wanted) this.reader.row(this.#row, view, 0, this.#rowLength);
    if (this.#row.length > KEPT) this.#row = EMPTY;
  }
}

function checked(length: number): number {
  if (length < 4) throw new RangeError('a message of the database has an impossible length');
  return length;
}
