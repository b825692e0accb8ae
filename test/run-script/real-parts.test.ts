/**
 * A run that takes longer than its function lasts, as it stands in AWS: a state of `.waitForTaskToken` leaves an event with
 * Lambda, the function has seconds and calls itself, and a PostgreSQL says in which of its sessions each statement ran.
 */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import pg from 'pg';
import type { RunAnswer } from '#contract/automations.ts';
import { ScriptDraft } from '#contract/scripts.ts';
import { ofOneState, runTask } from '#core/automation/run-task.ts';
import { runPorts } from '#core/aws/run-ports.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { ACCOUNT_ID, HOME_REGION, RUNNER } from '#core/local/account/principals.ts';
import { executions } from '#core/local/automation/executions.ts';
import { taskTokens } from '#core/local/automation/task-tokens.ts';
import { stepFunctions } from '#core/local/aws/step-functions.ts';
import { shop } from '#core/local/demo/shop.ts';
import { runScript } from '../../lambdas/run-script/run-script.ts';
import { claimedInstance, recordingLog } from '../support/ports.ts';
import { executionOf, MARIA, ROLE } from '../support/runner.ts';
import { read } from '../support/states-machine.ts';
import { startWhole, userOf, type Whole } from '../support/whole.ts';

/** What is left of a function that has begun half a minute before its end: it is left after three seconds. */
const LIFE_MS = 30_000;

const stack = new AsyncDisposableStack();
const tokens = taskTokens();
const { log } = recordingLog();
let whole: Whole;
let ports: ReturnType<typeof runPorts>;
let admin: pg.Client;
/** As each test has it. */
let pauseMs: number | undefined;
let calls = 0;

async function runnerFunction(event: unknown): Promise<unknown> {
  const begun = performance.now();
  calls += 1;
  const own = { databases: databasesOf(whole.environment), networks: undefined, beatMs: 50 };
  return runScript({ ...ports, ...own, ...(pauseMs !== undefined && { pauseMs }) })(event, {
    awsRequestId: `call-${calls}`,
    getRemainingTimeInMillis: () => LIFE_MS - (performance.now() - begun),
  });
}

beforeAll(async () => {
  const none = executions({
    machines: {},
    objects: {} as never,
    run: async () => undefined,
    tell: () => undefined,
    ended: () => undefined,
  });
  whole = stack.use(
    await startWhole({
      demos: [shop],
      functions: { [RUNNER]: runnerFunction },
      services: [stepFunctions({ executions: none, tokens })],
    }),
  );
  const automation = { automators: 'editor' as const, roles: [ROLE] };
  await whole.ports.store.claim({ ...claimedInstance, regions: [HOME_REGION], automation }, userOf('ada'));
  ports = runPorts(whole.environment, log);
  if (!whole.postgres) throw new Error('There is no PostgreSQL.');
  admin = new pg.Client({ ...whole.postgres.admin, database: 'shop' });
  await admin.connect();
  stack.defer(() => admin.end());
}, 120_000);
afterAll(() => stack.disposeAsync());
beforeEach(async () => {
  pauseMs = undefined;
  calls = 0;
  await admin.query(`drop table if exists steps;
    create table steps (n int primary key, session int default pg_backend_pid());
    grant select, insert on steps to analyst_iam`);
});

/** A state that runs a script and waits for its token, as Step Functions does it. */
async function stateWith(text: string, name: string): Promise<RunAnswer> {
  const draft = ScriptDraft.parse({ name: 'Steps', engine: 'postgres', text, shared: true });
  const { id: scriptId } = await ports.scripts.create(draft, MARIA);
  const resourceId = `arn:aws:rds:${HOME_REGION}:${ACCOUNT_ID}:db:shop`;
  const login = { method: 'iam', user: 'analyst_iam' };
  const plan = { scriptId, resourceId, roleArn: ROLE, login, readOnly: false, firstRows: 9 };
  const payload = ofOneState('JSONata', plan, true);
  const state = runTask({ language: 'JSONata', places: { partition: 'aws', runner: RUNNER }, payload, callback: true });
  const { token: Token, answer } = tokens.wait();
  const { arn: Id, startedAt: StartTime } = executionOf(name);
  const context = { Execution: { Id, Name: name, StartTime }, State: { EnteredTime: StartTime }, Task: { Token } };
  const asked = (await read(state.Arguments, { context } as never)) as { InvocationType: 'Event'; Payload: object };
  const lambda = new LambdaClient({});
  const Payload = Buffer.from(JSON.stringify(asked.Payload));
  const { StatusCode } = await lambda.send(new InvokeCommand({ ...asked, FunctionName: RUNNER, Payload }));
  lambda.destroy();
  expect(StatusCode).toBe(202);
  return answer as Promise<RunAnswer>;
}

/** Without what tells one process from another. */
const steps = async () =>
  (await admin.query<{ n: number; session: number }>('select n, session from steps order by n')).rows;
const runOf = async (name: string) =>
  (await ports.runs.list({ limit: 9 })).runs.find(({ execution }) => execution?.name === name);
const records = async () => {
  const all = await Array.fromAsync(whole.ports.trail.search({ kind: 'run' }, AbortSignal.timeout(10_000)));
  return all.flatMap((record) => (record.type === 'entry' ? [record.entry] : [])).toReversed();
};

test('a script that takes longer than its function goes through several, each statement once, and ends once', async () => {
  const text = [1, 2, 3, 4, 5, 6].map((n) => `insert into steps select ${n} from pg_sleep(1.6)`).join(';\n');
  const answer = await stateWith(`${text};\nselect n from steps order by n`, 'long');
  expect(answer.firstRows).toEqual([['1'], ['2'], ['3'], ['4'], ['5'], ['6']]);
  const done = await steps();
  expect(done.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(new Set(done.map(({ session }) => session)).size).toBeGreaterThanOrEqual(3);
  const run = await runOf('long');
  expect(run).toMatchObject({ state: 'succeeded', attempt: 1, part: { number: calls, statements: 7 } });
  const parts = await records();
  expect(parts).toHaveLength(calls);
  expect(parts.map(({ outcome }) => outcome)).toEqual(parts.map(() => 'succeeded'));
  expect(parts[0]?.change).toMatch(/^Part 1, statements 1 to [2-6] of 7$/);
}, 60_000);

test('a script whose connection holds something stays in its function to the end', async () => {
  pauseMs = 0;
  const text = `create temporary table few (n int); insert into few values (1), (2);
    insert into steps select n from few; select count(*) from steps`;
  expect((await stateWith(text, 'held')).firstRows).toEqual([['2']]);
  expect([calls, (await runOf('held'))?.part]).toEqual([1, undefined]);
});

test('a transaction is done in one function, and what comes after it in the next', async () => {
  pauseMs = 0;
  const text = `begin; insert into steps values (1); insert into steps values (2); commit;
    insert into steps values (3); select count(*) from steps`;
  expect((await stateWith(text, 'transaction')).firstRows).toEqual([['3']]);
  const [one, two, three] = await steps();
  expect(one?.session).toBe(two?.session);
  expect(three?.session).not.toBe(one?.session);
  expect(await runOf('transaction')).toMatchObject({ state: 'succeeded', part: { number: 3, from: 5, statements: 6 } });
});

test('a statement that fails in a later part ends the run there, and says what is done', async () => {
  pauseMs = 0;
  const text = 'insert into steps values (1); insert into steps values (2); insert into steps values (1)';
  await expect(stateWith(text, 'failing')).rejects.toMatchObject({
    name: 'Lodge.StatementFailed',
    message: expect.stringMatching(
      /\(statement 3 of the script\)\. Statements 1 to 2 of the 3 of the script are done\.$/,
    ),
  });
  expect((await steps()).map(({ n }) => n)).toEqual([1, 2]);
  expect(await runOf('failing')).toMatchObject({ state: 'failed', error: { code: 'STATEMENT_FAILED' } });
});
