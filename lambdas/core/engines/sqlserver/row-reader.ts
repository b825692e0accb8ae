/** The tokens of an answer as the driver reads them, save rows, which are read here: each value to its last digit. */
import type { ColumnMetadata } from 'tedious/lib/token/colmetadata-token-parser.js';
import type StreamParser from 'tedious/lib/token/stream-parser.js';
import type { ParserOptions } from 'tedious/lib/token/stream-parser.js';
import type { NBCRowToken, RowToken, Token } from 'tedious/lib/token/token.js';
import { Bytes, Missing } from './bytes.ts';
import type { Driver } from './driver.ts';
import { reader } from './values.ts';

export type Row = readonly (string | null)[];

/** Rows on their way to the driver's `row` event: as many as have come whole go together. */
export type Rows = readonly Row[];

/** Tokens that begin a row ([MS-TDS] 2.2.7). */
const ROW = 0xd1;
const NBCROW = 0xd2;

/** The debugging of the driver's that its parser asks for. */
type Debug = StreamParser['debug'];

export type ReadTokens = (
  message: AsyncIterable<Buffer>,
  debug: Debug,
  options: ParserOptions,
) => AsyncGenerator<Token>;

export function rowReader({ StreamParser, Collation }: Driver): ReadTokens {
  const collationOf = (bytes: Buffer) => Collation.fromBuffer(bytes);

  class Parser extends StreamParser {
    #readers: readonly ReturnType<typeof reader>[] = [];
    #columns: readonly ColumnMetadata[] | undefined;

    override async readRowToken(): Promise<RowToken> {
      return { name: 'ROW', handlerName: 'onRow', columns: await this.#rows(ROW) };
    }

    override async readNbcRowToken(): Promise<NBCRowToken> {
      return { name: 'NBCROW', handlerName: 'onRow', columns: await this.#rows(NBCROW) };
    }

    /** The row that has begun, which is waited for, and those of its kind behind it that have come. */
    async #rows(token: number): Promise<Rows> {
      const rows: Row[] = [];
      for (;;) {
        const begin = this.position;
        try {
          rows.push(this.#row(token));
        } catch (error) {
          if (!(error instanceof Missing)) throw error;
          this.position = begin;
          if (rows.length === 0) {
            await this.#waitFor(error.length);
            continue;
          }
          // What has come of it is read again, token and all, when there is more.
          this.position -= 1;
          return rows;
        }
        if (this.buffer[this.position] !== token) return rows;
        this.position += 1;
      }
    }

    /** Which values of an NBCROW are NULL is said in front, a bit each. */
    #row(token: number): Row {
      const readers = this.#columnReaders();
      const bytes = new Bytes(this.buffer, this.position);
      const nulls = token === NBCROW ? bytes.take(Math.ceil(readers.length / 8)) : undefined;
      const row = readers.map((read, index) => (nulls && isSet(nulls, index) ? null : read(bytes)));
      this.position = bytes.at;
      return row;
    }

    /** One a column, made anew for each result. */
    #columnReaders() {
      if (this.#columns !== this.colMetadata) {
        this.#columns = this.colMetadata;
        this.#readers = this.colMetadata.map((column) => reader({ ...column, collationOf }));
      }
      return this.#readers;
    }

    /** Takes what comes until the buffer is so long, and puts it together once. */
    async #waitFor(length: number): Promise<void> {
      const chunks = [this.buffer];
      for (let have = this.buffer.length; have < length; ) {
        const { done, value } = await this.iterator.next();
        if (done || !value) throw new Error('unexpected end of data');
        chunks.push(value);
        have += value.length;
      }
      this.buffer = Buffer.concat(chunks).subarray(this.position);
      this.position = 0;
    }
  }

  return async function* (message, debug, options) {
    const parser = new Parser(message, debug, options);
    for (;;) {
      try {
        await parser.waitForChunk();
      } catch (error) {
        if (parser.position === parser.buffer.length) return;
        throw error;
      }
      while (parser.position < parser.buffer.length) {
        const type = parser.buffer.readUInt8(parser.position);
        parser.position += 1;
        const token = await parser.readToken(type);
        if (token !== undefined) yield token;
      }
    }
  };
}

const isSet = (bits: Buffer, index: number): boolean => ((bits[index >> 3] as number) & (1 << (index & 7))) !== 0;
