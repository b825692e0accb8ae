import { QuerySession } from '../../../frontend/src/features/query/query-session.ts';
import type { RunPorts } from '../../../frontend/src/features/query/run.ts';

const LINES = [
  { type: 'started', handle: 'h', statements: 1 },
  { type: 'statement', statement: 0, from: 0, to: 8 },
  { type: 'columns', statement: 0, columns: [{ name: 'n', type: 'int4', kind: 'number' }] },
  { type: 'rows', count: 1, values: [['1']] },
];

function open({ holds = false } = {}) {
  const cancelled: string[] = [];
  const ports: RunPorts = {
    connect: async () => 'token',
    async *stream(_body, signal) {
      for (const line of LINES) yield new TextEncoder().encode(JSON.stringify(line));
      if (holds)
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      yield new TextEncoder().encode('{"type":"end","elapsedMs":1}');
    },
    cancel: async ({ handle }) => {
      cancelled.push(handle);
      return { cancelled: true };
    },
    schedule: (task) => queueMicrotask(task),
  };
  const session = new QuerySession(ports, () => {
    throw new Error('There is nothing to sort in this test');
  });
  const start = (text = 'select 1') =>
    session.start({
      script: { text, from: 0, line: 1, column: 1 },
      maxRows: 10,
      timeoutSeconds: 10,
      dialect: 'postgres',
    });
  return { session, start, cancelled };
}

test('a session runs one script at a time', async () => {
  const { session, start } = open({ holds: true });
  expect(session.running).toBe(false);
  start('select 1');
  start('select 2');
  expect([session.running, session.current.get()?.script.text]).toEqual([true, 'select 1']);
  session.dispose();
  await session.current.get()?.run.ended;
  expect(session.running).toBe(false);
  start('select 3');
  expect(session.current.get()?.script.text).toBe('select 3');
  session.dispose();
});

test('a result has one grid, and the next run has others', async () => {
  const { session, start } = open();
  start();
  await session.current.get()?.run.ended;
  const result = session.current.get()?.run.state.get().results[0];
  if (!result) throw new Error('There is no result');
  const grid = session.gridOf(result);
  expect(session.gridOf({ ...result })).toBe(grid);
  expect(grid.dialect).toBe('postgres');
  const closed = jest.spyOn(grid, 'dispose');
  start();
  expect(closed).toHaveBeenCalledTimes(1);
  expect(session.gridOf(result)).not.toBe(grid);
  session.dispose();
});

test('a closed tab stops its statement in the database', async () => {
  const { session, start, cancelled } = open({ holds: true });
  start();
  const run = session.current.get()?.run;
  while (run?.state.get().phase !== 'streaming') await new Promise((next) => setImmediate(next));
  session.dispose();
  await run?.ended;
  expect(cancelled).toEqual(['h']);
});

test('cancel without a run does nothing', async () => {
  const { session, cancelled } = open();
  await session.cancel();
  expect(cancelled).toEqual([]);
});
