/**
 * Parquet, in row groups that are written as they fill, so that memory is that of one of them however long the result is.
 * A column has one type for the whole file: a value that is none of it (an infinite timestamp, a numeric that is NaN) ends
 * the run with a sentence that names the column, and is never written as something else.
 */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { AppError } from '#contract/errors.ts';
import type { ResultColumn } from '#contract/results.ts';
import { type Cells, NULL, textOf } from './cells.ts';
import { type Cell, type ParquetType, parquetTypes } from './parquet-types.ts';
import { NOTHING, type RowWriter } from './row-writer.ts';
import { uniqueNames } from './unique-names.ts';

/** A row group is written when it has so many rows, or values of so many characters. The first is small: previews read it. */
const FIRST_GROUP_ROWS = 1_000;
const GROUP_ROWS = 100_000;
const GROUP_SIZE = 8 * 1024 * 1024;

export const parquet = (columns: readonly ResultColumn[]): RowWriter => new Groups(columns);

interface Gathered {
  readonly name: string;
  readonly type: ParquetType;
  values: (Cell | null)[];
}

class Groups implements RowWriter {
  readonly #writer = new ByteWriter();
  readonly #file: ParquetWriter;
  readonly #columns: readonly Gathered[];
  #rows = 0;
  #size = 0;
  #most = FIRST_GROUP_ROWS;

  constructor(columns: readonly ResultColumn[]) {
    const names = uniqueNames(columns.map(({ name }) => name));
    const types = parquetTypes(columns);
    this.#columns = names.map((name, index) => ({ name, type: types[index] as ParquetType, values: [] }));
    const leaves = this.#columns.map(({ name, type }) => ({
      name,
      ...type.element,
      repetition_type: 'OPTIONAL' as const,
    }));
    const schema = [{ name: 'root', num_children: leaves.length }, ...leaves];
    this.#file = new ParquetWriter({ writer: this.#writer, schema, createdBy: 'Lodge' });
  }

  begin(): Uint8Array {
    return this.#written();
  }

  rows({ bytes, count, from, to }: Cells): Uint8Array {
    for (const [index, column] of this.#columns.entries())
      for (let cell = index * count; cell < (index + 1) * count; cell += 1) {
        const begin = from[cell] as number;
        const text = begin === NULL ? null : textOf(bytes, begin, to[cell] as number);
        column.values.push(text === null ? null : cellOf(column, text));
        this.#size += text === null ? 1 : text.length;
      }
    this.#rows += count;
    if (this.#rows < this.#most && this.#size < GROUP_SIZE) return NOTHING;
    this.#group();
    return this.#written();
  }

  end(): Uint8Array {
    this.#group();
    this.#file.finish();
    return this.#written();
  }

  #group(): void {
    if (this.#rows === 0) return;
    const columnData = this.#columns.map(({ name, values }) => ({ name, data: values }));
    this.#file.write({ columnData, rowGroupSize: this.#rows });
    for (const column of this.#columns) column.values = [];
    this.#rows = 0;
    this.#size = 0;
    this.#most = GROUP_ROWS;
  }

  /** What the writer has since the last time. It goes on counting from where it was. */
  #written(): Uint8Array {
    const bytes = this.#writer.getBytes().slice();
    this.#writer.index = 0;
    return bytes;
  }
}

const cellOf = ({ name, type }: Gathered, text: string): Cell => {
  const cell = type.read(text);
  if (cell !== undefined) return cell;
  throw new AppError('OUTPUT_FAILED', {
    message: `The column ${JSON.stringify(name)} holds a value that has no place in its Parquet type.`,
    details: { hint: 'Cast the column to text in the script, or write CSV or JSON lines, which take every value.' },
  });
};
