/** Writes the result of a script to an object, row by row, in the memory of a few lines and parts. */
import { OUTPUT_FORMATS, type OutputFormat, type RunAnswer } from '#contract/automations.ts';
import type { ResultColumn, ResultRecord, Value } from '#contract/results.ts';
import { Tally } from '../audit/tally.ts';
import type { ResultEvent } from '../engines/engine.ts';
import { freeBytes } from '../free-bytes.ts';
import { Cells } from './cells.ts';
import { csv } from './csv.ts';
import { jsonl } from './jsonl.ts';
import type { ObjectUpload } from './object-upload.ts';
import { parquet } from './parquet.ts';
import { type MakeRowWriter, NOTHING, type Pieces, type RowWriter } from './row-writer.ts';

export interface WriteResultOptions {
  readonly format: OutputFormat;
  /** Begins the object; called once, and only where the last statement returns rows. */
  upload(contentType: string): ObjectUpload;
  /** So many rows are given back, as far as their values take no more than 64 KB. */
  readonly firstRows?: number;
  /** Told after each batch how far it is. */
  progress?(so: { rows: number; bytes: number }): void;
}

export type WrittenResult = Pick<RunAnswer, 'rows' | 'affected' | 'bytes' | 'columns' | 'truncated' | 'firstRows'> & {
  /** Absent where no object was written: the last statement returned no rows. */
  readonly written: boolean;
  /** By kind, all statements together. */
  readonly consumed: NonNullable<RunAnswer['consumedCapacity']>;
};

const FORMATS: Readonly<Record<OutputFormat, MakeRowWriter>> = { csv, jsonl, parquet };

/** As much of the first rows as an answer holds, in bytes of JSON. */
const FIRST_ROWS_SIZE = 65_536;

/**
 * Reads all events and writes the last statement's result; those of earlier ones are read and dropped. Where a statement
 * returns several results, it is the first. Errors: those of the events and of the upload, after which nothing is left of
 * the object.
 */
export async function writeResult(
  events: AsyncIterable<ResultEvent>,
  options: WriteResultOptions,
): Promise<WrittenResult> {
  const writing = new Writing(options);
  try {
    for await (const event of events) await writing.take(event);
    return await writing.end();
  } catch (error) {
    await writing.abort();
    throw error;
  }
}

class Writing {
  readonly #options: WriteResultOptions;
  readonly #tally = new Tally();
  readonly #firstRows: FirstRows;
  readonly #cells = new Cells();
  #last = 0;
  #statement = -1;
  #columns: readonly ResultColumn[] = [];
  #upload: ObjectUpload | undefined;
  #writer: RowWriter | undefined;
  /** True while rows belong to the result that is written. */
  #isWanted = false;
  #rows = 0;
  #done: Extract<ResultRecord, { type: 'done' }> | undefined;

  constructor(options: WriteResultOptions) {
    this.#options = options;
    this.#firstRows = new FirstRows(options.firstRows ?? 0);
  }

  async take(event: ResultEvent): Promise<void> {
    if (event instanceof Uint8Array) return this.#line(event);
    if (event.type === 'started') this.#last = event.statements - 1;
    else if (event.type === 'statement') this.#statement = event.statement;
    else if (event.type === 'columns') await this.#begin(event.statement, event.columns);
    else if (event.type === 'rows') await this.#record(event);
    else if (event.type === 'done') this.#end(event);
  }

  async end(): Promise<WrittenResult> {
    if (this.#upload && this.#writer) {
      await this.#send(this.#writer.end());
      await this.#upload.end();
    }
    const { affected } = this.#done ?? {};
    return {
      written: this.#upload !== undefined,
      rows: this.#rows,
      bytes: this.#upload?.bytes ?? 0,
      columns: this.#columns.map(({ name, type }) => ({ name, type })),
      truncated: this.#done?.truncated ?? false,
      consumed: this.#tally.end().consumed ?? [],
      ...(affected !== undefined && { affected }),
      ...(this.#options.firstRows && { firstRows: this.#firstRows.rows }),
    };
  }

  async abort(): Promise<void> {
    await this.#upload?.abort();
  }

  async #line(line: Uint8Array): Promise<void> {
    if (!this.#isWanted) return freeBytes(line);
    this.#cells.read(line, this.#columns.length);
    const pieces = this.#written();
    // The bytes are ours, and have been read.
    freeBytes(line);
    await this.#sendRows(pieces);
  }

  async #record(rows: Extract<ResultRecord, { type: 'rows' }>): Promise<void> {
    if (!this.#isWanted) return;
    this.#cells.take(rows);
    await this.#sendRows(this.#written());
  }

  async #begin(statement: number, columns: readonly ResultColumn[]): Promise<void> {
    this.#isWanted = statement === this.#last && this.#upload === undefined;
    if (!this.#isWanted) return;
    const { format, upload } = this.#options;
    this.#columns = columns;
    this.#writer = FORMATS[format](columns);
    this.#upload = upload(OUTPUT_FORMATS[format].mediaType);
    await this.#send(this.#writer.begin());
  }

  /** What becomes of the rows that have been read. */
  #written(): Pieces {
    this.#firstRows.add(this.#cells);
    this.#rows += this.#cells.count;
    return this.#writer?.rows(this.#cells) ?? NOTHING;
  }

  async #sendRows(pieces: Pieces): Promise<void> {
    await this.#send(pieces);
    this.#options.progress?.({ rows: this.#rows, bytes: this.#upload?.bytes ?? 0 });
  }

  async #send(pieces: Pieces): Promise<void> {
    for (const piece of pieces) await this.#upload?.write(piece);
  }

  #end(done: Extract<ResultRecord, { type: 'done' }>): void {
    this.#tally.see(done);
    if (this.#statement === this.#last) this.#done ??= done;
    this.#isWanted = false;
  }
}

class FirstRows {
  readonly rows: Value[][] = [];
  #wanted: number;
  #size = 0;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  add(from: Cells): void {
    for (let row = 0; row < from.count && this.rows.length < this.#wanted; row += 1) {
      const cells = from.row(row);
      const characters = cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
      // What is too much by its characters alone is not made longer to be measured.
      this.#size += characters > FIRST_ROWS_SIZE ? characters : Buffer.byteLength(JSON.stringify(cells));
      // The first that is too much ends it: rows are not left out from between.
      if (this.#size > FIRST_ROWS_SIZE) this.#wanted = 0;
      else this.rows.push(cells);
    }
  }
}
