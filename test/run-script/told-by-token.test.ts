import { AppError } from '#contract/errors.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import { executionOf, memoryRunner, twoRows } from '../support/runner.ts';

async function* endless(_script: string, { signal }: { signal: AbortSignal }): AsyncGenerator<ResultEvent> {
  yield { type: 'started', handle: 'h', statements: 1 };
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new AppError('DATABASE_LOST')));
  });
}

/** Rows that come when they are let. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  async function* run(): AsyncGenerator<ResultEvent> {
    await promise;
    yield* twoRows();
  }
  return { run, letGo: resolve };
}

test('the answer goes to the token, and not to the caller', async () => {
  const { call, plan, told } = await memoryRunner();
  expect(await call({ ...plan, taskToken: 'token' })).toBeUndefined();
  expect(told.told).toEqual([['token', expect.objectContaining({ rows: 2, bucket: 'lodge-results' })]]);
});

test('a failure goes there by its name, and Lambda does not call the function again for it', async () => {
  const { call, plan, told, lines } = await memoryRunner();
  expect(await call({ ...plan, scriptId: 'nosuchscript', taskToken: 'token' })).toBeUndefined();
  expect(told.told).toEqual([['token', { name: 'Lodge.ScriptNotFound', message: expect.any(String) }]]);
  expect(lines).toMatchObject([{ level: 'error', fields: { code: 'SCRIPT_NOT_FOUND' } }, { level: 'info' }]);
});

test('who waits hears that somebody is at it', async () => {
  const { run, letGo } = held();
  const { call, plan, told } = await memoryRunner({ run });
  const running = call({ ...plan, taskToken: 'token' });
  while (told.beats < 3) await new Promise(setImmediate);
  letGo();
  await running;
  const beats = told.beats;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(told.beats).toBe(beats);
});

test('a run that nobody waits for any more is stopped in the database', async () => {
  const { call, plan, told, opened, runs } = await memoryRunner({ run: endless });
  const running = call({ ...plan, taskToken: 'token' });
  while (opened.opened === 0) await new Promise(setImmediate);
  told.gone = true;
  await running;
  expect(told.told).toEqual([['token', { name: 'Lodge.Cancelled', message: expect.stringContaining('waits') }]]);
  expect((await runs.list({ limit: 1 })).runs).toMatchObject([{ state: 'cancelled' }]);
  expect(opened.closed).toBe(1);
});

test('a run whose turn came when nobody waited any more reaches no database', async () => {
  const { call, plan, told, opened, runs } = await memoryRunner();
  told.gone = true;
  await call({ ...plan, taskToken: 'token' });
  expect((await runs.list({ limit: 1 })).runs).toMatchObject([{ state: 'cancelled' }]);
  expect(opened.opened).toBe(0);
});

test('a second delivery waits for the first, so that its token hears what came of the run', async () => {
  const { run, letGo } = held();
  const { call, plan, told, opened } = await memoryRunner({ run });
  const input = { ...plan, execution: executionOf('nightly') };
  const first = call({ ...input, taskToken: 'one' });
  while (opened.opened === 0) await new Promise(setImmediate);
  const second = call({ ...input, taskToken: 'two' });
  letGo();
  await Promise.all([first, second]);
  const [one, two] = ['one', 'two'].map((token) => told.told.find(([each]) => each === token)?.[1]);
  expect(one).toMatchObject({ rows: 2 });
  expect(two).toEqual({ ...(one as object), again: true });
  expect(opened.opened).toBe(1);
});
