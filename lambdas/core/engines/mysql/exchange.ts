/** One statement sent as text and all of its results: columns, rows, and how it ended. */
import {
  type ColumnDefinition,
  type Ended,
  PacketReader,
  readColumn,
  readEof,
  readError,
  readOk,
  STATUS,
} from './packets.ts';
import type { PacketTaker, Wire } from './wire.ts';

/** COM_QUERY. */
const QUERY = 3;
const OK = 0;
const EOF = 0xfe;
const ERROR = 0xff;
/** An EOF packet is shorter; a row that begins with this byte has a value of 16 MB. */
const EOF_LENGTH = 9;

/** Takes the rows of a result where they lie. */
export interface RowTaker {
  row(bytes: Uint8Array, view: DataView, at: number, length: number): void;
  pause(): void;
}

export interface ExchangeOptions {
  readonly text: string;
  /** MariaDB's further metadata was agreed on. */
  readonly extended: boolean;
  /** Called for each result with rows; what it returns takes them. */
  readonly onColumns: (columns: readonly ColumnDefinition[]) => RowTaker;
}

export class Exchange implements PacketTaker {
  /** How the last result ended. */
  ended: Ended | undefined;
  error: Error | undefined;
  /** Results with rows. */
  results = 0;
  /** Resolves when the server has answered, or is lost: then with an error. Never rejects. */
  readonly done: Promise<void>;
  #finish: () => void = () => undefined;
  #awaited: 'head' | 'columns' | 'rows' = 'head';
  #columns: ColumnDefinition[] = [];
  #count = 0;
  #rows: RowTaker | undefined;
  readonly #options: ExchangeOptions;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** To be called when all that was sent before has been answered. */
  send(wire: Wire): void {
    wire.taker = this;
    if (wire.closed) this.lost(new Error('The connection is closed.'));
    else wire.send(QUERY, this.#options.text);
  }

  packet(bytes: Uint8Array, view: DataView, at: number, length: number): void {
    const first = bytes[at];
    const short = length < EOF_LENGTH;
    if (this.#awaited === 'rows' && first !== ERROR && !(first === EOF && short)) {
      this.#rows?.row(bytes, view, at, length);
      return;
    }
    const packet = new PacketReader(bytes, at + 1, at + length);
    if (first === ERROR) {
      this.error = readError(packet);
      this.#finish();
    } else if (this.#awaited === 'rows') this.#end(readEof(packet));
    else if (this.#awaited === 'columns') this.#column(bytes, at, length, first === EOF && short);
    else if (first === OK) this.#end(readOk(packet));
    else {
      this.#count = new PacketReader(bytes, at, at + length).integer();
      // The byte of NULL asks for a file of the client's; Lodge offers none, so no server may ask.
      if (this.#count < 0) throw new RangeError('the server asked for a file');
      this.#columns = [];
      this.#awaited = 'columns';
    }
  }

  pause(): void {
    this.#rows?.pause();
  }

  lost(error: Error): void {
    this.error ??= error;
    this.#finish();
  }

  #column(bytes: Uint8Array, at: number, length: number, eof: boolean): void {
    if (this.#columns.length < this.#count) {
      this.#columns.push(readColumn(new PacketReader(bytes, at, at + length), this.#options.extended));
    } else if (eof) {
      this.results += 1;
      this.#rows = this.#options.onColumns(this.#columns);
      this.#awaited = 'rows';
    } else throw new RangeError('the columns of a result have no end');
  }

  #end(ended: Ended): void {
    this.ended = ended;
    this.#rows = undefined;
    this.#awaited = 'head';
    if ((ended.status & STATUS.moreResults) === 0) this.#finish();
  }
}
