/** One thing sent and its answers up to ReadyForQuery, in the shape that pg's queue of queries takes. */
import { type Client, DatabaseError, type FieldDef } from 'pg';
import type { Frontend, Submitted } from './client.ts';

export interface ExchangeOptions {
  /** Writes the messages, a Sync (or a simple Query) as their last. */
  readonly write: (frontend: Frontend) => void;
  /** Called when its own answers begin, and when they have ended. */
  readonly onActive?: () => void;
  readonly onDone?: () => void;
  readonly onCopyOut?: () => void;
}

export const COPY_REFUSED = 'Lodge does not take part in COPY … FROM STDIN or TO STDOUT: use INSERT or SELECT.';

export class Exchange implements Submitted {
  /** Undefined: the statement returns no rows. */
  fields: readonly FieldDef[] | undefined;
  /** How many parameters, such as $1, the statement has. */
  parameters = 0;
  readonly rows: (string | null)[][] = [];
  /** What CommandComplete says: `SELECT 3`. Empty while there is none. */
  tag = '';
  suspended = false;
  copies = false;
  error: Error | undefined;
  /** Resolves when the database is ready again, or is lost: then with an error too. Never rejects. */
  readonly done: Promise<void>;
  /** Where exchanges are sent together: what the first one writes, and what follows. */
  onSubmit: (frontend: Frontend) => void = () => undefined;
  onEnd: () => void = () => undefined;
  #finish: () => void = () => undefined;
  #frontend: Frontend | undefined;
  #ended = false;
  readonly #options: ExchangeOptions;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  write(frontend: Frontend): void {
    this.#options.write(frontend);
  }

  /** pg calls this when what was submitted before has been answered. */
  submit(frontend: Frontend): void {
    this.#frontend = frontend;
    frontend.on('parameterDescription', this.#onParameters);
    frontend.on('copyOutResponse', this.#onCopyOut);
    this.#options.onActive?.();
    this.onSubmit(frontend);
  }

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    this.fields = fields;
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.rows.push(fields);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.tag = text;
  }

  handleEmptyQuery(): void {
    this.tag = '';
  }

  handlePortalSuspended(): void {
    this.suspended = true;
  }

  /** While a COPY asks for data the backend passes over a Sync, so another one has to follow the refusal. */
  handleCopyInResponse(frontend: Frontend): void {
    this.copies = true;
    frontend.sendCopyFail(COPY_REFUSED);
    frontend.sync();
  }

  handleCopyData(): void {
    // What COPY … TO STDOUT still sends is passed over until its cancellation has arrived.
  }

  handleReadyForQuery(): void {
    this.#end();
  }

  /** pg forgets what failed, so the ReadyForQuery after a database's error is waited for here. */
  handleError(error: Error, frontend: Frontend): void {
    this.error ??= error;
    if (!(error instanceof DatabaseError) || frontend.stream.destroyed) {
      this.#end();
    } else {
      frontend.once('readyForQuery', this.#end);
      frontend.once('end', this.#end);
    }
  }

  readonly #end = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    const listeners = { parameterDescription: this.#onParameters, copyOutResponse: this.#onCopyOut };
    for (const [event, listener] of Object.entries({ ...listeners, readyForQuery: this.#end, end: this.#end }))
      this.#frontend?.off(event, listener);
    this.#options.onDone?.();
    this.#finish();
    this.onEnd();
  };

  readonly #onParameters = ({ dataTypeIDs }: { dataTypeIDs: number[] }): void => {
    this.parameters = dataTypeIDs.length;
  };

  readonly #onCopyOut = (): void => {
    this.copies = true;
    this.#options.onCopyOut?.();
  };
}

/** A statement of ours that nobody outside has a word in, as a simple query. */
export const command = (text: string): Exchange => new Exchange({ write: (frontend) => frontend.query(text) });

/**
 * Sends exchanges in one go: one round trip for all of them. Each has a Sync of its own, so that one that fails does not
 * keep the next from being carried out. pg is handed the next one at the very ReadyForQuery of the one before, which
 * keeps its queue short: it warns of a longer one.
 */
export function send(client: Client, ...exchanges: readonly Exchange[]): void {
  const submit = (index: number): void => {
    const exchange = exchanges[index];
    if (!exchange) return;
    exchange.onEnd = () => submit(index + 1);
    if (index === 0) exchange.onSubmit = (frontend) => writeAll(frontend, exchanges);
    client.query(exchange as never);
  };
  submit(0);
}

function writeAll(frontend: Frontend, exchanges: readonly Exchange[]): void {
  frontend.stream.cork();
  for (const exchange of exchanges) exchange.write(frontend);
  frontend.stream.uncork();
}
