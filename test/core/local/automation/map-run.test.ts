import { MACHINE_ARN, MANY_MACHINE_ARN, RESULTS_BUCKET } from '#core/local/account/principals.ts';
import { type Execution, executions } from '#core/local/automation/executions.ts';
import { MACHINES } from '#core/local/automation/machines.ts';
import { until } from '../../../e2e/until.ts';
import { memoryObjects } from '../../../support/map-objects.ts';

const PLAN = { scriptId: 's1' };
const numbered = (many: number) => Array.from({ length: many }, (_, n) => ({ parameters: { n: String(n) } }));

/** An account of which every call of the function waits until the test lets it go. */
function account({ refusing = false } = {}) {
  const { objects, written } = memoryObjects();
  const ended: Execution[] = [];
  const told: string[] = [];
  const calls: { readonly n: string; readonly arn: string; readonly answer: PromiseWithResolvers<unknown> }[] = [];
  const running = executions({
    machines: MACHINES,
    objects: refusing ? { ...objects, write: () => Promise.reject(new Error('Access Denied')) } : objects,
    run(event) {
      const { parameters, execution } = event as { parameters: { n: string }; execution: { arn: string } };
      const answer = Promise.withResolvers<unknown>();
      calls.push({ n: parameters.n, arn: execution.arn, answer });
      return answer.promise;
    },
    tell: ({ text }) => void told.push(text),
    ended: (execution) => void ended.push(execution),
  });
  const start = (input: object) => running.start(MANY_MACHINE_ARN, crypto.randomUUID(), JSON.stringify(input)).arn;
  return {
    running,
    ended,
    told,
    calls,
    written,
    start,
    called: (many: number) => until(`${many} calls`, async () => calls.length === many),
    async endOf(arn: string): Promise<Execution | undefined> {
      await until('the end of a map', async () => running.find(arn)?.status !== 'RUNNING');
      return running.find(arn);
    },
    /** The file of a map, by the last part of its name. */
    async file(name: string): Promise<unknown> {
      const find = () => [...written].find(([key]) => key.endsWith(`/${name}`))?.[1];
      await until(name, async () => find() !== undefined);
      return find();
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      for (const { answer } of calls) answer.resolve({});
    },
  };
}

const failed = () => Object.assign(new Error('no such table'), { name: 'Lodge.StatementFailed' });

test('no more run at once than the input says, and the next begins where one has ended', async () => {
  await using house = account();
  const arn = house.start({ plan: PLAN, items: numbered(4), concurrency: 2 });
  await house.called(2);
  house.calls[1]?.answer.resolve({});
  await house.called(3);
  house.calls[0]?.answer.resolve({});
  await house.called(4);
  expect(house.calls.map(({ n }) => n)).toEqual(['0', '1', '2', '3']);
  for (const { answer } of house.calls) answer.resolve({});
  expect(await house.endOf(arn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(house.ended.map(({ status }) => status)).toEqual(Array(5).fill('SUCCEEDED'));
});

test.each([
  ['five where nothing is said', {}, 5],
  ['all where the input says none', { concurrency: 0 }, 7],
])('%s run at once', async (_, said, many) => {
  await using house = account();
  house.start({ plan: PLAN, items: numbered(7), ...said });
  await house.called(many);
});

test('the files say of each run what Step Functions would', async () => {
  await using house = account();
  const arn = house.start({ plan: PLAN, items: numbered(2), toleratedFailurePercentage: 50 });
  await house.called(2);
  const [first, second] = house.calls;
  first?.answer.resolve({ rows: 3 });
  second?.answer.reject(failed());
  const { output = '', startedAt } = (await house.endOf(arn)) ?? {};
  const { MapRunArn, ResultWriterDetails } = JSON.parse(output);
  expect(MapRunArn).toMatch(/:mapRun:lodge-many\/item:[0-9a-f-]{36}$/);
  const folder = `maps/${arn.split(':').at(-1)}/${MapRunArn.split(':').at(-1)}`;
  expect(ResultWriterDetails).toEqual({ Bucket: RESULTS_BUCKET, Key: `${folder}/manifest.json` });
  const [size, sizeOfFailed] = ['SUCCEEDED', 'FAILED'].map(
    (name) => JSON.stringify(house.written.get(`${RESULTS_BUCKET}/${folder}/${name}_0.json`)).length,
  );
  expect(await house.file('manifest.json')).toEqual({
    DestinationBucket: RESULTS_BUCKET,
    MapRunArn,
    ResultFiles: {
      FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: sizeOfFailed }],
      PENDING: [],
      SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: size }],
    },
  });
  const common = {
    InputDetails: { Included: true },
    RedriveCount: 0,
    StateMachineArn: `${MANY_MACHINE_ARN}/item`,
    StartDate: expect.stringMatching(/^\d{4}-.*Z$/),
    StopDate: expect.stringMatching(/^\d{4}-.*Z$/),
  };
  expect(await house.file('SUCCEEDED_0.json')).toMatchObject([
    {
      ...common,
      ExecutionArn: first?.arn,
      Name: first?.arn.split(':').at(-1),
      Input: expect.stringContaining('"scriptId":"s1"'),
      Output: '{"rows":3}',
      Status: 'SUCCEEDED',
    },
  ]);
  expect(await house.file('FAILED_0.json')).toMatchObject([
    {
      ...common,
      ExecutionArn: second?.arn,
      Error: 'Lodge.StatementFailed',
      Cause: expect.stringContaining('no such table'),
      Status: 'FAILED',
    },
  ]);
  expect(startedAt).toBeInstanceOf(Date);
});

test('where too many have failed, what runs is aborted and what waits is pending', async () => {
  await using house = account();
  const arn = house.start({ plan: PLAN, items: numbered(4), concurrency: 2 });
  await house.called(2);
  house.calls[0]?.answer.reject(failed());
  expect(await house.endOf(arn)).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  });
  expect(house.ended.map(({ status }) => status)).toEqual(['FAILED', 'ABORTED', 'FAILED']);
  expect(await house.file('FAILED_0.json')).toMatchObject([{ Status: 'FAILED' }, { Status: 'ABORTED' }]);
  expect(await house.file('PENDING_0.json')).toMatchObject([{ Status: 'PENDING' }, { Status: 'PENDING' }]);
  expect(house.calls).toHaveLength(2);
});

test('one that is stopped stops those below it, and begins no more', async () => {
  await using house = account();
  const arn = house.start({ plan: PLAN, items: numbered(4), concurrency: 2 });
  await house.called(2);
  house.running.stop(arn, { error: 'Enough' });
  expect(house.running.find(arn)).toMatchObject({ status: 'ABORTED', error: 'Enough' });
  expect(await house.file('FAILED_0.json')).toMatchObject([{ Status: 'ABORTED' }, { Status: 'ABORTED' }]);
  expect(await house.file('PENDING_0.json')).toHaveLength(2);
  expect(house.ended.map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED', 'ABORTED']);
  expect(house.calls).toHaveLength(2);
});

test('a run that is stopped by itself is aborted, and counts as no failure', async () => {
  await using house = account();
  const arn = house.start({ plan: PLAN, items: numbered(2) });
  await house.called(2);
  house.running.stop(house.calls[0]?.arn ?? '');
  house.calls[1]?.answer.resolve({});
  expect(await house.endOf(arn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await house.file('FAILED_0.json')).toMatchObject([{ ExecutionArn: house.calls[0]?.arn, Status: 'ABORTED' }]);
});

test('no items are no failure', async () => {
  await using house = account();
  expect(await house.endOf(house.start({ plan: PLAN, items: [] }))).toMatchObject({ status: 'SUCCEEDED' });
  expect(await house.file('manifest.json')).toMatchObject({ ResultFiles: { FAILED: [], PENDING: [], SUCCEEDED: [] } });
});

test.each([
  ['items that are no array', { items: { n: 1 } }],
  ['no items', {}],
  ['a concurrency that is text', { items: [], concurrency: '5' }],
  ['a percentage above a hundred', { items: [], toleratedFailurePercentage: 101 }],
])('%s end the machine, and nobody catches that', async (_, input) => {
  await using house = account();
  expect(await house.endOf(house.start({ plan: PLAN, ...input }))).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
  });
  expect([house.calls, house.told]).toEqual([[], []]);
});

test('answers that cannot be written are a failure by its name', async () => {
  await using house = account({ refusing: true });
  expect(await house.endOf(house.start({ plan: PLAN, items: [] }))).toMatchObject({
    error: 'States.ResultWriterFailed',
    cause: 'Access Denied',
  });
  expect(house.told).toHaveLength(1);
});

test('an account that ends leaves nothing that begins another run', async () => {
  const house = account();
  house.start({ plan: PLAN, items: numbered(3), concurrency: 1 });
  house.running.start(MACHINE_ARN, 'one', JSON.stringify({ parameters: { n: 'alone' } }));
  await house.called(2);
  await house[Symbol.asyncDispose]();
  await new Promise(setImmediate);
  expect([house.calls.length, house.ended, house.written.size]).toEqual([2, [], 0]);
});
