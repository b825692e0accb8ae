/** Reads the rows of an engine's database by its driver or by Lodge, and says what that took. */
import { freeBytes } from '#core/free-bytes.ts';
import { answerOnce } from '../in-child.ts';
import type { Reader } from '../readers/reader.ts';
import { READERS, type Read } from '../readers/readers.ts';

export interface ReaderRowsTask {
  readonly engine: Read;
  readonly by: keyof typeof WAYS;
  /** As the engine's reader wants it. */
  readonly door: object;
  readonly rows: number;
}

export interface ReaderRows {
  readonly elapsedMs: number;
  /** Of the processor's time, in this process. */
  readonly cpuMs: number;
  readonly rows: number;
  /** The most memory that was resident, in bytes. */
  readonly peak: number;
}

const WAYS = {
  driver: (reader: Reader<object>, door: object, rows: number) => reader.raw(door, rows),
  lodge,
};

async function lodge(reader: Reader<object>, door: object, rows: number): Promise<number> {
  const { signal } = new AbortController();
  await using connection = await reader.connect(door, signal);
  const options = { maxRows: 10_000_000, timeoutSeconds: 600, signal };
  let count = 0;
  for await (const event of connection.run(reader.statement(rows), options)) {
    if (event instanceof Uint8Array) freeBytes(event);
    else if (event.type === 'done') count += event.rows;
  }
  return count;
}

answerOnce<ReaderRowsTask>(async ({ engine, by, door, rows }) => {
  const reader: Reader<object> = await READERS[engine]();
  const began = { at: performance.now(), cpu: process.cpuUsage() };
  const count = await WAYS[by](reader, door, rows);
  const { user, system } = process.cpuUsage(began.cpu);
  return {
    elapsedMs: performance.now() - began.at,
    cpuMs: (user + system) / 1_000,
    rows: count,
    peak: process.resourceUsage().maxRSS * 1_024,
  } satisfies ReaderRows;
});
