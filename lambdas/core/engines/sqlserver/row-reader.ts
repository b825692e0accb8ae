/** The tokens of an answer as the driver reads them, save rows, which are read here: each value to its last digit. */
import type { ColumnMetadata } from 'tedious/lib/token/colmetadata-token-parser.js';
import type StreamParser from 'tedious/lib/token/stream-parser.js';
import type { ParserOptions } from 'tedious/lib/token/stream-parser.js';
import type { NBCRowToken, RowToken, Token } from 'tedious/lib/token/token.js';
import { Bytes, Missing } from './bytes.ts';
import type { Driver } from './driver.ts';
import { readValue, type Shape } from './values.ts';

/** A row on its way to the driver's `row` event. */
export type Row = readonly (string | null)[];

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
    #shapes: readonly Shape[] = [];
    #columns: readonly ColumnMetadata[] | undefined;

    override async readRowToken(): Promise<RowToken> {
      return { name: 'ROW', handlerName: 'onRow', columns: await this.#row(() => undefined) };
    }

    /** Which values are NULL is said in front, a bit each ([MS-TDS], NBCROW). */
    override async readNbcRowToken(): Promise<NBCRowToken> {
      const length = Math.ceil(this.colMetadata.length / 8);
      const columns = await this.#row((bytes) => bytes.take(length));
      return { name: 'NBCROW', handlerName: 'onRow', columns };
    }

    /** Reads the row again from its beginning when more of it has come. */
    async #row(head: (bytes: Bytes) => Buffer | undefined): Promise<Row> {
      for (;;) {
        const bytes = new Bytes(this.buffer, this.position);
        try {
          const nulls = head(bytes);
          const row = this.#shape().map((shape, index) => (isSet(nulls, index) ? null : readValue(bytes, shape)));
          this.position = bytes.at;
          return row;
        } catch (error) {
          if (!(error instanceof Missing)) throw error;
          await this.#waitFor(error.length);
        }
      }
    }

    #shape(): readonly Shape[] {
      if (this.#columns !== this.colMetadata) {
        this.#columns = this.colMetadata;
        this.#shapes = this.colMetadata.map((column) => ({ ...column, collationOf }));
      }
      return this.#shapes;
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

const isSet = (bits: Buffer | undefined, index: number): boolean =>
  bits !== undefined && ((bits[index >> 3] as number) & (1 << (index & 7))) !== 0;
