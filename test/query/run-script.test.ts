import { AppError } from '#contract/errors.ts';
import { ROW_LIMIT } from '#contract/results.ts';
import type { Connection, ResultEvent, RunOptions } from '#core/engines/engine.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { runScript } from '../../lambdas/query/run-script.ts';
import { fakeDatabases, shopClaims } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';

const session = sessionOf('reader');
const signal = new AbortController().signal;

async function setup(run: Connection['run']) {
  const { databases, seen } = fakeDatabases({ run });
  const connection = await sealConnection(session, shopClaims);
  const start = (body: object = {}) =>
    runScript({ databases })(
      { params: undefined, query: undefined, body: { connection, statement: 'select 1', ...body } },
      { session, requestId: 'r-1', address: '192.0.2.1', signal },
    );
  return { start, seen };
}

const done: ResultEvent = { type: 'done', statement: 0, command: 'SELECT', rows: 0, truncated: false, elapsedMs: 1 };

describe('running a script', () => {
  it("passes the engine's records on and ends with an end record", async () => {
    const line = new TextEncoder().encode('{"type":"rows","count":0,"values":[]}\n');
    const { start } = await setup(async function* () {
      yield line;
      yield done;
    });
    const records = await Array.fromAsync(await start());
    expect(records).toEqual([line, done, { type: 'end', elapsedMs: expect.any(Number) }]);
    expect(records[0]).toBe(line);
  });

  it("hands the statement to the engine as it was typed, with the caller's limits", async () => {
    const asked: { script: string; options: RunOptions }[] = [];
    const { start } = await setup(async function* (script, options) {
      asked.push({ script, options });
      yield done;
    });
    await Array.fromAsync(await start({ statement: ' select 1 -- x\n', maxRows: 5, timeoutSeconds: 7 }));
    expect(asked).toEqual([{ script: ' select 1 -- x\n', options: { maxRows: 5, timeoutSeconds: 7, signal } }]);
  });

  it('has limits of its own where the caller gives none', async () => {
    const asked: RunOptions[] = [];
    const { start } = await setup(async function* (_script, options) {
      asked.push(options);
      yield done;
    });
    await Array.fromAsync(await start());
    expect(asked[0]).toMatchObject({ maxRows: ROW_LIMIT, timeoutSeconds: 840 });
  });

  it('closes the connection at the end', async () => {
    const { start, seen } = await setup(async function* () {});
    await Array.fromAsync(await start());
    expect(seen).toMatchObject({ opened: 1, closed: 1 });
  });

  it('closes the connection when the reader leaves early', async () => {
    const { start, seen } = await setup(async function* () {
      yield done;
      yield done;
    });
    for await (const _record of await start()) break;
    expect(seen.closed).toBe(1);
  });

  it('closes the connection when the reader has left before the first record', async () => {
    const { start, seen } = await setup(async function* () {
      yield done;
    });
    const records = (await start())[Symbol.asyncIterator]();
    expect(seen).toMatchObject({ opened: 1, closed: 0 });
    await records.return?.();
    expect(seen.closed).toBe(1);
    expect(await records.next()).toMatchObject({ done: true });
  });

  it('closes the connection when the statement fails, and passes its error on', async () => {
    const failed = new AppError('STATEMENT_FAILED', { details: { statement: 0 } });
    // biome-ignore lint/correctness/useYield: it fails before its first record
    const { start, seen } = await setup(async function* () {
      throw failed;
    });
    await expect(Array.fromAsync(await start())).rejects.toBe(failed);
    expect(seen.closed).toBe(1);
  });

  it('refuses a connection of another session before the stream begins', async () => {
    const { start, seen } = await setup(async function* () {});
    const connection = await sealConnection({ ...session, id: 'another' }, shopClaims);
    await expect(start({ connection })).rejects.toMatchObject({ code: 'CONNECTION_INVALID' });
    expect(seen.opened).toBe(0);
  });
});
