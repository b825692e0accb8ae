/** The whole way of an automation on one machine: a schedule, the machine, the function of runs, a database, an object. */
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { RunPlan } from '#contract/automations.ts';
import { stateMachine } from '#core/aws/machine.ts';
import { lambdaRunner } from '#core/aws/runner.ts';
import { eventSchedules } from '#core/aws/schedules.ts';
import { ENV } from '#core/env.ts';
import { ACCOUNT_ID } from '#core/local/account/principals.ts';
import type { Started, StoredAutomation } from '#core/ports/automations.ts';
import { until } from '../../../e2e/until.ts';
import { BY, type ClaimedAccount, ROLE, startClaimedAccount } from './claimed-account.ts';

const SHOP = `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:shop`;

let house: ClaimedAccount;
beforeAll(async () => {
  house = await startClaimedAccount();
}, 120_000);
afterAll(() => house[Symbol.asyncDispose]());

/** A saved script of the shop, and an automation that runs it. */
async function automationOf(
  text: string,
  changed: Partial<StoredAutomation> = {},
): Promise<StoredAutomation & Started> {
  const script = await house.save(text);
  const plan = RunPlan.parse({
    scriptId: script.id,
    resourceId: SHOP,
    roleArn: ROLE,
    login: { method: 'iam', user: 'app_iam' },
    output: { format: 'csv', prefix: 'nightly/' },
  });
  const made = await house.ports.automations.create(
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
  (await house.ports.runs.list({ automationId, limit: 10 })).runs;
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
  await eventSchedules(house.environment).put(automation, schedule, { paused: false });
  const run = await ended(automation);
  expect(run).toMatchObject({ state: 'succeeded', rows: 3, attempt: 1, roleArn: ROLE });
  expect(run?.scheduledAt).toBe(`${at.toISOString().slice(0, 19)}.000Z`);
  expect(run?.execution?.arn).toContain(':execution:lodge:');
  const key = run?.answer?.key ?? '';
  expect(key).toMatch(/^results\/nightly\/.*\.csv$/);
  expect((await house.textOf(key)).trim().split(/\r?\n/)).toEqual(['n,square', '1,1', '2,4', '3,9']);
});

test('two deliveries of one schedule are one run', async () => {
  const automation = await automationOf('select 1 as one');
  const at = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 60_000);
  const scheduledAt = at.toISOString().replace('.000Z', 'Z');
  const machine = new SFNClient({ endpoint: house.account.endpoint, region: 'eu-central-1' });
  const input = JSON.stringify({ automationId: automation.id, scheduledAt });
  const starts = await Promise.all(
    ['one', 'two'].map((name) =>
      machine.send(
        new StartExecutionCommand({
          stateMachineArn: house.environment[ENV.machine],
          name: `${name}-${automation.id}`,
          input,
        }),
      ),
    ),
  );
  const states = await Promise.all(starts.map(({ executionArn }) => house.endOf(executionArn)));
  expect(states.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(await runsOf(automation)).toMatchObject([{ state: 'succeeded', attempt: 1 }]);
});

test('a statement that fails ends the execution by its name, leaves no object, and people are told', async () => {
  const automation = await automationOf('select 1 / (3 - n) from generate_series(1, 5) n');
  house.printed.length = 0;
  await stateMachine(house.environment).start(automation, BY, `now-${automation.id}`);
  expect(await ended(automation)).toMatchObject({
    state: 'failed',
    startedBy: BY,
    error: { code: 'STATEMENT_FAILED' },
  });
  await until('a notice', async () => house.printed.some((line) => line.includes('Lodge.StatementFailed')));
  expect((await runsOf(automation))[0]?.answer).toBeUndefined();
});

test('an execution that is stopped reaches the database, and its run says so', async () => {
  const automation = await automationOf('select pg_sleep(30)');
  const machine = stateMachine(house.environment);
  const arn = await machine.start(automation, BY, `stopped-${automation.id}`);
  await until('a run', async () => (await runsOf(automation)).length === 1);
  await machine.stop(arn);
  expect(await ended(automation)).toMatchObject({ state: 'cancelled' });
});

test('the function answers how far a plan would come', async () => {
  const runner = lambdaRunner(house.environment[ENV.runner]);
  const plan = {
    resourceId: SHOP,
    roleArn: ROLE,
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
