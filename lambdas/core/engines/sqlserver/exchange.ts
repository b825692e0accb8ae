/** One batch sent as text, or with parameters as a call of sp_executesql, and all of its results: columns, rows, messages, and how it ended. */
import type { Connection, Request } from 'tedious';
import type { ColumnMetadata } from 'tedious/lib/token/colmetadata-token-parser.js';
import type { InfoMessageToken } from 'tedious/lib/token/token.js';
import type { Bind } from './bound-values.ts';
import type { Driver } from './driver.ts';
import type { Rows } from './row-reader.ts';

export interface ExchangeOptions {
  readonly text: string;
  readonly binds?: readonly Bind[];
  /** Called for each result with rows; what it returns takes them. */
  readonly onColumns: (columns: readonly ColumnMetadata[]) => (rows: Rows) => void;
  /** What PRINT and RAISERROR say, and what the server itself warns of. */
  readonly onInfo?: (info: InfoMessageToken) => void;
}

export class Exchange {
  /** All errors of the batch as one; undefined where there was none. */
  error: unknown;
  /** Results with rows. */
  results = 0;
  /** Rows that statements without results have changed; undefined where none has said so. */
  affected: number | undefined;
  /** Resolves when the server has answered, or is lost: then with an error. Never rejects. */
  readonly done: Promise<void>;
  readonly #request: Request;

  /** To be made when all that was sent before has been answered. */
  constructor(line: Connection, driver: Driver, { text, binds = [], onColumns, onInfo }: ExchangeOptions) {
    let take: ((rows: Rows) => void) | undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    const inform = (info: InfoMessageToken): void => onInfo?.(info);
    const request = new driver.Request(text, (error) => {
      line.removeListener('infoMessage', inform);
      this.error = error ?? undefined;
      resolve();
    });
    request.on('columnMetadata', (columns) => {
      this.results += 1;
      take = onColumns(columns as ColumnMetadata[]);
    });
    request.on('row', (rows: unknown) => take?.(rows as Rows));
    const ended = (count: number | undefined): void => {
      if (take === undefined && count !== undefined) this.affected = (this.affected ?? 0) + count;
      take = undefined;
    };
    request.on('done', ended);
    request.on('doneInProc', ended);
    line.on('infoMessage', inform);
    this.done = promise;
    this.#request = request;
    for (const { name, type, value } of binds) request.addParameter(name, driver.TYPES[type], value);
    if (binds.length > 0) line.execSql(request);
    else line.execSqlBatch(request);
  }

  /** Stops reading; the server stops too when the buffers between are full. */
  pause(): void {
    this.#request.pause();
  }

  resume(): void {
    this.#request.resume();
  }

  /** Sends the server an attention, which stops what it does ([MS-TDS] 2.2.1.7). */
  cancel(): void {
    this.#request.cancel();
  }
}
