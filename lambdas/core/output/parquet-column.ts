/**
 * One column of the row group that is being filled. Its values are encoded as they come, and a page of them is compressed
 * as soon as it is full: so a group takes the memory that it will take in the file, and a page for each column.
 */
import type { ColumnChunk, Encoding } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { AppError } from '#contract/errors.ts';
import { type Cells, NULL, textOf } from './cells.ts';
import { copy } from './copy.ts';
import { NumberBounds, TextBounds } from './parquet-bounds.ts';
import { Dictionary } from './parquet-dictionary.ts';
import { PUT, type Put, packed, WIDEST } from './parquet-plain.ts';
import type { Cell, ParquetType } from './parquet-types.ts';
import { Room } from './room.ts';
import { snappy } from './snappy.ts';
import { unescaped } from './unescaped.ts';

/** A page is full with so many bytes of values: the size that others write. */
const PAGE_SIZE = 1024 * 1024;
/** A text's length stands before it. */
const LENGTH_SIZE = 4;
/** After so many values it is seen whether they repeat. */
const PROBE = 1_024;

export interface ChunkWritten {
  /** What stands in the file; good until the next value comes. */
  readonly pieces: readonly Uint8Array[];
  readonly size: number;
  readonly chunk: ColumnChunk;
  /** Before it was compressed. */
  readonly plainSize: number;
}

export class ParquetColumn {
  readonly #name: string;
  readonly #type: ParquetType;
  readonly #put: Put | undefined;
  readonly #numbers = new NumberBounds();
  readonly #texts = new TextBounds();

  /** Of the page: 1 where there is a value, 0 where there is none; and the values, one behind the other. */
  readonly #levels = new Room();
  #rows = 0;
  readonly #plain = new Room();
  #length = 0;
  /** Their places in the dictionary, as long as that is made. */
  #places = new Int32Array(PROBE);
  #count = 0;
  readonly #dictionary = new Dictionary();
  #repeats = true;

  /** Of the whole chunk. */
  readonly #pages = new Room();
  #pagesLength = 0;
  #plainSize = 0;
  #values = 0;
  #nulls = 0;
  readonly #written: { encoding: Encoding; count: number }[] = [];
  readonly #page = new Room();

  constructor(name: string, type: ParquetType) {
    this.#name = name;
    this.#type = type;
    this.#put = PUT[type.element.type ?? 'BYTE_ARRAY'];
    this.#repeats = this.#mayRepeat;
  }

  /** Takes the values of one column of a line. Returns how many bytes they are. Errors: OUTPUT_FAILED. */
  take({ bytes, count, from, to }: Cells, column: number): number {
    let size = 0;
    for (let cell = column * count; cell < (column + 1) * count; cell += 1) {
      const begin = from[cell] as number;
      const levels = this.#levels.reserve(this.#rows + 1, this.#rows);
      levels[this.#rows] = begin === NULL ? 0 : 1;
      this.#rows += 1;
      if (begin === NULL) continue;
      const start = this.#length;
      if (this.#put) this.#value(this.#put, bytes, begin, to[cell] as number);
      else this.#text(bytes, begin, to[cell] as number);
      size += this.#length - start;
      this.#counted(start);
      if (this.#length >= PAGE_SIZE) this.#endPage();
    }
    return size;
  }

  /** The chunk, which begins at `offset` of the file; the column is empty then. */
  end(offset: number): ChunkWritten {
    this.#endPage();
    const hasDictionary = this.#written.some(({ encoding }) => encoding === 'RLE_DICTIONARY');
    const dictionary = hasDictionary ? this.#dictionaryPage() : new Uint8Array();
    const pages = this.#pages.bytes.subarray(0, this.#pagesLength);
    const size = dictionary.length + pages.length;
    const { type = 'BYTE_ARRAY' } = this.#type.element;
    const bounds = this.#put ? this.#numbers.end(this.#type.element) : this.#texts.end();
    const plainSize = this.#plainSize;
    const chunk: ColumnChunk = {
      file_offset: BigInt(offset),
      meta_data: {
        type,
        encodings: [...new Set<Encoding>(['RLE', 'PLAIN', ...this.#written.map(({ encoding }) => encoding)])],
        path_in_schema: [this.#name],
        codec: 'SNAPPY',
        num_values: BigInt(this.#values),
        total_uncompressed_size: BigInt(plainSize),
        total_compressed_size: BigInt(size),
        ...(hasDictionary && { dictionary_page_offset: BigInt(offset) }),
        data_page_offset: BigInt(offset + dictionary.length),
        statistics: { ...bounds, null_count: BigInt(this.#nulls) },
        encoding_stats: [
          ...(hasDictionary ? [{ page_type: 'DICTIONARY_PAGE' as const, encoding: 'PLAIN' as const, count: 1 }] : []),
          ...this.#written.map((each) => ({ page_type: 'DATA_PAGE_V2' as const, ...each })),
        ],
      },
    };
    this.#clear();
    return { pieces: [dictionary, pages], size, chunk, plainSize };
  }

  /** A boolean is a bit already. */
  get #mayRepeat(): boolean {
    return this.#type.element.type !== 'BOOLEAN';
  }

  #clear(): void {
    this.#pagesLength = 0;
    this.#plainSize = 0;
    this.#values = 0;
    this.#nulls = 0;
    this.#written.length = 0;
    this.#dictionary.clear();
    this.#repeats = this.#mayRepeat;
  }

  #value(put: Put, bytes: Buffer, from: number, to: number): void {
    const seen = to < 0 ? Number.NaN : (this.#type.glance?.(bytes, from, to) ?? Number.NaN);
    const cell = Number.isNaN(seen) ? this.#read(textOf(bytes, from, to)) : seen;
    if (typeof cell !== 'string') this.#numbers.see(typeof cell === 'boolean' ? Number(cell) : cell);
    this.#length = put(cell, this.#plain.reserve(this.#length + WIDEST, this.#length), this.#length);
  }

  #read(text: string): Cell {
    const cell = this.#type.read(text);
    if (cell !== undefined) return cell;
    throw new AppError('OUTPUT_FAILED', {
      message: `The column ${JSON.stringify(this.#name)} holds a value that has no place in its Parquet type.`,
      details: { hint: 'Cast the column to text in the script, or write CSV or JSON lines, which take every value.' },
    });
  }

  #text(bytes: Buffer, from: number, to: number): void {
    const begin = this.#length + LENGTH_SIZE;
    const most = to < 0 ? ~to : to;
    const out = this.#plain.reserve(begin + most - from, this.#length);
    const end = to < 0 ? unescaped(bytes, from, most, out, begin) : copy(bytes, from, to, out, begin);
    out.writeUInt32LE(end - begin, this.#length);
    this.#length = end;
  }

  /** Counts the value that begins at `start`, and looks for it among those that there were. */
  #counted(start: number): void {
    const plain = this.#plain.bytes;
    const known = this.#dictionary.count;
    const place = this.#repeats ? this.#dictionary.place(plain, start, this.#length) : -1;
    if (!this.#put && (place < 0 || place === known)) this.#texts.see(plain, start + LENGTH_SIZE, this.#length);
    if (place < 0) this.#repeats = false;
    else {
      if (this.#count === this.#places.length) this.#places = twice(this.#places);
      this.#places[this.#count] = place;
    }
    this.#count += 1;
    if (this.#count === PROBE && this.#dictionary.count * 2 > PROBE) this.#repeats = false;
  }

  /** Encodes and compresses what there is. */
  #endPage(): void {
    if (this.#rows === 0) return;
    const places = this.#repeats ? this.#placesWritten() : undefined;
    const encoding = places ? 'RLE_DICTIONARY' : 'PLAIN';
    const isBits = this.#type.element.type === 'BOOLEAN';
    const plainLength = isBits ? packed(this.#plain.bytes, this.#length) : this.#length;
    const values = places ?? this.#plain.bytes.subarray(0, plainLength);
    const levels = new ByteWriter();
    writeRleBitPackedHybrid(levels, this.#levels.bytes.subarray(0, this.#rows), 1);
    const length = snappy(values, values.length, this.#page, 0);
    const nulls = this.#rows - this.#count;
    const header = new ByteWriter();
    writePageHeader(header, {
      type: 'DATA_PAGE_V2',
      uncompressed_page_size: levels.offset + values.length,
      compressed_page_size: levels.offset + length,
      data_page_header_v2: {
        num_values: this.#rows,
        num_nulls: nulls,
        num_rows: this.#rows,
        encoding,
        definition_levels_byte_length: levels.offset,
        repetition_levels_byte_length: 0,
        is_compressed: true,
      },
    });
    for (const piece of [header.getBytes(), levels.getBytes(), this.#page.bytes.subarray(0, length)]) {
      const end = this.#pagesLength + piece.length;
      this.#pages.reserve(end, this.#pagesLength).set(piece, this.#pagesLength);
      this.#pagesLength = end;
    }
    this.#plainSize += header.offset + levels.offset + values.length;
    this.#values += this.#rows;
    this.#nulls += nulls;
    this.#tally(encoding);
    this.#rows = 0;
    this.#length = 0;
    this.#count = 0;
  }

  /** The places as a page has them, where that is shorter than the values are; it is not tried again where not. */
  #placesWritten(): Buffer | undefined {
    const width = Math.ceil(Math.log2(Math.max(2, this.#dictionary.count)));
    const bytes = new ByteWriter();
    bytes.appendUint8(width);
    writeRleBitPackedHybrid(bytes, this.#places.subarray(0, this.#count), width);
    this.#repeats = this.#dictionary.length + bytes.offset < this.#length || this.#written.length > 0;
    return this.#repeats ? Buffer.from(bytes.buffer, 0, bytes.offset) : undefined;
  }

  #dictionaryPage(): Uint8Array {
    const { values, count } = this.#dictionary;
    const length = snappy(values, values.length, this.#page, 0);
    const page = new ByteWriter();
    writePageHeader(page, {
      type: 'DICTIONARY_PAGE',
      uncompressed_page_size: values.length,
      compressed_page_size: length,
      dictionary_page_header: { num_values: count, encoding: 'PLAIN' },
    });
    this.#plainSize += page.offset + values.length;
    page.appendBytes(this.#page.bytes.subarray(0, length));
    return page.getBytes();
  }

  #tally(encoding: Encoding): void {
    const last = this.#written.at(-1);
    if (last?.encoding === encoding) last.count += 1;
    else this.#written.push({ encoding, count: 1 });
  }
}

const twice = (values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(values.length * 2);
  wider.set(values);
  return wider;
};
