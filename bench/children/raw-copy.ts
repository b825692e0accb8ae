/** Takes what `COPY … TO STDOUT` sends, by pg's own reading of the protocol, and drops it. */
import pg, { type Connection } from 'pg';
import type { Door } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';
import { type Spent, spending, spentSince } from './spent.ts';

export interface RawCopyTask {
  readonly door: Door;
  readonly statement: string;
}

answerOnce<RawCopyTask>(async ({ door, statement }) => {
  const begun = spending();
  const client = new pg.Client(door);
  await client.connect();
  const copied = await new Promise<Pick<Spent, 'rows' | 'bytes'>>((resolve, reject) => {
    client.query(new CopyOut(`copy (${statement}) to stdout (format csv, header)`, resolve, reject));
  });
  const spent = { ...spentSince(begun), ...copied } satisfies Spent;
  await client.end();
  return spent;
});

/** What pg calls while such a statement runs. */
class CopyOut {
  readonly #text: string;
  readonly #done: (copied: Pick<Spent, 'rows' | 'bytes'>) => void;
  readonly handleError: (error: Error) => void;
  #bytes = 0;
  #rows = 0;

  constructor(text: string, done: (copied: Pick<Spent, 'rows' | 'bytes'>) => void, failed: (error: Error) => void) {
    this.#text = text;
    this.#done = done;
    this.handleError = failed;
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    this.#bytes += chunk.length;
  }

  /** `COPY 1000000` */
  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(text.split(' ')[1]);
  }

  handleReadyForQuery(): void {
    this.#done({ rows: this.#rows, bytes: this.#bytes });
  }
}
