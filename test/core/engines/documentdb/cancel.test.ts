import { Binary, type Document, type MongoClient, MongoServerError } from 'mongodb';
import { cancel } from '#core/engines/documentdb/cancel.ts';

const HANDLE = '07'.repeat(16);
const running = { inprog: [{ opid: 5, lsid: { id: new Binary(Buffer.from(HANDLE, 'hex'), 4) } }] };
const unauthorized = new MongoServerError({ message: 'not authorized on admin to execute command', code: 13 });
const unknown = new MongoServerError({ message: 'no such command', code: 59 });

/** A server by its answers; an error is thrown. */
const serverWith = (answers: Record<string, Document | Error>) =>
  ({
    db: () => ({
      async command(given: Document) {
        const answer = answers[Object.keys(given)[0] ?? ''];
        if (answer instanceof Error) throw answer;
        return answer;
      },
    }),
  }) as unknown as MongoClient;

it('stops what runs, and says where nothing does', async () => {
  expect(await cancel(serverWith({ currentOp: running, killOp: { ok: 1 } }), HANDLE)).toBe(true);
  expect(await cancel(serverWith({ currentOp: { inprog: [] } }), HANDLE)).toBe(false);
  expect(await cancel(serverWith({ currentOp: unknown }), HANDLE)).toBe(false);
});

it('says that the user may not, and not that the statement has ended', async () => {
  const refusal = { code: 'STATEMENT_FAILED', details: { hint: expect.stringContaining('killop') } };
  await expect(cancel(serverWith({ currentOp: unauthorized }), HANDLE)).rejects.toMatchObject(refusal);
  const half = serverWith({ currentOp: running, killOp: unauthorized });
  await expect(cancel(half, HANDLE)).rejects.toMatchObject(refusal);
  expect(await cancel(serverWith({ currentOp: unauthorized }), 'nonsense')).toBe(false);
});
