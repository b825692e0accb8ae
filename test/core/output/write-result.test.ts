import { AppError } from '#contract/errors.ts';
import type { ResultRecord } from '#contract/results.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import type { ObjectUpload } from '#core/output/object-upload.ts';
import { type WriteResultOptions, writeResult } from '#core/output/write-result.ts';
import { column } from './columns.ts';

/** An object in memory. */
const memory = () => {
  const written: Buffer[] = [];
  let state = 'open';
  const upload: ObjectUpload = {
    get bytes() {
      return written.reduce((sum, { length }) => sum + length, 0);
    },
    async write(bytes) {
      written.push(Buffer.from(bytes));
    },
    async end() {
      state = 'ended';
    },
    async abort() {
      state = 'aborted';
    },
  };
  return { upload, text: () => Buffer.concat(written).toString(), state: () => state };
};

type Done = Partial<Extract<ResultRecord, { type: 'done' }>>;
const statement = (index: number): ResultEvent => ({ type: 'statement', statement: index, from: 0, to: 1 });
const columns = (index: number, ...names: string[]): ResultEvent => ({
  type: 'columns',
  statement: index,
  columns: names.map((name) => column(name)),
});
const done = (index: number, more: Done = {}): ResultEvent => ({
  type: 'done',
  statement: index,
  command: 'SELECT',
  rows: 0,
  truncated: false,
  elapsedMs: 1,
  ...more,
});
const rows = (...values: (string | null)[][]): ResultEvent => ({ type: 'rows', count: values[0]?.length ?? 0, values });
const line = (event: ResultEvent) => new TextEncoder().encode(`${JSON.stringify(event)}\n`);
const started = (statements: number): ResultEvent => ({ type: 'started', handle: 'h', statements });

async function* of(...events: ResultEvent[]) {
  yield* events;
}

const write = async (events: AsyncIterable<ResultEvent>, options: Partial<WriteResultOptions> = {}) => {
  const object = memory();
  const opened: string[] = [];
  const result = await writeResult(events, {
    format: 'csv',
    upload(contentType) {
      opened.push(contentType);
      return object.upload;
    },
    ...options,
  });
  return { ...object, opened, result };
};

test('the last statement is written, as lines or as records, and the earlier ones are read and dropped', async () => {
  const { text, opened, result, state } = await write(
    of(
      started(3),
      statement(0),
      columns(0, 'x'),
      line(rows(['dropped'])),
      done(0, { rows: 1, affected: 7 }),
      statement(1),
      done(1, { command: 'INSERT', affected: 2 }),
      statement(2),
      { type: 'notice', severity: 'INFO', message: 'by the way' },
      columns(2, 'a', 'b'),
      line(rows(['1', '2'], ['ü', null])),
      rows(['3'], ['']),
      done(2, { rows: 3, truncated: true }),
    ),
  );
  expect(text()).toBe('a,b\r\n1,ü\r\n2,\r\n3,""\r\n');
  expect([state(), opened]).toEqual(['ended', ['text/csv; charset=utf-8']]);
  expect(result).toEqual({
    written: true,
    rows: 3,
    bytes: Buffer.byteLength(text()),
    columns: [
      { name: 'a', type: 'text' },
      { name: 'b', type: 'text' },
    ],
    truncated: true,
    consumed: [],
  });
});

test('a last statement without columns writes no object, and says what it changed', async () => {
  const { opened, result } = await write(
    of(started(2), statement(0), columns(0, 'x'), rows(['1']), done(0), statement(1), done(1, { affected: 5 })),
  );
  expect(opened).toEqual([]);
  expect(result).toEqual({
    written: false,
    rows: 0,
    bytes: 0,
    columns: [],
    truncated: false,
    affected: 5,
    consumed: [],
  });
});

test('a result without rows is an object all the same', async () => {
  const { text, result } = await write(of(started(1), statement(0), columns(0, 'a'), done(0)), { format: 'csv' });
  expect([text(), result.rows, result.written]).toEqual(['a\r\n', 0, true]);
});

test('of several results of one statement, the first is written', async () => {
  const { text, result } = await write(
    of(started(1), statement(0), columns(0, 'a'), rows(['1']), done(0), columns(0, 'b'), rows(['2'], ['3']), done(0)),
  );
  expect([text(), result.rows, result.columns.length]).toEqual(['a\r\n1\r\n', 1, 1]);
});

test('what all statements have consumed is summed by its kind', async () => {
  const consumed = { kind: 'read', units: 1.5 } as const;
  const { result } = await write(
    of(started(2), statement(0), done(0, { consumed }), statement(1), columns(1, 'a'), done(1, { consumed })),
  );
  expect(result.consumed).toEqual([{ kind: 'read', units: 3 }]);
});

test('the first rows are given back where they are asked for, as far as 64 KB hold them', async () => {
  const events = () =>
    of(started(1), statement(0), columns(0, 'a', 'b'), rows(['1', '2'], [null, 'x']), rows(['3'], ['y']), done(0));
  expect((await write(events(), { firstRows: 2 })).result.firstRows).toEqual([
    ['1', null],
    ['2', 'x'],
  ]);
  expect((await write(events(), { firstRows: 9 })).result.firstRows).toHaveLength(3);
  const wide = rows(['x'.repeat(40_000), 'y'.repeat(40_000), 'z']);
  const { firstRows } = (await write(of(started(1), columns(0, 'a'), wide, done(0)), { firstRows: 9 })).result;
  expect(firstRows?.map(([cell]) => cell?.[0])).toEqual(['x']);
});

test('the first rows are measured as JSON has them, where a character may take six bytes', async () => {
  const { firstRows } = (
    await write(
      of(started(1), columns(0, 'a'), rows(['\u0000'.repeat(10_000), 'x', '\u0000'.repeat(1_000), 'y']), done(0)),
      { firstRows: 9 },
    )
  ).result;
  expect(firstRows?.map(([cell]) => cell?.length)).toEqual([10_000, 1]);
});

test('how far it is, is told after each batch', async () => {
  const told: object[] = [];
  await write(of(started(1), columns(0, 'a'), rows(['1', '2']), rows(['3']), done(0)), {
    progress: (so) => told.push(so),
  });
  expect(told).toEqual([
    { rows: 2, bytes: 9 },
    { rows: 3, bytes: 12 },
  ]);
});

test('the bytes of lines are freed, be they written or not', async () => {
  const lines = [line(rows(['dropped'])), line(rows(['written']))] as const;
  await write(of(started(2), columns(0, 'a'), lines[0], done(0), statement(1), columns(1, 'a'), lines[1], done(1)));
  expect(lines.map(({ byteLength }) => byteLength)).toEqual([0, 0]);
});

describe('a failure leaves nothing', () => {
  test('of the statement, with its own error', async () => {
    const object = memory();
    async function* failing() {
      yield* [started(1), statement(0), columns(0, 'a'), rows(['1'])];
      throw new AppError('STATEMENT_FAILED', { details: { statement: 0 } });
    }
    const writing = writeResult(failing(), { format: 'csv', upload: () => object.upload });
    await expect(writing).rejects.toMatchObject({ code: 'STATEMENT_FAILED', details: { statement: 0 } });
    expect(object.state()).toBe('aborted');
  });

  test('of the upload, and the statement is stopped', async () => {
    const object = memory();
    const upload = { ...object.upload, bytes: 0, write: () => Promise.reject(new AppError('OUTPUT_FAILED')) };
    let stopped = false;
    async function* endless() {
      try {
        yield* [started(1), statement(0), columns(0, 'a')];
        for (;;) yield rows(['1']);
      } finally {
        stopped = true;
      }
    }
    const writing = writeResult(endless(), { format: 'csv', upload: () => upload });
    await expect(writing).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    expect([object.state(), stopped]).toEqual(['aborted', true]);
  });
});
