import { ApiError } from '../../../frontend/src/api.ts';
import { Run, type RunPorts } from '../../../frontend/src/features/query/run.ts';
import type { RunMessage } from '../../../frontend/src/features/query/run-state.ts';
import { charge } from '../../../frontend/src/features/query/wording.ts';

type Line = object | string | Error | Promise<unknown>;
const COLUMNS = {
  type: 'columns',
  statement: 0,
  columns: [{ name: 'n', type: 'int4', kind: 'number' }],
};
const STARTED = { type: 'started', handle: 'h1', statements: 1 };
const STATEMENT = { type: 'statement', statement: 0, from: 0, to: 8 };
const rows = (...values: (string | null)[]) => ({ type: 'rows', count: values.length, values: [values] });
const DONE = { type: 'done', statement: 0, command: 'SELECT', rows: 2, truncated: false, elapsedMs: 3 };
const END = { type: 'end', elapsedMs: 4 };

/** A server that sends these lines; an Error is thrown, a promise is waited for, and an abort ends the waiting. */
function server(lines: Line[], ports: Partial<RunPorts> = {}): RunPorts & { sent: unknown[] } {
  const sent: unknown[] = [];
  return {
    sent,
    connect: async () => 'token',
    async *stream(body, signal) {
      sent.push(body);
      for (const line of lines) {
        if (line instanceof Error) throw line;
        if (line instanceof Promise) await Promise.race([line, aborted(signal)]);
        else yield new TextEncoder().encode(typeof line === 'string' ? line : JSON.stringify(line));
      }
    },
    cancel: async () => ({ cancelled: true }),
    schedule: (task) => queueMicrotask(task),
    ...ports,
  };
}
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const forever = new Promise(() => undefined);
const start = (ports: RunPorts, script = 'select 1') => new Run({ script, maxRows: 1_000, timeoutSeconds: 60 }, ports);
const texts = (messages: readonly RunMessage[]) =>
  messages.map((message) => (message.kind === 'said' ? message.text : message.kind));
const until = async (run: Run, phase: string) => {
  while (run.state.get().phase !== phase) await new Promise((next) => setImmediate(next));
};

test('a statement that gives several results ends all of them', async () => {
  const run = start(server([STARTED, STATEMENT, COLUMNS, rows('1'), COLUMNS, rows('2'), DONE, END]));
  await run.ended;
  const { results } = run.state.get();
  expect(results.map(({ state, store }) => [state, store.get(0, 0)])).toEqual([
    ['complete', '1'],
    ['complete', '2'],
  ]);
});

test('a script gives its results, its messages and an end', async () => {
  const ports = server([STARTED, STATEMENT, COLUMNS, rows('1', '2'), rows(null), DONE, END]);
  const run = start(ports);
  await run.ended;
  const { phase, results, messages, rows: count, elapsedMs, statements } = run.state.get();
  expect([phase, count, statements, results.length]).toEqual(['done', 3, 1, 1]);
  expect(results[0]).toMatchObject({ id: 0, statement: 0, span: { from: 0, to: 8 }, state: 'complete', elapsedMs: 3 });
  expect([results[0]?.store.rows, results[0]?.store.get(1, 0), results[0]?.store.get(2, 0)]).toEqual([3, '2', null]);
  expect(messages).toEqual([
    {
      kind: 'done',
      span: { from: 0, to: 8 },
      statement: 0,
      command: 'SELECT',
      rows: 2,
      affected: undefined,
      truncated: false,
      elapsedMs: 3,
    },
  ]);
  expect(elapsedMs).toBeGreaterThanOrEqual(0);
  expect(ports.sent).toEqual([{ connection: 'token', statement: 'select 1', maxRows: 1_000, timeoutSeconds: 60 }]);
});

test('many statements give many results, and those without rows give messages alone', async () => {
  const run = start(
    server([
      { ...STARTED, statements: 3 },
      STATEMENT,
      COLUMNS,
      rows('1'),
      { ...DONE, truncated: true },
      { type: 'statement', statement: 1, from: 9, to: 20 },
      { type: 'done', statement: 1, command: 'UPDATE', rows: 0, affected: 7, truncated: false, elapsedMs: 1 },
      { type: 'statement', statement: 2, from: 21, to: 30 },
      { ...COLUMNS, statement: 2 },
      { ...DONE, statement: 2, rows: 0 },
      END,
    ]),
  );
  await run.ended;
  const { results, messages } = run.state.get();
  expect(results.map(({ statement, state, store }) => [statement, state, store.rows])).toEqual([
    [0, 'truncated', 1],
    [2, 'complete', 0],
  ]);
  expect(messages.map((message) => message.kind === 'done' && [message.command, message.affected])).toEqual([
    ['SELECT', undefined],
    ['UPDATE', 7],
    ['SELECT', undefined],
  ]);
});

test('notices are kept in their order', async () => {
  const notice = { type: 'notice', severity: 'WARNING', message: 'careful', hint: 'mind the gap' };
  const run = start(server([STARTED, STATEMENT, notice, DONE, END]));
  await run.ended;
  expect(run.state.get().messages[0]).toEqual({
    kind: 'notice',
    severity: 'WARNING',
    message: 'careful',
    hint: 'mind the gap',
  });
});

test('a script that says a hundred thousand things is read to its end', async () => {
  const notice = { type: 'notice', severity: 'NOTICE', message: 'again' };
  const run = start(
    server([STARTED, STATEMENT, ...Array.from({ length: 100_000 }, () => notice), DONE, END], {
      schedule: (task) => void setTimeout(task, 16),
    }),
  );
  await run.ended;
  expect([run.state.get().phase, run.state.get().messages.length]).toEqual(['done', 100_001]);
});

test('a state that was handed out does not change any more', async () => {
  const run = start(
    server([STARTED, STATEMENT, COLUMNS, rows('1'), { type: 'notice', severity: 'INFO', message: 'x' }, DONE, END]),
  );
  const seen: { messages: number; results: number; lists: readonly unknown[] }[] = [];
  run.state.subscribe(() => {
    const { messages, results } = run.state.get();
    seen.push({ messages: messages.length, results: results.length, lists: messages });
  });
  await run.ended;
  for (const { messages, lists } of seen) expect(lists).toHaveLength(messages);
  expect(seen.at(-1)).toMatchObject({ messages: 2, results: 1 });
});

test('rows written in another order of fields are read too, and unknown records are passed over', async () => {
  const run = start(
    server([STARTED, STATEMENT, COLUMNS, '{"values":[["5"]],"count":1,"type":"rows"}', { type: 'plan' }, DONE, END]),
  );
  await run.ended;
  expect([run.state.get().phase, run.state.get().results[0]?.store.get(0, 0)]).toEqual(['done', '5']);
});

test('a failing statement keeps the results before it and points into the script', async () => {
  const script = "select '😀';\nselect x from y";
  const error = {
    code: 'STATEMENT_FAILED',
    message: 'column "x" does not exist',
    requestId: 'r-1',
    details: { statement: 1, native: { code: '42703', position: 8 } },
  };
  const run = start(
    server([
      { ...STARTED, statements: 2 },
      { ...STATEMENT, to: 11 },
      COLUMNS,
      rows('😀'),
      DONE,
      { type: 'statement', statement: 1, from: 13, to: 28 },
      { type: 'error', error },
    ]),
    script,
  );
  await run.ended;
  const { phase, results, messages } = run.state.get();
  expect([phase, results[0]?.state]).toEqual(['failed', 'complete']);
  expect(messages.at(-1)).toMatchObject({ kind: 'error', code: 'STATEMENT_FAILED', requestId: 'r-1', at: 20 });
  expect(script.slice(20, 21)).toBe('x');
});

test('a result that was streaming when its statement failed is kept in part', async () => {
  const error = { code: 'DATABASE_LOST', message: 'gone', requestId: 'r' };
  const run = start(server([STARTED, STATEMENT, COLUMNS, rows('1', '2'), { type: 'error', error }]));
  await run.ended;
  const { phase, results } = run.state.get();
  expect([phase, results[0]?.state, results[0]?.store.rows]).toEqual(['failed', 'partial', 2]);
});

test('a stream that ends without its end was cut, and keeps what arrived', async () => {
  const run = start(server([STARTED, STATEMENT, COLUMNS, rows('1')]));
  await run.ended;
  const { phase, results, messages } = run.state.get();
  expect([phase, results[0]?.state, results[0]?.store.rows]).toEqual(['cut', 'partial', 1]);
  expect(messages.at(-1)).toMatchObject({ kind: 'error', code: 'STREAM_CUT' });
});

test('a server that falls silent is not waited for without end', async () => {
  const run = start(server([STARTED, forever], { silenceMs: 20 }));
  await run.ended;
  expect(run.state.get().phase).toBe('cut');
});

test('a line that is no JSON is said to be unreadable', async () => {
  const run = start(server([STARTED, 'not json']));
  await run.ended;
  expect(run.state.get().messages.at(-1)).toMatchObject({ kind: 'error', code: 'UNEXPECTED' });
});

test('what the server refuses before the stream is an error of the run', async () => {
  const run = start(server([new ApiError({ code: 'ROLE_REQUIRED', message: 'Your role does not allow this.' })]));
  await run.ended;
  expect(run.state.get()).toMatchObject({ phase: 'failed', messages: [{ kind: 'error', code: 'ROLE_REQUIRED' }] });
});

const INVALID = new ApiError({ code: 'CONNECTION_INVALID', message: 'of another session' });

const STALE = new ApiError({ code: 'CONNECTION_STALE', message: 'of other rules' });

test.each([
  ['of another session', INVALID],
  ['of other rules', STALE],
])('a connection %s is made again, once, and the script runs', async (_, refusal) => {
  const asked: unknown[] = [];
  const first = server([refusal]);
  const second = server([STARTED, STATEMENT, DONE, END]);
  let calls = 0;
  const run = start({
    ...second,
    connect: async (options) => {
      asked.push(options);
      return options?.fresh ? 'new token' : 'old token';
    },
    stream: (body, signal) => (calls++ === 0 ? first : second).stream(body, signal),
  });
  await run.ended;
  expect(run.state.get().phase).toBe('done');
  expect(asked).toEqual([{}, { fresh: true }]);
  expect(second.sent).toMatchObject([{ connection: 'new token' }]);
});

test('the same refusal as the first record of a stream is answered in the same way', async () => {
  let calls = 0;
  const refused = server([
    { type: 'heartbeat' },
    { type: 'error', error: { code: 'CONNECTION_INVALID', message: 'of another session', requestId: 'r' } },
  ]);
  const good = server([STARTED, STATEMENT, DONE, END]);
  const run = start({ ...good, stream: (body, signal) => (calls++ === 0 ? refused : good).stream(body, signal) });
  await run.ended;
  expect([run.state.get().phase, calls]).toEqual(['done', 2]);
});

test('a connection refused twice is an error, and not tried for ever', async () => {
  const ports = server([INVALID]);
  const run = start(ports);
  await run.ended;
  expect([run.state.get().phase, ports.sent.length]).toEqual(['failed', 2]);
});

test('a user who will not connect runs nothing', async () => {
  const ports = server([END], {
    connect: () => Promise.reject(new ApiError({ code: 'DECLINED', message: 'The dialog was closed.' })),
  });
  const run = start(ports);
  await run.ended;
  expect([run.state.get().phase, ports.sent]).toEqual(['declined', []]);
  expect(texts(run.state.get().messages)).toEqual(['Nothing was run. The dialog was closed.']);
});

test('a user who will not sign in again runs nothing', async () => {
  const run = start(server([new ApiError({ code: 'DECLINED', message: 'The dialog was closed.' })]));
  await run.ended;
  expect(run.state.get().phase).toBe('declined');
  expect(texts(run.state.get().messages)).toEqual(['Nothing was run. The dialog was closed.']);
});

test('cancel names the handle, and the stream ends by the word of the database', async () => {
  const asked: unknown[] = [];
  const stopped = Promise.withResolvers<void>();
  const run = start(
    server(
      [
        STARTED,
        STATEMENT,
        COLUMNS,
        rows('1'),
        stopped.promise,
        {
          type: 'error',
          error: { code: 'STATEMENT_CANCELLED', message: 'The statement was cancelled.', requestId: 'r' },
        },
      ],
      {
        cancel: async (body) => {
          asked.push(body);
          stopped.resolve();
          return { cancelled: true };
        },
      },
    ),
  );
  await until(run, 'streaming');
  await Promise.all([run.cancel(), run.cancel()]);
  await run.ended;
  expect(asked).toEqual([{ connection: 'token', handle: 'h1' }]);
  const { phase, results, messages } = run.state.get();
  expect([phase, results[0]?.state, results[0]?.store.rows]).toEqual(['cancelled', 'partial', 1]);
  expect(texts(messages)).toEqual(['Cancelled.']);
});

test('a database that does not confirm the cancel is not waited for', async () => {
  const run = start(server([STARTED, forever], { patienceMs: 10, cancel: () => new Promise(() => undefined) }));
  await until(run, 'streaming');
  void run.cancel();
  await run.ended;
  expect(run.state.get().phase).toBe('cancelled');
  expect(texts(run.state.get().messages)[0]).toMatch(/did not confirm the cancel.*may still be running/);
});

test('a cancel that cannot be delivered says so and stops listening', async () => {
  const run = start(
    server([STARTED, forever], {
      cancel: () => Promise.reject(new ApiError({ code: 'NETWORK', message: 'Lodge cannot be reached.' })),
    }),
  );
  await until(run, 'streaming');
  await run.cancel();
  await run.ended;
  expect(texts(run.state.get().messages)[0]).toMatch(/did not reach the database: Lodge cannot be reached\./);
});

test('a cancel that came too late says so', async () => {
  const run = start(server([STARTED, forever], { cancel: async () => ({ cancelled: false }) }));
  await until(run, 'streaming');
  await run.cancel();
  await run.ended;
  expect(texts(run.state.get().messages)).toEqual([
    'The statement had ended already when the cancel arrived.',
    'Cancelled.',
  ]);
});

test('a cancel before anything began ends the waiting, also for a dialog', async () => {
  const run = start(server([END], { connect: () => new Promise(() => undefined) }));
  await run.cancel();
  await run.ended;
  expect(run.state.get().phase).toBe('cancelled');
  expect(texts(run.state.get().messages)).toEqual(['Nothing had begun in the database yet.', 'Cancelled.']);
});

test('a run that nobody looks at any more is stopped in the database too', async () => {
  const asked: unknown[] = [];
  const run = start(
    server([STARTED, forever], {
      cancel: async (body) => {
        asked.push(body);
        return { cancelled: true };
      },
    }),
  );
  await until(run, 'streaming');
  run.dispose();
  await run.ended;
  expect([run.state.get().phase, asked.length]).toEqual(['cancelled', 1]);
  run.dispose();
  await run.cancel();
  expect(asked).toHaveLength(1);
});

test('what statements are charged is told, with the sum of the run so far', async () => {
  const done = (statement: number, consumed?: object) => ({ ...DONE, statement, ...(consumed && { consumed }) });
  const next = (statement: number) => ({ ...STATEMENT, statement });
  const run = start(
    server([
      ...[STARTED, next(0), done(0, { kind: 'read', units: 2.5 }), next(1), done(1)],
      ...[next(2), done(2, { kind: 'read', units: 3, indexes: { gsi1: 1 } }), END],
    ]),
  );
  await run.ended;
  const charged = run.state.get().messages.map((message) => message.kind === 'done' && message.consumed);
  expect(charged).toEqual([
    { kind: 'read', units: 2.5, total: 2.5 },
    undefined,
    { kind: 'read', units: 3, indexes: { gsi1: 1 }, total: 5.5 },
  ]);
  expect(charged.map((each) => each && charge(each))).toEqual([
    '2.5 read capacity units',
    undefined,
    '3 read capacity units (1 of them from gsi1, 5.5 in all)',
  ]);
});
