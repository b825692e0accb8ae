/**
 * Parquet, in row groups that are written as they fill, so that memory is that of one of them however long the result is.
 * A column has one type for the whole file: a value that is none of it (an infinite timestamp, a numeric that is NaN) ends
 * the run with a sentence that names the column, and is never written as something else.
 */
import type { RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { ResultColumn } from '#contract/results.ts';
import type { Cells } from './cells.ts';
import { type ChunkWritten, ParquetColumn } from './parquet-column.ts';
import { parquetTypes } from './parquet-types.ts';
import { NOTHING, type Pieces, type RowWriter } from './row-writer.ts';
import { uniqueNames } from './unique-names.ts';

const MAGIC = Buffer.from('PAR1');

/** A row group is written when it has so many rows, or values of so many bytes. The first is small: previews read it. */
export interface GroupLimits {
  readonly firstRows: number;
  readonly rows: number;
  readonly size: number;
}

const LIMITS: GroupLimits = { firstRows: 1_000, rows: 250_000, size: 64 * 1024 * 1024 };

export const parquet = (columns: readonly ResultColumn[], limits = LIMITS): RowWriter => new Groups(columns, limits);

class Groups implements RowWriter {
  readonly #limits: GroupLimits;
  readonly #schema: SchemaElement[];
  readonly #columns: readonly ParquetColumn[];
  readonly #groups: RowGroup[] = [];
  #offset = MAGIC.length;
  #allRows = 0;
  #rows = 0;
  #size = 0;

  constructor(columns: readonly ResultColumn[], limits: GroupLimits) {
    this.#limits = limits;
    const names = uniqueNames(columns.map(({ name }) => name));
    const leaves = parquetTypes(columns).map((type, index) => ({ name: names[index] as string, type }));
    this.#columns = leaves.map(({ name, type }) => new ParquetColumn(name, type));
    const elements = leaves.map(({ name, type: { element } }) => ({
      name,
      ...element,
      repetition_type: 'OPTIONAL' as const,
    }));
    this.#schema = [{ name: 'root', num_children: elements.length }, ...elements];
  }

  begin(): Pieces {
    return [MAGIC];
  }

  rows(cells: Cells): Pieces {
    for (const [index, column] of this.#columns.entries()) this.#size += column.take(cells, index);
    this.#rows += cells.count;
    const { firstRows, rows, size } = this.#limits;
    const most = this.#groups.length === 0 ? firstRows : rows;
    return this.#rows < most && this.#size < size ? NOTHING : this.#group();
  }

  end(): Pieces {
    const last = this.#rows > 0 ? this.#group() : NOTHING;
    const footer = new ByteWriter();
    writeMetadata(footer, {
      version: 2,
      schema: this.#schema,
      num_rows: BigInt(this.#allRows),
      row_groups: this.#groups,
      created_by: 'Lodge',
      // Not written: the length stands behind the footer.
      metadata_length: 0,
    });
    footer.appendBytes(MAGIC);
    return [...last, footer.getBytes()];
  }

  #group(): Pieces {
    const begin = this.#offset;
    const chunks = this.#columns.map((column): ChunkWritten => {
      const written = column.end(this.#offset);
      this.#offset += written.size;
      return written;
    });
    this.#groups.push({
      columns: chunks.map(({ chunk }) => chunk),
      total_byte_size: BigInt(chunks.reduce((sum, { plainSize }) => sum + plainSize, 0)),
      num_rows: BigInt(this.#rows),
      total_compressed_size: BigInt(this.#offset - begin),
    });
    this.#allRows += this.#rows;
    this.#rows = 0;
    this.#size = 0;
    return chunks.flatMap(({ pieces }) => pieces);
  }
}
