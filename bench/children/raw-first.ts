/** How long the first row of a statement takes with pg-cursor alone, again and again. */
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { Door } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';

export interface RawFirstTask {
  readonly door: Door;
  readonly statement: string;
  readonly repeats: number;
}

export interface RawFirst {
  /** From before the connection is opened, in ms. */
  readonly cold: number[];
  /** The statement alone, over an open connection. */
  readonly warm: number[];
}

answerOnce<RawFirstTask>(async ({ door, statement, repeats }) => {
  const result: RawFirst = { cold: [], warm: [] };
  for (let at = 0; at < repeats; at += 1) {
    const begun = performance.now();
    const client = new pg.Client(door);
    await client.connect();
    await firstRow(client, statement);
    result.cold.push(performance.now() - begun);
    const again = performance.now();
    await firstRow(client, statement);
    result.warm.push(performance.now() - again);
    await client.end();
  }
  return result;
});

/** Without the time that closing the cursor takes. */
async function firstRow(client: pg.Client, statement: string): Promise<void> {
  const cursor = client.query(new Cursor(statement));
  const rows = await cursor.read(1);
  if (rows.length !== 1) throw new Error('There is no row.');
  void cursor.close();
}
