/** One script over many resources and many sets of parameters, on one machine: each item an execution, a run, and an object. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { RunAnswer } from '#contract/automations.ts';
import { mapMachine } from '#core/automation/map-machine.ts';
import { runMachine } from '#core/automation/run-machine.ts';
import type { Places, StateMachine } from '#core/automation/states-language.ts';
import { ACCOUNT_ID, MANY_MACHINE_ARN, RESULTS_BUCKET, RUNNER } from '#core/local/account/principals.ts';
import { until } from '../../../e2e/until.ts';
import { type Failed, runJsonata } from '../../../support/states-machine.ts';
import { type ClaimedAccount, ROLE, startClaimedAccount } from './claimed-account.ts';
import { jsonataTasks } from './jsonata-tasks.ts';

const SHOP = `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:shop`;
const ANALYTICS = `arn:aws:rds:us-east-1:${ACCOUNT_ID}:db:analytics`;

let house: ClaimedAccount;
beforeAll(async () => {
  house = await startClaimedAccount();
}, 120_000);
afterAll(() => house[Symbol.asyncDispose]());
beforeEach(() => {
  house.printed.length = 0;
});

/** What a run of an item leaves in the files of its map. */
interface Recorded {
  readonly ExecutionArn: string;
  readonly Status: string;
  readonly Input: string;
  readonly Output?: string;
  readonly Error?: string;
}

const planOf = async (text: string, parameters: readonly object[] = []) => ({
  scriptId: (await house.save(text, parameters)).id,
  resourceId: SHOP,
  roleArn: ROLE,
  login: { method: 'iam', user: 'app_iam' },
});

const start = (input: object) =>
  house.machines.send(new StartExecutionCommand({ stateMachineArn: MANY_MACHINE_ARN, input: JSON.stringify(input) }));

/** The files of a map that succeeds: what its manifest names, read. */
async function filesOf(input: object): Promise<Record<'SUCCEEDED' | 'FAILED' | 'PENDING', Recorded[]>> {
  const { output = '', ...ended } = await house.endOf((await start(input)).executionArn);
  expect([ended.status, ended.error, ended.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  const { ResultWriterDetails: place } = JSON.parse(output);
  expect(place.Bucket).toBe(RESULTS_BUCKET);
  const { ResultFiles } = JSON.parse(await house.textOf(place.Key));
  const read = async (files: { Key: string }[]) =>
    (await Promise.all(files.map(async ({ Key }) => JSON.parse(await house.textOf(Key))))).flat();
  return {
    SUCCEEDED: await read(ResultFiles.SUCCEEDED),
    FAILED: await read(ResultFiles.FAILED),
    PENDING: await read(ResultFiles.PENDING),
  };
}

const answersOf = (records: readonly Recorded[]): RunAnswer[] => records.map(({ Output = '' }) => JSON.parse(Output));
const textsOf = async (records: readonly Recorded[]) =>
  (await Promise.all(answersOf(records).map(({ key = '' }) => house.textOf(key)))).toSorted();
const runsOf = async (scriptId: string) =>
  (await house.ports.runs.list({ limit: 200 })).runs.filter(({ script }) => script.id === scriptId);

test('one script over several resources: a run in each, and its rows in an object of its own', async () => {
  const plan = await planOf('select current_database()::text as name, current_user::text as who');
  const items = [
    { resourceId: SHOP },
    { resourceId: ANALYTICS },
    { resourceId: SHOP, login: { method: 'iam', user: 'analyst_iam' } },
  ];
  const { SUCCEEDED, FAILED, PENDING } = await filesOf({ plan, items, notify: 'always' });
  expect([FAILED, PENDING]).toEqual([[], []]);
  expect(await textsOf(SUCCEEDED)).toEqual([
    'name,who\r\nanalytics,app_iam\r\n',
    'name,who\r\nshop,analyst_iam\r\n',
    'name,who\r\nshop,app_iam\r\n',
  ]);
  const runs = await runsOf(plan.scriptId);
  expect(runs.map(({ execution }) => execution?.arn).toSorted()).toEqual(
    SUCCEEDED.map(({ ExecutionArn }) => ExecutionArn).toSorted(),
  );
  expect(house.printed.join('\n')).toContain(`s3://${RESULTS_BUCKET}/maps/`);
});

test('one script with many sets of parameters, which are added to those of the plan', async () => {
  const parameters = [
    { name: 'n', type: 'integer', required: true },
    { name: 'unit', type: 'text' },
  ];
  const plan = { ...(await planOf('select :n * 2 as twice, :unit as unit', parameters)), parameters: { unit: 'eur' } };
  const items = Array.from({ length: 12 }, (_, n) => ({ parameters: { n: String(n) } }));
  const { SUCCEEDED } = await filesOf({ plan, items, concurrency: 3 });
  const expected = items.map((_, n) => `twice,unit\r\n${n * 2},eur\r\n`);
  expect(await textsOf(SUCCEEDED)).toEqual(expected.toSorted());
});

test('what one script has found the next one runs over: the rows of its CSV', async () => {
  const found = await planOf(`select id, 'order ' || id || ', "new"' as what from generate_series(7, 9) id`);
  const [answer] = answersOf((await filesOf({ plan: found, items: [{}] })).SUCCEEDED);
  const parameters = [
    { name: 'id', type: 'integer' },
    { name: 'what', type: 'text' },
  ];
  const plan = await planOf('select :id + 1 as next, :what as what', parameters);
  expect(await textsOf((await filesOf({ plan, itemsKey: answer?.key })).SUCCEEDED)).toEqual([
    'next,what\r\n10,"order 9, ""new"""\r\n',
    'next,what\r\n8,"order 7, ""new"""\r\n',
    'next,what\r\n9,"order 8, ""new"""\r\n',
  ]);
});

const HALVES = [{ name: 'n', type: 'integer' }];

test('an item that fails is tolerated, as far as the input says, and written down', async () => {
  const plan = await planOf('select 10 / :n as quotient', HALVES);
  const items = [0, 1, 2, 5].map((n) => ({ parameters: { n: String(n) } }));
  const { SUCCEEDED, FAILED } = await filesOf({ plan, items, toleratedFailurePercentage: 25 });
  expect(await textsOf(SUCCEEDED)).toEqual(['quotient\r\n10\r\n', 'quotient\r\n2\r\n', 'quotient\r\n5\r\n']);
  expect(FAILED).toMatchObject([{ Status: 'FAILED', Error: 'Lodge.StatementFailed' }]);
  expect(JSON.parse(FAILED[0]?.Input ?? '')).toMatchObject({ item: { parameters: { n: '0' } } });
});

test('one more than that ends the map by its name, and people are told once', async () => {
  const plan = await planOf('select 10 / :n as quotient', HALVES);
  const items = [0, 0, 1, 2].map((n) => ({ parameters: { n: String(n) } }));
  const { status, error } = await house.endOf(
    (await start({ plan, items, toleratedFailurePercentage: 25, concurrency: 1 })).executionArn,
  );
  expect([status, error]).toEqual(['FAILED', 'States.ExceedToleratedFailureThreshold']);
  expect(house.printed.filter((line) => line.includes('ExceedToleratedFailureThreshold'))).toHaveLength(1);
  // Those that were not begun yet never were.
  expect(await runsOf(plan.scriptId)).toHaveLength(2);
});

test('a map that is stopped in the middle stops every statement in the database', async () => {
  const plan = await planOf('select :n as n, pg_sleep(case when :n = 1 then 0 else 60 end)::text as slept', HALVES);
  const items = [1, 2, 3, 4, 5].map((n) => ({ parameters: { n: String(n) } }));
  const { executionArn } = await start({ plan, items, concurrency: 3 });
  const states = async () => (await runsOf(plan.scriptId)).map(({ state }) => state).toSorted();
  await until(
    'three statements that sleep',
    async () => (await states()).join() === ['running', 'running', 'running', 'succeeded'].join(),
  );
  await house.machines.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'by Ada' }));
  expect(await house.endOf(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Enough' });
  await until(
    'the end of the statements',
    async () => (await states()).join() === ['cancelled', 'cancelled', 'cancelled', 'succeeded'].join(),
  );
  const [child] = (await runsOf(plan.scriptId)).filter(({ state }) => state === 'cancelled');
  expect(child?.execution?.parentArn).toBe(executionArn);
  expect(child?.execution?.arn).toMatch(/:execution:lodge-many\/item:[0-9a-f-]{36}$/);
  expect(await house.endOf(child?.execution?.arn)).toMatchObject({
    status: 'ABORTED',
    stateMachineArn: `${MANY_MACHINE_ARN}/item`,
    mapRunArn: expect.stringMatching(/:mapRun:lodge-many\/item:[0-9a-f-]{36}$/),
  });
});

test('a file that is none of the results is no file of items', async () => {
  const { error, cause } = await house.endOf(
    (await start({ plan: await planOf('select 1'), itemsKey: 'elsewhere/days.csv' })).executionArn,
  );
  expect(error).toBe('States.ItemReaderFailed');
  expect(cause).toContain('s3:GetObject');
});

test('the input that docs/automation.md shows runs as it stands there, of a script that is saved here', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/automation.md'), 'utf8');
  const [, json = ''] = /## Many at once\n[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? [];
  const { plan, ...input } = JSON.parse(json);
  const parameters = [
    { name: 'day', type: 'date', required: true },
    { name: 'unit', type: 'text', required: true },
  ];
  const { id: scriptId } = await house.save(
    'select current_database()::text as at, :day - 1 as before, :unit as unit',
    parameters,
  );
  const { SUCCEEDED } = await filesOf({ ...input, plan: { ...plan, scriptId } });
  expect(await textsOf(SUCCEEDED)).toEqual([
    'at,before,unit\r\nanalytics,2026-11-22,usd\r\n',
    'at,before,unit\r\nshop,2026-11-22,eur\r\n',
  ]);
  expect(house.printed.join('\n')).toContain('has succeeded');
});

describe('the definitions of the stack, in JSONata, with the same function and databases', () => {
  const places = {
    partition: 'aws',
    runner: `arn:aws:lambda:eu-central-1:${ACCOUNT_ID}:function:${RUNNER}`,
    topic: `arn:aws:sns:eu-central-1:${ACCOUNT_ID}:lodge`,
    bucket: RESULTS_BUCKET,
  };
  const execute = async (define: (places: Places) => StateMachine, input: object) => {
    const { tasks, told, written } = jsonataTasks(house);
    const Name = crypto.randomUUID();
    const Id = `arn:aws:states:eu-central-1:${ACCOUNT_ID}:execution:stack:${Name}`;
    const execution = { Id, Name, StartTime: new Date().toISOString() };
    const ended = await runJsonata(define(places), input, { execution, tasks }).catch((failed: Failed) => failed);
    return { ended, told, answers: written.flat() as RunAnswer[] };
  };

  test('one run an execution: its answer is where the rows are, and people are told of them', async () => {
    const plan = await planOf('select n from generate_series(1, 3) n');
    const { ended, told } = await execute(runMachine, { ...plan, notify: 'always' });
    const { output } = ended as { output: RunAnswer };
    expect(await house.textOf(output.key ?? '')).toBe('n\r\n1\r\n2\r\n3\r\n');
    expect(told).toEqual([expect.stringContaining(`3 rows, ${output.bytes} bytes.`)]);
  });

  test('a statement that fails ends it by its name, with what the database said', async () => {
    const { ended, told } = await execute(runMachine, await planOf('select 1 / 0'));
    expect(ended).toMatchObject({
      error: 'Lodge.StatementFailed',
      message: expect.stringContaining('division by zero'),
    });
    expect(told).toEqual([expect.stringContaining('division by zero')]);
  });

  test('many runs an execution: over resources, and over the rows that another run has found', async () => {
    const where = await planOf('select current_database()::text as name');
    const items = [{ resourceId: SHOP }, { resourceId: ANALYTICS }];
    const { answers } = await execute(mapMachine, { plan: where, items });
    const texts = await Promise.all(answers.map(({ key = '' }) => house.textOf(key)));
    expect(texts).toEqual(['name\r\nshop\r\n', 'name\r\nanalytics\r\n']);
    const found = await planOf('select n from generate_series(1, 2) n');
    const [file] = (await execute(mapMachine, { plan: found, items: [{}] })).answers;
    const plan = await planOf('select 10 / :n as quotient', HALVES);
    const rows = await execute(mapMachine, { plan, itemsKey: file?.key });
    expect(await Promise.all(rows.answers.map(({ key = '' }) => house.textOf(key)))).toEqual([
      'quotient\r\n10\r\n',
      'quotient\r\n5\r\n',
    ]);
  });

  test('a run of many that fails is counted', async () => {
    const plan = await planOf('select 10 / :n as quotient', HALVES);
    const items = [0, 1].map((n) => ({ parameters: { n: String(n) } }));
    expect((await execute(mapMachine, { plan, items })).ended).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
    });
    const { answers } = await execute(mapMachine, { plan, items, toleratedFailurePercentage: 50 });
    expect(answers).toMatchObject([{ rows: 1 }]);
  });
});
