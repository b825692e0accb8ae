/** Takes a statement's rows from the engine alone: without HTTP and compression. */
import type { Target } from '#core/engines/engine.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { freeBytes } from '#core/free-bytes.ts';
import type { Door } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';
import type { RawRows } from './raw-rows.ts';

export interface EngineRowsTask {
  readonly door: Door;
  readonly statement: string;
}

answerOnce<EngineRowsTask>(async ({ door, statement }) => {
  const target: Target = { host: door.host, port: door.port, database: door.database, ca: door.ssl.ca };
  const { signal } = new AbortController();
  const begun = performance.now();
  await using connection = await postgres.connect(target, door, { readOnly: true, signal });
  let rows = 0;
  for await (const event of connection.run(statement, { maxRows: 10_000_000, timeoutSeconds: 300, signal })) {
    if (event instanceof Uint8Array) freeBytes(event);
    else if (event.type === 'done') rows += event.rows;
  }
  return { elapsedMs: performance.now() - begun, rows } satisfies RawRows;
});
