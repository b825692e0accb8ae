import type { ResultEvent } from '#core/engines/engine.ts';
import { all, collect, eventually, first, options } from '../collect.ts';
import type { Answer, Answering } from './tds-server.ts';
import {
  columns,
  DONE,
  done,
  error,
  info,
  row,
  TYPES,
  texts,
  transactionBegins,
  transactionEnds,
} from './tds-tokens.ts';
import { connected } from './with-server.ts';

const NUMBER = [{ name: 'n', type: TYPES.int }];
const numbers = (from: number, count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, index) => {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(from + index);
      return row(NUMBER, [bytes]);
    }),
  );

/** Rows without an end, until the client sends an attention; `sent` counts them. */
const endless =
  (sent: { rows: number; stopped: boolean }): Answer =>
  async ({ attention, send }: Answering) => {
    void attention.then(() => {
      sent.stopped = true;
    });
    await send(columns(...NUMBER));
    while (!sent.stopped && sent.rows < 5_000_000) {
      await send(numbers(sent.rows, 5_000));
      sent.rows += 5_000;
    }
    // What ends a result early (2.2.7.6, DONE_ERROR).
    await send(done(DONE.error | DONE.more));
  };

const silent: Answer = async ({ attention }) => attention;

describe('a script of SQL Server', () => {
  it('is sent batch by batch, each as it was written', async () => {
    await using pair = await connected();
    const script = 'declare @x int = 1; select @x;\nGO\n-- second\nselect 2;\n';
    const collected = await collect(pair.connection, script);
    expect(collected.error).toBeUndefined();
    expect(pair.server.batches.slice(1)).toEqual(['declare @x int = 1; select @x;', '-- second\nselect 2;']);
    expect(all(collected, 'statement').map(({ from, to }) => script.slice(from, to))).toEqual(
      pair.server.batches.slice(1),
    );
  });

  it('gives all results of a batch, what it says between them, and what it changed', async () => {
    const answer = Buffer.concat([
      texts(['a'], ['1'], [null]),
      info({ number: 0, message: 'so far', severity: 0 }),
      done(DONE.count | DONE.more, 3),
      texts(['b'], ['é']),
    ]);
    await using pair = await connected([['both', answer]]);
    const collected = await collect(pair.connection, 'exec both');
    expect(collected.results).toEqual([[['1'], [null]], [['é']]]);
    expect(first(collected, 'notice')).toMatchObject({ severity: 'INFO', message: 'so far' });
    expect(first(collected, 'done')).toMatchObject({ command: 'EXEC', rows: 3, affected: 3, truncated: false });
    expect(collected.records.map(({ type }) => type)).toEqual([
      ...['started', 'statement', 'columns', 'notice', 'columns', 'done'],
    ]);
  });

  it('ends with the first error of a batch, tells the others, and where it was', async () => {
    const answer = Buffer.concat([
      error({ number: 208, message: "Invalid object name 'x'.", line: 2 }),
      done(DONE.error | DONE.more),
      error({ number: 515, message: 'Cannot insert the value NULL.', line: 3 }),
      done(DONE.error | DONE.more),
    ]);
    await using pair = await connected([['wrong', answer]]);
    const collected = await collect(pair.connection, 'select 1 -- wrong\n  select * from x\n\nGO\nselect 2');
    expect(collected.error).toMatchObject({
      code: 'STATEMENT_FAILED',
      message: "Invalid object name 'x'.",
      details: { statement: 0, native: { code: '208', severity: '16', position: 21 } },
    });
    expect(first(collected, 'notice')).toMatchObject({ severity: 'ERROR', code: '515' });
    expect(pair.server.batches).toHaveLength(2);
  });

  it('says in which procedure an error was, and nothing of its line in the batch', async () => {
    const answer = error({ number: 229, message: 'Permission denied.', procedure: 'dbo.p', line: 7, severity: 14 });
    await using pair = await connected([['exec', Buffer.concat([answer, done(DONE.error | DONE.more)])]]);
    const { error: failure } = await collect(pair.connection, 'exec p');
    expect(failure).toMatchObject({ details: { native: { where: 'dbo.p, line 7', code: '229' } } });
    expect(failure).not.toHaveProperty('details.native.position');
  });

  it('stops reading at the limit, and tells the server so where nothing is left undone', async () => {
    const sent = { rows: 0, stopped: false };
    await using pair = await connected([['endless', endless(sent)]]);
    const collected = await collect(pair.connection, 'select endless', { maxRows: 7 });
    expect(collected.error).toBeUndefined();
    expect(collected.results[0]).toEqual(Array.from({ length: 7 }, (_, index) => [String(index)]));
    expect(first(collected, 'done')).toMatchObject({ rows: 7, truncated: true });
    expect(sent.stopped).toBe(true);
    const next = await collect(pair.connection, 'select 1');
    expect(next.error).toBeUndefined();
  });

  it('reads a batch to its end that may have more to do', async () => {
    const answer = Buffer.concat([columns(...NUMBER), numbers(0, 1_000), done(DONE.count | DONE.more, 1_000)]);
    await using pair = await connected([['rows', answer]]);
    const collected = await collect(pair.connection, 'select rows; update t set a = 1', { maxRows: 3 });
    expect(first(collected, 'done')).toMatchObject({ rows: 3, truncated: true });
  });

  it('pulls rows no faster than they are taken, and stops when nobody takes them', async () => {
    const sent = { rows: 0, stopped: false };
    await using pair = await connected([['endless', endless(sent)]]);
    const events: ResultEvent[] = [];
    for await (const event of pair.connection.run('select endless', options())) {
      events.push(event);
      if (!(event instanceof Uint8Array)) continue;
      let before = -1;
      await eventually(async () => {
        const same = sent.rows === before;
        before = sent.rows;
        return same;
      });
      break;
    }
    // Some hundred thousand numbers fit into the buffers between.
    expect(sent.rows).toBeLessThan(2_000_000);
    expect(sent.stopped).toBe(true);
  });

  it('is stopped in the database by whoever asked for it, and by its time', async () => {
    await using pair = await connected([['waitfor', silent]]);
    const controller = new AbortController();
    const stopped = collect(pair.connection, 'waitfor', { signal: controller.signal });
    await eventually(async () => pair.server.batches.includes('waitfor'));
    controller.abort();
    expect((await stopped).error).toMatchObject({ code: 'STATEMENT_CANCELLED' });
    const late = await collect(pair.connection, 'waitfor', { timeoutSeconds: -0.9 });
    expect(late.error).toMatchObject({ code: 'STATEMENT_TIMEOUT', details: { statement: 0 } });
    expect((await collect(pair.connection, 'select 1')).error).toBeUndefined();
  });

  it('rolls back what it leaves open, and says so', async () => {
    await using pair = await connected([
      ['begin tran', transactionBegins()],
      ['ROLLBACK', transactionEnds()],
    ]);
    const collected = await collect(pair.connection, 'begin tran');
    expect(first(collected, 'notice')).toMatchObject({ severity: 'WARNING' });
    expect(pair.server.batches.at(-1)).toBe('IF @@TRANCOUNT > 0 ROLLBACK');
  });

  it('is left and gone on with between two batches, but not inside of a transaction', async () => {
    await using pair = await connected([
      ['begin tran', transactionBegins()],
      ['rollback', transactionEnds()],
    ]);
    const script = 'select 1\nGO\nbegin tran\nGO\nrollback\nGO\nselect 2';
    const parts = [];
    for (const from of [0, 1, 3]) parts.push(await collect(pair.connection, script, { from, pauseAfterMs: 0 }));
    expect(parts.map((part) => all(part, 'pause'))).toEqual([
      [{ type: 'pause', statement: 1 }],
      [
        { type: 'pause', statement: 2, heldBy: 1 },
        { type: 'pause', statement: 3 },
      ],
      [],
    ]);
    expect(pair.server.batches.slice(1)).toEqual(['select 1', 'begin tran', 'rollback', 'select 2']);
  });

  it('says that the connection is lost', async () => {
    await using pair = await connected([['waitfor', silent]]);
    const run = collect(pair.connection, 'waitfor');
    await eventually(async () => pair.server.batches.includes('waitfor'));
    pair.server.cut();
    expect((await run).error).toMatchObject({ code: 'DATABASE_LOST' });
  });

  it('ends the connection, not the process, at an answer that nobody can read', async () => {
    await using pair = await connected([['odd', Buffer.from([0x01, 0x02])]]);
    expect((await collect(pair.connection, 'odd')).error).toMatchObject({ code: 'DATABASE_LOST' });
  });
});
