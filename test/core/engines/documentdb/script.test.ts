import { setImmediate as aRoundTrip } from 'node:timers/promises';
import { Binary, type Document, type MongoClient } from 'mongodb';
import { splitMongo } from '#contract/mongo/split.ts';
import { runScript } from '#core/engines/documentdb/script.ts';

const SESSION = Buffer.alloc(16, 7);

/** A driver at whose server a statement runs until its caller gives up, and goes on until it is killed. */
function endless() {
  const asked: string[] = [];
  const answers: Record<string, () => Document> = {
    currentOp: () => ({ inprog: [{ opid: 5, lsid: { id: new Binary(SESSION, 4) } }, { opid: 6 }] }),
    killOp: () => ({ ok: 1 }),
  };
  const command = async (given: Document, { signal }: { signal: AbortSignal }) => {
    const [name = ''] = Object.keys(given);
    asked.push(name === 'killOp' ? `killOp ${given.op}` : name);
    const answer = answers[name];
    if (!answer)
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await aRoundTrip();
    return answer();
  };
  const session = { id: { id: new Binary(SESSION, 4).buffer }, async [Symbol.asyncDispose]() {} };
  const client = { startSession: () => session, db: () => ({ command }) } as unknown as MongoClient;
  return { client, asked };
}

it('has told the server to stop before the script ends, for its connection is closed then', async () => {
  const { client, asked } = endless();
  const leaving = new AbortController();
  const script = 'db.visits.updateMany({}, { $set: { seen: true } })';
  const ground = { client, readOnly: false, database: 'test', closed: new AbortController().signal };
  const options = { maxRows: 10, timeoutSeconds: 60, signal: leaving.signal };
  const reading = Array.fromAsync(runScript(ground, script, splitMongo(script), options));
  await aRoundTrip();
  leaving.abort();
  await expect(reading).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
  expect(asked).toEqual(['update', 'currentOp', 'killOp 5']);
});

it('stays on its connection once it has chosen another database, which a fresh one would not know', async () => {
  const { client } = endless();
  const { signal } = new AbortController();
  const options = { maxRows: 10, timeoutSeconds: 60, pauseAfterMs: 0, signal };
  const pausesOf = async (script: string) => {
    const ground = { client, readOnly: false, database: 'test', closed: signal };
    const events = await Array.fromAsync(runScript(ground, script, splitMongo(script), options));
    return events.filter((event) => 'type' in event && event.type === 'pause');
  };
  expect(await pausesOf('use other; use third')).toEqual([{ type: 'pause', statement: 1, heldBy: 0 }]);
  expect(await pausesOf('use test; use other')).toEqual([{ type: 'pause', statement: 1 }]);
});
