/** Reads a statement's rows with pg alone and its default parsing. */
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { Door } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';

export interface RawRowsTask {
  readonly door: Door;
  readonly statement: string;
  /** `query`: all rows in one array; `rows`: handed out one by one and dropped; a number: by a cursor, so many at a time. */
  readonly how: 'query' | 'rows' | number;
}

export interface RawRows {
  readonly elapsedMs: number;
  readonly rows: number;
}

answerOnce<RawRowsTask>(async ({ door, statement, how }) => {
  const begun = performance.now();
  const client = new pg.Client(door);
  await client.connect();
  const rows = await read(client, statement, how);
  const elapsedMs = performance.now() - begun;
  await client.end();
  return { elapsedMs, rows } satisfies RawRows;
});

async function read(client: pg.Client, statement: string, how: RawRowsTask['how']): Promise<number> {
  if (how === 'query') return (await client.query(statement)).rows.length;
  if (how === 'rows') return readOneByOne(client, statement);
  const cursor = client.query(new Cursor(statement));
  for (let rows = 0; ; ) {
    const batch = await cursor.read(how);
    if (batch.length === 0) return rows;
    rows += batch.length;
  }
}

function readOneByOne(client: pg.Client, statement: string): Promise<number> {
  let rows = 0;
  const query = client.query(new pg.Query(statement));
  // Listened to, rows are not kept.
  query.on('row', () => {
    rows += 1;
  });
  return new Promise((resolve, reject) => {
    query.once('error', reject);
    query.once('end', () => resolve(rows));
  });
}
