/** The whole way of an automation on one machine: a schedule, the machine, the function of runs, a database, an object. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { RunPlan } from '#contract/automations.ts';
import { ScriptDraft } from '#contract/scripts.ts';
import { InstanceSettings } from '#contract/settings.ts';
import { stateMachine } from '#core/aws/machine.ts';
import { runPorts } from '#core/aws/run-ports.ts';
import { lambdaRunner } from '#core/aws/runner.ts';
import { eventSchedules } from '#core/aws/schedules.ts';
import { ENV, type Environment, readEnvironment } from '#core/env.ts';
import { ACCOUNT_ID, RESULTS_BUCKET } from '#core/local/account/principals.ts';
import { ROLES, roleArn } from '#core/local/account/roles.ts';
import { type LocalAccount, startLocalAccount } from '#core/local/local-account.ts';
import type { Started, StoredAutomation } from '#core/ports/automations.ts';
import { runFunctions } from '../../../../bin/local/run-functions.ts';
import { until } from '../../../e2e/until.ts';
import { recordingLog } from '../../../support/ports.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const BY = { id: 'aws:111122223333:AIDAMARIA', name: 'maria' };
const SHOP = `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:shop`;

const printed: string[] = [];
const { log } = recordingLog();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let account: LocalAccount;
let environment: Environment;
let ports: ReturnType<typeof runPorts>;
const before = { ...process.env };

beforeAll(async () => {
  folder = await temporaryFolder();
  account = await startLocalAccount({
    folder: folder.path,
    fresh: false,
    eventsRows: 100,
    runs: runFunctions(() => log),
    print: (line) => void printed.push(line),
  });
  Object.assign(process.env, account.environment);
  environment = readEnvironment();
  ports = runPorts(environment, log);
  await ports.store.claim(
    {
      ...InstanceSettings.parse({ name: 'Harbour', regions: ['eu-central-1'] }),
      automation: { automators: 'editor', roles: [roleArn(ROLES.nightly)] },
      partition: 'aws',
      accountId: ACCOUNT_ID,
      administratorArn: `arn:aws:iam::${ACCOUNT_ID}:user/ada`,
      claimedAt: new Date().toISOString(),
      revision: 1,
    },
    { id: BY.id, arn: `arn:aws:iam::${ACCOUNT_ID}:user/ada`, name: 'ada', kind: 'user' },
  );
}, 120_000);
afterAll(async () => {
  await account[Symbol.asyncDispose]();
  process.env = before;
  await folder[Symbol.asyncDispose]();
});

/** A saved script of the shop, and an automation that runs it. */
async function automationOf(
  text: string,
  changed: Partial<StoredAutomation> = {},
): Promise<StoredAutomation & Started> {
  const script = await ports.scripts.create(ScriptDraft.parse({ name: 'Nightly', engine: 'postgres', text }), BY);
  const plan = RunPlan.parse({
    scriptId: script.id,
    resourceId: SHOP,
    roleArn: roleArn(ROLES.nightly),
    login: { method: 'iam', user: 'app_iam' },
    output: { format: 'csv', prefix: 'nightly/' },
  });
  const made = await ports.automations.create(
    `auto${script.id.slice(0, 20)}`,
    {
      name: 'Nightly report',
      plan: { ...plan, version: script.version },
      notify: 'failures',
      paused: false,
      ...changed,
    },
    BY,
  );
  return { ...made, script: 'Nightly, version 1' };
}

const runsOf = async ({ id: automationId }: StoredAutomation) =>
  (await ports.runs.list({ automationId, limit: 10 })).runs;
const ended = async (automation: StoredAutomation) => {
  await until(`the end of a run, but ${JSON.stringify(await runsOf(automation))}`, async () =>
    (await runsOf(automation)).some(({ state }) => state !== 'running'),
  );
  return (await runsOf(automation))[0];
};

test('a schedule fires, the machine runs the script under its role, and the rows stand in an object', async () => {
  const automation = await automationOf('select n, n * n as square from generate_series(1, 3) n');
  const at = new Date(Date.now() + 1_500);
  const schedule = { expression: `at(${at.toISOString().slice(0, 19)})`, timeZone: 'UTC' };
  await eventSchedules(environment).put(automation, schedule, { paused: false });
  const run = await ended(automation);
  expect(run).toMatchObject({ state: 'succeeded', rows: 3, attempt: 1, roleArn: roleArn(ROLES.nightly) });
  expect(run?.scheduledAt).toBe(`${at.toISOString().slice(0, 19)}.000Z`);
  expect(run?.execution?.arn).toContain(':execution:lodge:');
  const { accessKeyId, secretAccessKey } = account.demoUsers[0] ?? { accessKeyId: '', secretAccessKey: '' };
  const ada = new S3Client({
    endpoint: account.endpoint,
    region: 'eu-central-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  const key = run?.answer?.key ?? '';
  expect(key).toMatch(/^results\/nightly\/.*\.csv$/);
  const object = await ada.send(new GetObjectCommand({ Bucket: RESULTS_BUCKET, Key: key }));
  expect((await object.Body?.transformToString())?.trim().split(/\r?\n/)).toEqual(['n,square', '1,1', '2,4', '3,9']);
});

test('two deliveries of one schedule are one run', async () => {
  const automation = await automationOf('select 1 as one');
  const at = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 60_000);
  const scheduledAt = at.toISOString().replace('.000Z', 'Z');
  const machine = new SFNClient({ endpoint: account.endpoint, region: 'eu-central-1' });
  const input = JSON.stringify({ automationId: automation.id, scheduledAt });
  const starts = await Promise.all(
    ['one', 'two'].map((name) =>
      machine.send(
        new StartExecutionCommand({
          stateMachineArn: environment[ENV.machine],
          name: `${name}-${automation.id}`,
          input,
        }),
      ),
    ),
  );
  for (const { executionArn } of starts)
    await until('the end of a delivery', async () => {
      const { status } = await machine.send(new DescribeExecutionCommand({ executionArn }));
      return status !== 'RUNNING';
    });
  const states = await Promise.all(
    starts.map(({ executionArn }) => machine.send(new DescribeExecutionCommand({ executionArn }))),
  );
  expect(states.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(await runsOf(automation)).toMatchObject([{ state: 'succeeded', attempt: 1 }]);
});

test('a statement that fails ends the execution by its name, leaves no object, and people are told', async () => {
  const automation = await automationOf('select 1 / (3 - n) from generate_series(1, 5) n');
  printed.length = 0;
  await stateMachine(environment).start(automation, BY, `now-${automation.id}`);
  expect(await ended(automation)).toMatchObject({
    state: 'failed',
    startedBy: BY,
    error: { code: 'STATEMENT_FAILED' },
  });
  await until('a notice', async () => printed.some((line) => line.includes('Lodge.StatementFailed')));
  expect((await runsOf(automation))[0]?.answer).toBeUndefined();
});

test('an execution that is stopped reaches the database, and its run says so', async () => {
  const automation = await automationOf('select pg_sleep(30)');
  const machine = stateMachine(environment);
  const arn = await machine.start(automation, BY, `stopped-${automation.id}`);
  await until('a run', async () => (await runsOf(automation)).length === 1);
  await machine.stop(arn);
  expect(await ended(automation)).toMatchObject({ state: 'cancelled' });
});

test('the function answers how far a plan would come', async () => {
  const runner = lambdaRunner(environment[ENV.runner]);
  const plan = {
    resourceId: SHOP,
    roleArn: roleArn(ROLES.nightly),
    login: { method: 'iam', user: 'app_iam' } as const,
    readOnly: true,
  };
  expect((await runner.check(plan)).map(({ step, state }) => [step, state])).toEqual([
    ['role', 'passed'],
    ['resource', 'passed'],
    ['login', 'passed'],
  ]);
  const [role] = await runner.check({ ...plan, roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/lodge-unknown` });
  expect(role).toMatchObject({ step: 'role', state: 'failed' });
});
