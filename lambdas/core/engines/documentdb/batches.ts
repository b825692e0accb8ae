/** The batches of a command that answers with a cursor, each asked for when the one before has been taken. */
import { type ClientSession, type Db, type Document, Int32, Long } from 'mongodb';
import { documentsOf, fieldOf, type Place, placeOf } from './bson.ts';
import type { Command } from './operation.ts';

export interface Asking {
  readonly db: Db;
  readonly session: ClientSession;
  readonly signal: AbortSignal;
}

/**
 * About so many bytes are asked for at a time, by the size of the documents before. Four times as many were no faster, and
 * outlived the young generation of V8's heap, which then grew by 16 MB.
 */
const BATCH_BYTES = 262_144;
/** No batch has more documents; the first has not more than the server's own default. */
const MOST = 10_000;
const FIRST = 101;
/** How long forgetting a cursor may take, in milliseconds. */
const KILL_TIME = 2_000;

export interface Batch {
  readonly count: number;
  /** Those of the batch from the first on, each time anew. */
  documents(): IteratorObject<Place, void, void>;
  /** True: there may be more. */
  readonly more: boolean;
}

/** `left` says how many more documents are wanted. Nothing is read ahead. A cursor that is left is killed. */
export async function* readBatches(
  { db, session, signal }: Asking,
  command: Command,
  left: () => number,
): AsyncGenerator<Batch, void, void> {
  let batch = await ask(withSize(command, Math.min(FIRST, left() + 1)));
  try {
    while (true) {
      const { documents, count, bytes, cursor } = batch;
      yield { documents, count, more: !cursor.isZero() };
      if (cursor.isZero()) return;
      const size = Math.max(1, Math.floor((BATCH_BYTES * Math.max(1, count)) / bytes));
      const batchSize = new Int32(Math.min(size, MOST, left() + 1));
      batch = await ask(
        new Map<string, unknown>([
          ['getMore', cursor],
          ['collection', batch.collection],
          ['batchSize', batchSize],
        ]),
      );
    }
  } finally {
    if (!batch.cursor.isZero()) await forget(batch);
  }

  async function ask(command: Command) {
    // The driver makes no objects of what is inside.
    const reply = await db.command(Object.fromEntries(command), { session, signal, raw: true });
    return readReply(reply);
  }

  async function forget({ cursor, collection }: ReturnType<typeof readReply>): Promise<void> {
    const killing = { killCursors: collection, cursors: [cursor] };
    await db.command(killing, { session, signal: AbortSignal.timeout(KILL_TIME) }).catch(() => undefined);
  }
}

function withSize(command: Command, size: number): Command {
  const [name = ''] = command.keys();
  if (name === 'find')
    return command.has('batchSize') ? command : new Map([...command, ['batchSize', new Int32(size)]]);
  const given = command.get('cursor');
  const cursor = given instanceof Map ? given : new Map();
  return new Map([
    ...command,
    ['cursor', cursor.has('batchSize') ? cursor : new Map([...cursor, ['batchSize', new Int32(size)]])],
  ]);
}

function readReply({ cursor: raw }: Document) {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const id = fieldOf(bytes, 'id');
  const name = fieldOf(bytes, 'ns');
  const batch = fieldOf(bytes, 'firstBatch') ?? fieldOf(bytes, 'nextBatch');
  const cursor = id ? Long.fromBytesLE([...bytes.subarray(id.from, id.to)]) : Long.ZERO;
  const namespace = name ? bytes.toString('utf8', name.from + 4, name.to - 1) : '';
  const array = batch && placeOf(bytes, batch.from);
  const documents = (): Iterator<Place, void, void> & IteratorObject<Place, void, void> =>
    array ? documentsOf(array) : Iterator.from<Place>([]);
  return {
    cursor,
    collection: namespace.slice(namespace.indexOf('.') + 1),
    documents,
    count: documents().reduce((sum) => sum + 1, 0),
    bytes: bytes.length,
  };
}
